# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Opens media so that any name works, and refuses what is no media file in a sentence."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import av
import av.error

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.containers import REFERRING, REFERRING_ENDINGS
from cueffmpeg_gui.media.open_file import open_regular

READ_BUFFER = 1 << 20
# A file object is no name, so ffmpeg would let a playlist in it open any address; and open no script at all.
ONLY_ITSELF = {"protocol_whitelist": "file", "format_whitelist": ",".join(sorted(av.formats_available - REFERRING))}
# Of a large file at least so much must be written; no film is as empty as that.
LARGE, MOST_HOLES = 256 << 20, 16
BLOCK = 512


@contextmanager
def opened(path: str, buffer: int = READ_BUFFER) -> Iterator[Any]:
    """An opened file, not its name: names may hold colons, bytes that are no text, or patterns."""
    with (
        open_regular(path) as file,
        av.open(file, buffer_size=buffer, metadata_errors="replace", options=ONLY_ITSELF) as container,
    ):
        yield container


def stat_file(path: str) -> os.stat_result:
    try:
        found = os.stat(path)
        if stat.S_ISDIR(found.st_mode):
            raise InputRefused(f"{path} is a folder; name the clip in it.")
        if not stat.S_ISREG(found.st_mode):
            raise InputRefused(f"{path} is no regular file.")
        open_regular(path).close()
    except OSError as error:
        raise InputRefused(f"{path} cannot be read: {error.strerror}.") from None
    if found.st_size == 0:
        raise InputRefused(f"{path} is empty; it may still be being copied.")
    if found.st_size > LARGE and 0 < found.st_blocks * BLOCK * MOST_HOLES < found.st_size:
        raise InputRefused(
            f"{path} is {found.st_size:,} bytes long, but hardly any of it is written; it may still be being copied."
        )
    if path.lower().endswith(REFERRING_ENDINGS):
        raise InputRefused(f"{path} is a playlist or a script that names other files; name the media file itself.")
    return found


def video_stream(container: Any, path: str) -> Any:
    cover = av.stream.Disposition.attached_pic
    streams = [s for s in container.streams.video if s.codec_context is not None and not s.disposition & cover]
    if not streams:
        raise InputRefused(f"{path} has no picture, only {kinds_of(container)}; name a file with video.")
    if not streams[0].codec_context.width:
        raise InputRefused(f"{path} is damaged: its picture has no size.")
    return streams[0]


def kinds_of(container: Any) -> str:
    return " and ".join(sorted({stream.type for stream in container.streams})) or "nothing"
