# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The part of its pictures that a container says is shown, read from its bytes: PyAV does not tell.

Sources: ISO/IEC 14496-12, 12.1.4 (clean aperture, `clap`); RFC 9559 (Matroska's PixelCrop elements).
"""

import struct
from fractions import Fraction
from typing import Any, BinaryIO, Optional

from cueffmpeg_gui.media.open_file import open_regular
from cueffmpeg_gui.probe.boxes import Box, boxes, find_box, read_content, whole_file
from cueffmpeg_gui.probe.ebml import SEGMENT, children, descend, numbers

Crop = tuple[int, int, int, int]
WHOLE: Crop = (0, 0, 0, 0)
# Bytes of a video entry of a sample description that stand before the boxes in it.
VIDEO_ENTRY = 78
TRACKS, TRACK_ENTRY, TRACK_VIDEO = 0x1654AE6B, 0xAE, 0xE0
CROPS = (0x54CC, 0x54BB, 0x54DD, 0x54AA)  # left, top, right, bottom


def container_crop(path: str, stream: Any, size: tuple[int, int]) -> Crop:
    """Columns and rows of stored pictures of this size that are not shown: left, top, right, bottom."""
    container = stream.container.format.name
    with open_regular(path) as file:
        if "mov" in container:
            found = _clean_aperture(file, stream.id, size)
        elif "matroska" in container:
            found = _pixel_crop(file, stream.index)
        else:
            found = WHOLE
    left, top, right, bottom = found
    fits = min(found) >= 0 and left + right < size[0] and top + bottom < size[1]
    return found if fits else WHOLE


def even_crop(crop: Crop, frame: Any) -> Crop:
    """The crop moved to whole samples of chroma, left and up: half of one cannot be cut off."""
    if crop == WHOLE:
        return WHOLE
    across = 1 + (frame.format.chroma_width(2) == 1)
    down = 1 + (frame.format.chroma_height(2) == 1)
    left, right = _even(frame.width, crop[0], crop[2], across)
    top, bottom = _even(frame.height, crop[1], crop[3], down)
    return left, top, right, bottom


def _even(whole: int, before: int, after: int, step: int) -> tuple[int, int]:
    shown = whole - before - after
    before -= before % step
    return before, whole - before - max(step, shown - shown % step)


def _clean_aperture(file: BinaryIO, track: int, size: tuple[int, int]) -> Crop:
    movie = find_box(file, whole_file(file), "moov")
    for trak in boxes(file, movie) if movie else ():
        if trak.name == "trak" and _track_number(file, trak) == track:
            aperture = _aperture(file, trak)
            if aperture:
                left, right = _margins(size[0], aperture[0], aperture[2])
                top, bottom = _margins(size[1], aperture[1], aperture[3])
                return left, top, right, bottom
    return WHOLE


def _track_number(file: BinaryIO, trak: Box) -> int:
    header = find_box(file, trak, "tkhd")
    content = read_content(file, header) if header else bytes(1)
    at = 20 if content[0] == 1 else 12
    return int.from_bytes(content[at : at + 4], "big")


def _aperture(file: BinaryIO, trak: Box) -> Optional[list[Fraction]]:
    """Width, height, and how far its middle is from the picture's, across and down."""
    description = find_box(file, trak, "mdia", "minf", "stbl", "stsd")
    entry = next(boxes(file, description, skip=8), None) if description else None
    clap = next((box for box in boxes(file, entry, VIDEO_ENTRY) if box.name == "clap"), None) if entry else None
    content = read_content(file, clap) if clap else b""
    if len(content) < 32:
        return None
    numbers = struct.unpack(">8i", content[:32])
    if min(numbers[1::2]) <= 0:
        return None
    return [Fraction(over, under) for over, under in zip(numbers[::2], numbers[1::2], strict=True)]


def _margins(whole: int, shown: Fraction, offset: Fraction) -> tuple[int, int]:
    """What lies before and after the aperture, whose middle is `offset` from that of the whole."""
    before = int(Fraction(whole) / 2 + offset - shown / 2)
    return before, whole - before - int(shown)


def _pixel_crop(file: BinaryIO, number: int) -> Crop:
    segment = descend(file, None, SEGMENT)
    tracks = descend(file, segment, TRACKS)
    entries = [(file.tell(), end) for kind, end in children(file, tracks) if kind == TRACK_ENTRY] if tracks else []
    if number >= len(entries):
        return WHOLE
    file.seek(entries[number][0])
    video = descend(file, entries[number][1], TRACK_VIDEO)
    if video is None:
        return WHOLE
    found = numbers(file, video)
    left, top, right, bottom = (found.get(kind, 0) for kind in CROPS)
    return left, top, right, bottom
