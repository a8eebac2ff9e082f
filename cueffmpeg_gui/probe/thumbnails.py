# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""One small picture of a clip."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import av
import av.error

from cueffmpeg_gui.probe.files import opened


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


def _thumbnail(frame: Any, stream: Any, box: tuple[int, int]) -> Thumbnail:
    rotation = round(frame.rotation) % 360
    across, down = box if rotation % 180 == 0 else (box[1], box[0])
    shown = frame.width * Fraction(stream.sample_aspect_ratio or 1)
    scale = min(across / shown, Fraction(down, frame.height))
    width, height = max(2, round(shown * scale)), max(2, round(frame.height * scale))
    plane = frame.reformat(width, height, "rgb24").planes[0]
    data, stride = bytes(plane), plane.line_size
    rows = b"".join(data[line * stride : line * stride + 3 * width] for line in range(height))
    return Thumbnail(width, height, rows, rotation)
