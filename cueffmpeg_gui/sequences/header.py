# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What the header of one picture file says, whatever its format: read in microseconds, without decoding."""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import BinaryIO

# What a header says of lengths is believed up to here: no header, table or list of offsets is longer.
LONGEST_PART = 1 << 24
# The end mark is looked for in so many last bytes.
TAIL = 4096
TIMECODE_DIGITS, DROP_FRAME = 0x3F7F7F3F, 0x40


class NotThisFormat(ValueError):
    """The bytes are not of the format that the file's name says."""


class NotRead(Exception):
    """A good file of a kind that ffmpeg does not read, or reads as another picture: what it is, and what to do."""

    def __init__(self, kind: str, instead: str) -> None:
        super().__init__(f"{kind}, which ffmpeg does not read; {instead}.")


class LayerRefused(NotRead):
    """A file whose layers leave open which is meant, or have not the one that is; `layers` can be chosen instead."""

    def __init__(self, text: str, layers: tuple[str, ...]) -> None:
        Exception.__init__(self, text)
        self.layers = layers


@dataclass(frozen=True)
class ImageShape:
    """Size and kind of a picture; `depth` is bits of one component, `kind` what else tells one kind from another.

    `orientation` is EXIF's and TIFF's number for how the stored picture is to be turned, 1 when it is not.
    """

    width: int
    height: int
    depth: int
    channels: int
    orientation: int = 1
    kind: str = ""

    @property
    def place(self) -> tuple[int, int, int]:
        """What must be alike in all files of a sequence: size and turn."""
        return self.width, self.height, self.orientation

    def __str__(self) -> str:
        turned = f", to be turned (orientation {self.orientation})" if self.orientation != 1 else ""
        return f"{self.width}x{self.height} with {self.channels} components of {self.depth} bits{turned}"


@dataclass(frozen=True)
class ImageHeader:
    """A picture's shape, whether the file reaches to its end, and the time it says it belongs to.

    `rates` are those the header names, in frames a second; `timecode` is that of this picture. `layer` is the name of
    the layer that is read, whose channels' names begin with `prefix`; `layers` are those that could be. `space` is
    the colour space that is named, where that is no screen's.
    """

    shape: ImageShape
    is_whole: bool
    is_uncompressed: bool = False
    rates: tuple[Fraction, ...] = ()
    timecode: str | None = None
    layer: str = ""
    prefix: str = ""
    layers: tuple[str, ...] = ()
    space: str = ""


# Reads a header from an opened file of so many bytes; raises NotThisFormat, or struct.error where bytes are missing.
HeaderReader = Callable[[BinaryIO, int], ImageHeader]
# The same, of the layer of a name; "" for the obvious one. Raises LayerRefused, too.
LayerReader = Callable[[BinaryIO, int, str], ImageHeader]


def read_at(file: BinaryIO, layout: str, offset: int) -> tuple[int, ...]:
    """The values at an offset, by a layout of struct; raises struct.error behind the file's end."""
    file.seek(offset)
    return struct.unpack(layout, file.read(struct.calcsize(layout)))


def file_tail(file: BinaryIO, size: int, after: int) -> bytes:
    """The last bytes of a file, none before `after`; writers may add a few of their own behind the end mark."""
    file.seek(max(after, size - TAIL))
    return file.read()


def binary_timecode(word: int) -> str | None:
    """ "01:02:03:04" from eight decimal digits in 32 bits, hours first; None when it is none.

    Drop-frame is "01:02:03;04". The other flags among the digits (SMPTE ST 12-1: colour frame, field, user bits) are
    left out.
    """
    digits = f"{word & TIMECODE_DIGITS:08x}"
    if not digits.isdecimal():
        return None
    hours, minutes, seconds, frames = (digits[at : at + 2] for at in range(0, 8, 2))
    return f"{hours}:{minutes}:{seconds}{';' if word & DROP_FRAME else ':'}{frames}"
