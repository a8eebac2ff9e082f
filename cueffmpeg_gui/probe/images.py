# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""One image file, decoded as ffmpeg's image2 does it: the whole file is one packet."""

from typing import Any

import av
import av.error

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.facts import MOST_PIXELS
from cueffmpeg_gui.media.open_file import MEGABYTE, read_limited
from cueffmpeg_gui.sequences.formats import IMAGE_FORMATS, extension_of, read_image_header

# A file may hold layers that are not shown: 30 in half floats, and what else there is.
BYTES_A_PIXEL, BYTES_BESIDE = 160, 64 * MEGABYTE


def decode_image(path: str, layer: str = "", prefix: str = "") -> tuple[Any, Any]:
    """The picture of a file (of its layer of that name, whose channels begin so), and the codec that decoded it.

    Raises InputRefused in one sentence: unreadable, damaged, cut off.
    """
    codec: Any = av.CodecContext.create(IMAGE_FORMATS[extension_of(path)].codec, "r")
    codec.options = layer_options(prefix)
    try:
        packet = av.Packet(_read(path, layer))
        frames = [*codec.decode(packet), *codec.decode(None)]
    except av.error.FFmpegError as error:
        raise InputRefused(f"{path} is damaged: it does not decode ({error.strerror}); render it again.") from None
    except OSError as error:
        raise InputRefused(f"{path} cannot be read: {error.strerror}.") from None
    if not frames or frames[0].is_corrupt:
        raise InputRefused(f"{path} is damaged: it holds no whole picture; render it again.")
    return frames[0], codec


def layer_options(prefix: str) -> dict[str, str]:
    """What a decoder of pictures is told to read the layer whose channels begin so."""
    return {"layer": prefix} if prefix else {}


def _read(path: str, layer: str) -> bytes:
    """The file, if it is no larger than its header explains."""
    shape = read_image_header(path, layer).shape
    pixels = shape.width * shape.height
    if pixels > MOST_PIXELS:
        raise InputRefused(f"{path} is {shape.width}x{shape.height}, more than ffmpeg decodes; render it smaller.")
    return read_limited(path, BYTES_BESIDE + BYTES_A_PIXEL * max(0, pixels))
