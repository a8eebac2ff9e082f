# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""One small picture of a clip."""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import av
import av.error
import numpy as np
from av.video.reformatter import ColorRange, Colorspace

from cueffmpeg_gui.media.colour import resolve_colour
from cueffmpeg_gui.media.view import CINEON
from cueffmpeg_gui.probe.container_crop import Crop, container_crop
from cueffmpeg_gui.probe.files import opened
from cueffmpeg_gui.probe.images import layer_options
from cueffmpeg_gui.probe.turns import turn_of
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


def read_thumbnail(
    path: str, at: Fraction, box: tuple[int, int], prefix: str = "", space: str = ""
) -> Thumbnail | None:
    """The picture near `at` seconds of a clip, or an image file's only one, that fits into a box; None where none does.

    `prefix` is what the names of channels of the layer begin with that an EXR shows, `space` what its pixels are where
    they are not a screen's: then the picture is near to what its view will show, whatever that is.

    A thumbnail is a help and no proof: trouble with it is no trouble with the file.
    """
    try:
        with opened(path) as container:
            stream = container.streams.video[0]
            stream.codec_context.options = layer_options(prefix)
            if at > 0 and stream.time_base:
                container.seek(int(at / stream.time_base), stream=stream)
            frame = next(container.decode(stream))
            crop = container_crop(path, stream, (frame.width, frame.height))
            return _lit(_thumbnail(frame, stream, crop, box), space)
    except (av.error.FFmpegError, OSError, StopIteration, LookupError, ValueError):
        return None


def _colours(frame: Any, stream: Any) -> dict[str, int]:
    """What the pixels are taken for, as everywhere; PyAV's own guess is BT.601, also in HD. Nothing for RGB."""
    if frame.format.is_rgb or frame.format.has_palette:
        return {}
    colour = resolve_colour(colour_tags(frame, stream.codec_context), frame.width, frame.height, is_rgb=False)
    matrix = PYAV_MATRICES.get(colour.matrix, Colorspace.ITU601)
    return {"src_colorspace": matrix, "dst_colorspace": matrix, "src_color_range": PYAV_RANGES[colour.range]}


def _lit(thumbnail: Thumbnail, space: str) -> Thumbnail:
    """Brighter where the pixels are light or log."""
    if not space:
        return thumbnail
    codes = np.arange(256) / 255
    if space == CINEON:
        black = 10 ** ((95 - 685) * 0.002 / 0.6)
        codes = np.clip((10 ** ((codes * 1023 - 685) * 0.002 / 0.6) - black) / (1 - black), 0, 1)
    srgb = np.where(codes <= 0.0031308, 12.92 * codes, 1.055 * codes ** (1 / 2.4) - 0.055)
    table = np.round(srgb * 255).astype(np.uint8)
    return replace(thumbnail, rgb=table[np.frombuffer(thumbnail.rgb, np.uint8)].tobytes())


def _thumbnail(frame: Any, stream: Any, crop: Crop, box: tuple[int, int]) -> Thumbnail:
    rotation, mirrored = turn_of(frame)
    left, top, right, bottom = crop
    across, down = box if rotation % 180 == 0 else (box[1], box[0])
    aspect = Fraction(stream.sample_aspect_ratio or 1)
    scale = min(across / ((frame.width - left - right) * aspect), Fraction(down, frame.height - top - bottom))
    wide, high = scale * aspect, scale
    whole = max(2, round(frame.width * wide)), max(2, round(frame.height * high))
    width = max(2, round((frame.width - left - right) * wide))
    height = max(2, round((frame.height - top - bottom) * high))
    plane = frame.reformat(*whole, "rgb24", **_colours(frame, stream)).planes[0]
    pixels = np.frombuffer(plane, np.uint8).reshape(plane.height, plane.line_size)[:, : 3 * plane.width]
    pixels = pixels.reshape(plane.height, plane.width, 3)
    x, y = min(round(left * wide), whole[0] - width), min(round(top * high), whole[1] - height)
    pixels = pixels[y : y + height, x : x + width]
    return Thumbnail(width, height, (pixels[:, ::-1] if mirrored else pixels).tobytes(), rotation)
