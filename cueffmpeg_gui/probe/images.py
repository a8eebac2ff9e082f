# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""One image file, decoded as ffmpeg's image2 does it: the whole file is one packet."""

from typing import Any

import av
import av.error

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.sequences.formats import IMAGE_FORMATS, extension_of


def decode_image(path: str) -> tuple[Any, Any]:
    """The picture of a file, and the codec context that decoded it.

    Raises InputRefused in one sentence: unreadable, damaged, cut off.
    """
    codec: Any = av.CodecContext.create(IMAGE_FORMATS[extension_of(path)].codec, "r")
    try:
        with open(path, "rb") as file:
            packet = av.Packet(file.read())
        frames = [*codec.decode(packet), *codec.decode(None)]
    except av.error.FFmpegError as error:
        raise InputRefused(f"{path} is damaged: it does not decode ({error.strerror}); render it again.") from None
    except OSError as error:
        raise InputRefused(f"{path} cannot be read: {error.strerror}.") from None
    if not frames or frames[0].is_corrupt:
        raise InputRefused(f"{path} is damaged: it holds no whole picture; render it again.")
    return frames[0], codec
