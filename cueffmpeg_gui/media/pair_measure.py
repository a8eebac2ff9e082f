# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What was measured of a pair beside its scores: numbers only, frame by frame or summed, so that parts add up exactly.

The document ("cueffmpeg.pair/1") lies beside the scores of each chunk.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import mul
from typing import Optional

from cueffmpeg_gui.media.documents import from_plain, json_bytes, read_json, to_plain
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.pair_look import COLOUR_HEIGHT, COLOUR_WIDTH
from cueffmpeg_gui.media.small_pictures import SmallPicture, difference, small_picture

SCHEMA = "cueffmpeg.pair/1"
# How many pictures earlier (negative) or later the reference's is that an encode's picture is compared with.
STEPS = (-2, -1, 0, 1, 2)
SAMPLES = COLOUR_WIDTH * COLOUR_HEIGHT
# One, the reference's three components, the encode's three.
VARIABLES = 7
# The reference's luma by which the encode's is summed: 32 classes of 8 codes.
CLASSES, CODES_A_CLASS = 32, 8
OPAQUE = 250
# Of how many samples a class of tones is seen.
LEAST_SAMPLES = 6

# Of a frame: the encode's difference from the reference at each of STEPS, then how much encode and reference differ
# from their pictures before; in thousandths of a code, None where there is no such picture.
Row = tuple[Optional[int], ...]


@dataclass(frozen=True)
class PairMeasure:
    """The rows of the frames first … last, and sums over the frames whose colours were looked at.

    `moments` are the sums of all products of two of VARIABLES, `tones` count and sum of the encode's luma for each
    class of the reference's. `alpha` counts the reference's samples, and those that are not opaque.
    `looks` are, for each of those frames, its number, how many classes of tones it has, and its own moments.
    """

    first: int
    last: int
    rows: tuple[Row, ...]
    moments: tuple[int, ...]
    tones: tuple[tuple[int, int], ...]
    alpha: tuple[int, int] = (0, 0)
    looks: tuple[tuple[int, ...], ...] = ()


def measure_steps(pictures: Iterable[tuple[bytes, bytes]]) -> Iterator[Row]:
    """The row of each pair of pictures (encode, reference) of small luma, in order."""
    small = ((small_picture(encode), small_picture(reference)) for encode, reference in pictures)
    around: deque[Optional[tuple[SmallPicture, SmallPicture]]] = deque([None] * len(STEPS), len(STEPS))
    for newest in chain(small, [None] * STEPS[-1]):
        around.append(newest)
        before, own = around[1], around[2]
        if own:
            yield _row(own, before, around)


def _row(
    own: tuple[SmallPicture, SmallPicture],
    before: Optional[tuple[SmallPicture, SmallPicture]],
    around: Iterable[Optional[tuple[SmallPicture, SmallPicture]]],
) -> Row:
    # All in the same units, whatever the contrast of a neighbour: in a fade the darker would seem to be nearer.
    gain = min(side.gain for side in own)
    steps = [_apart(own, other[1], gain) if other else None for other in around]
    changes = [difference(mine, earlier) for mine, earlier in zip(own, before)] if before else [None, None]
    return (*steps, *changes)


def _apart(own: tuple[SmallPicture, SmallPicture], other: SmallPicture, gain: int) -> Optional[int]:
    """How far the encode's picture is from one of the reference; None of a neighbour that is flat: it tells nothing."""
    return None if other.is_flat and other is not own[1] else difference(own[0], other, gain)


def measure_colours(pictures: Iterable[bytes]) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
    """Moments and tones of pictures of three planes, each with the encode's samples before the reference's."""
    moments = [0] * (VARIABLES * (VARIABLES + 1) // 2)
    counts, sums = [0] * CLASSES, [0] * CLASSES
    for picture in pictures:
        planes = [picture[start : start + SAMPLES] for start in range(0, 6 * SAMPLES, SAMPLES)]
        columns = [bytes([1]) * SAMPLES, *planes[1::2], *planes[0::2]]
        products = (sum(map(mul, one, other)) for place, one in enumerate(columns) for other in columns[place:])
        moments = [known + more for known, more in zip(moments, products)]
        for reference, encode in zip(planes[1], planes[0]):
            counts[reference // CODES_A_CLASS] += 1
            sums[reference // CODES_A_CLASS] += encode
    return tuple(moments), tuple(zip(counts, sums))


def measure_look(number: int, picture: bytes) -> tuple[int, ...]:
    """The look of one frame."""
    moments, tones = measure_colours([picture])
    return number, sum(count >= LEAST_SAMPLES for count, _ in tones), *moments


def measure_alpha(pictures: Iterable[bytes]) -> tuple[int, int]:
    """How many samples there are, and how many of them are not opaque."""
    total = see_through = 0
    for picture in pictures:
        total += len(picture)
        see_through += sum(value < OPAQUE for value in picture)
    return total, see_through


def measure_bytes(measure: PairMeasure) -> bytes:
    """The document of a chunk."""
    return json_bytes(SCHEMA, to_plain(measure))


def read_measure(path: str) -> PairMeasure:
    """Reads such a document; raises InputRefused in one sentence."""
    return from_plain(PairMeasure, read_json(path, SCHEMA), path)


def merge_measures(parts: Sequence[PairMeasure]) -> PairMeasure:
    """The parts as one, in the order of their frames; between parts that do not meet lie rows of nothing."""
    ordered = sorted(parts, key=lambda part: part.first)
    rows: list[Row] = []
    for part in ordered:
        rows += [(None,) * (len(STEPS) + 2)] * (part.first - ordered[0].first - len(rows))
        rows += part.rows
    tones = tuple((sum(c for c, _ in same), sum(s for _, s in same)) for same in zip(*(part.tones for part in ordered)))
    return PairMeasure(
        ordered[0].first,
        ordered[-1].last,
        tuple(rows),
        tuple(map(sum, zip(*(part.moments for part in ordered)))),
        tones,
        (sum(part.alpha[0] for part in ordered), sum(part.alpha[1] for part in ordered)),
        tuple(look for part in ordered for look in part.looks),
    )


def own_rows(rows: Iterable[Row], read: FrameRange, own: FrameRange) -> tuple[Row, ...]:
    """The rows of a chunk's own frames, of those that were read."""
    return tuple(row for number, row in enumerate(rows, read.first) if number in own)
