# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Small luma pictures as long integers, so that plain Python compares two of them in microseconds.

A pixel is a lane of 32 bits; one addition, subtraction or mask works on all lanes at once.
"""

from dataclasses import dataclass
from typing import Optional

WIDTH, HEIGHT = 48, 27
PIXELS = WIDTH * HEIGHT
# As the picture comes: 12-bit luma in 16 bits, little-endian.
BYTES = 2 * PIXELS
UNITS_A_CODE = 16
ONES = int.from_bytes(b"\1\0\0\0" * PIXELS, "little")
LOW_HALVES = int.from_bytes(b"\xff\xff\0\0" * (PIXELS // 2), "little")
TOP_BITS, OTHER_BITS = ONES << 31, ONES * 0x7FFFFFFF
# 2**32 is 1 modulo this, so the remainder is the sum of all lanes.
SUMS_LANES = 2**32 - 1
# To add the upper half of the lanes to the lower one, until few are left: the bits of a half, and all of them set.
FEW = 60
HALVES = tuple(
    (32 * count, (1 << (32 * count)) - 1)
    for count in (-(-PIXELS // 2**halved) for halved in range(1, (PIXELS // FEW).bit_length() + 1))
)
# Contrast after levelling: mean deviation times gain. It is as high as lanes allow: gains are whole numbers, and a step
# of a coarse one sets near-twins apart. Flat pictures are not raised without end.
LEVELLED, MOST_GAIN, MIDDLE = 800000, 100000, 2**29


@dataclass(frozen=True)
class SmallPicture:
    """A picture levelled to one mean and one contrast, so that fades and levels count for nothing.

    `gain` is what a unit of the picture was multiplied by.
    """

    lanes: int
    gain: int

    @property
    def is_flat(self) -> bool:
        """Whether it is all of one tone, so that any picture is as near to it as to one that moved."""
        return self.gain == MOST_GAIN


def small_picture(data: bytes) -> SmallPicture:
    """The picture in 2 x 48 x 27 bytes."""
    packed = int.from_bytes(data, "little")
    lanes = (packed & LOW_HALVES) | ((packed >> 16) & LOW_HALVES) << (16 * PIXELS)
    mean = (_sum(lanes) + PIXELS // 2) // PIXELS
    deviation = _distance(lanes, ONES * mean) / PIXELS
    gain = min(MOST_GAIN, round(LEVELLED / max(1.0, deviation)))
    return SmallPicture(lanes * gain + ONES * (MIDDLE - mean * gain), gain)


def difference(one: SmallPicture, other: SmallPicture, gain: Optional[int] = None) -> int:
    """The mean difference of two levelled pictures, in thousandths of an 8-bit code before levelling by `gain`.

    Without one that is of the picture with more contrast.
    """
    gain = gain or min(one.gain, other.gain)
    return round(1000 * _distance(one.lanes, other.lanes) / (PIXELS * UNITS_A_CODE * gain))


def _distance(one: int, other: int) -> int:
    """The sum of absolute differences of lanes below 2**31; it must itself stay below 2**32."""
    moved = (one | TOP_BITS) - other
    negative = ((moved & TOP_BITS) ^ TOP_BITS) >> 31
    # The other bits of a lane hold the difference, or 2**31 plus it where it is negative.
    mask = (negative << 31) - negative
    return _sum(((moved & OTHER_BITS) ^ mask) + negative)


def _sum(lanes: int) -> int:
    """The sum of all lanes; halves are added first, because a remainder costs much more than an addition."""
    for bits, lower in HALVES:
        lanes = (lanes >> bits) + (lanes & lower)
    return lanes % SUMS_LANES
