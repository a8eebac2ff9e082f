# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""One small picture of a clip."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import av
import av.error
from av.video.reformatter import ColorRange, Colorspace

from cueffmpeg_gui.media.colour import resolve_colour
from cueffmpeg_gui.probe.files import opened
from cueffmpeg_gui.probe.video import colour_tags

PYAV_MATRICES = {
    "bt709": Colorspace.ITU709,
    "fcc": Colorspace.FCC,
    "smpte240m": Colorspace.SMPTE240M,
    "bt2020nc": Colorspace.BT2020,
    "bt2020c": Colorspace.BT2020,
}
PYAV_RANGES = {"tv": ColorRange.MPEG, "pc": ColorRange.JPEG}


@dataclass(frozen=True)
class Thumbnail:
    """A small picture: rows of RGB bytes without gaps; `rotation` degrees counter-clockwise are yet to be made."""

    width: int
    height: int
    rgb: bytes
    rotation: int = 0


def read_thumbnail(path: str, at: Fraction, box: tuple[int, int]) -> Thumbnail | None:
    """The picture near `at` seconds of a clip, or an image file's only one, that fits into a box; None where none does.

    A thumbnail is a help and no proof: trouble with it is no trouble with the file.
    """
    try:
        with opened(path) as container:
            stream = container.streams.video[0]
            if at > 0 and stream.time_base:
                container.seek(int(at / stream.time_base), stream=stream)
            return _thumbnail(next(container.decode(stream)), stream, box)
    except (av.error.FFmpegError, OSError, StopIteration, LookupError, ValueError):
        return None


def _colours(frame: Any, stream: Any) -> dict[str, int]:
    """What the pixels are taken for, as everywhere; PyAV's own guess is BT.601, also in HD. Nothing for RGB."""
    if frame.format.is_rgb or frame.format.has_palette:
        return {}
    colour = resolve_colour(colour_tags(frame, stream.codec_context), frame.width, frame.height, is_rgb=False)
    matrix = PYAV_MATRICES.get(colour.matrix, Colorspace.ITU601)
    return {"src_colorspace": matrix, "dst_colorspace": matrix, "src_color_range": PYAV_RANGES[colour.range]}


def _thumbnail(frame: Any, stream: Any, box: tuple[int, int]) -> Thumbnail:
    rotation = round(frame.rotation) % 360
    across, down = box if rotation % 180 == 0 else (box[1], box[0])
    shown = frame.width * Fraction(stream.sample_aspect_ratio or 1)
    scale = min(across / shown, Fraction(down, frame.height))
    width, height = max(2, round(shown * scale)), max(2, round(frame.height * scale))
    plane = frame.reformat(width, height, "rgb24", **_colours(frame, stream)).planes[0]
    data, stride = bytes(plane), plane.line_size
    rows = b"".join(data[line * stride : line * stride + 3 * width] for line in range(height))
    return Thumbnail(width, height, rows, rotation)
