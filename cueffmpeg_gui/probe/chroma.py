# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Where a clip says that its samples of chroma lie: ffmpeg knows, PyAV does not tell.

Matroska keeps it in each track's entry (RFC 9559, ChromaSitingHorz and ChromaSitingVert), so an entry is written for
the stream, in memory, and read back. YUV4MPEG2 has it in its first line.
"""

import io
from typing import Any

import av
import av.error

from cueffmpeg_gui.media.open_file import open_regular
from cueffmpeg_gui.probe.ebml import SEGMENT, descend, numbers

TRACKS, ENTRY, VIDEO, COLOUR, ACROSS, DOWN = 0x1654AE6B, 0xAE, 0xE0, 0x55B0, 0x55B7, 0x55B8
# On a sample of luma, or half way to the next: by both numbers, in the words of ffmpeg's scale filter.
SITES = {(1, 2): "left", (2, 2): "center", (1, 1): "topleft", (2, 1): "top", (1, 3): "bottomleft", (2, 3): "bottom"}
# "420jpeg" says nothing: ffmpeg writes it wherever it does not know.
Y4M = {b"420mpeg2": "left", b"420paldv": "topleft"}
LONGEST_LINE = 256


def said_site(path: str, stream: Any) -> str:
    """The place in the words of ffmpeg's scale filter; "" where nothing is said."""
    if stream.container.format.name == "yuv4mpegpipe":
        return _of_line(path)
    try:
        entry = _entry(stream)
    except (av.error.FFmpegError, ValueError):  # a codec that Matroska does not hold
        return ""
    end: int | None = None
    for part in (SEGMENT, TRACKS, ENTRY, VIDEO, COLOUR):
        end = descend(entry, end, part)
        if end is None:
            return ""
    found = numbers(entry, end or 0)
    return SITES.get((found.get(ACROSS, 0), found.get(DOWN, 0)), "")


def _entry(stream: Any) -> io.BytesIO:
    """The head of a Matroska file of the stream."""
    file = io.BytesIO()
    with av.open(file, "w", format="matroska") as container:
        container.add_stream_from_template(stream, opaque=True)
        container.start_encoding()
    file.seek(0)
    return file


def _of_line(path: str) -> str:
    with open_regular(path) as file:
        words = file.readline(LONGEST_LINE).split()
    return next((Y4M.get(word[1:], "") for word in words if word.startswith(b"C")), "")
