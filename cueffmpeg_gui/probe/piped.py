# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""WAV files that were written through a pipe: their writer could not go back to say how long they are."""

import struct

from cueffmpeg_gui.media.open_file import open_regular

# RIFF's own length is 0 then, or all ones.
UNSAID = (0, 0xFFFFFFFF)
MOST_CHUNKS = 100


def samples_of_piped(path: str) -> int:
    """Where the samples begin in such a file; 0 for one that says its length."""
    with open_regular(path) as file:
        magic, length = struct.unpack("<4sI", file.read(8).ljust(8, b"\1"))
        if magic != b"RIFF" or length not in UNSAID:
            return 0
        at = 12
        for _ in range(MOST_CHUNKS):
            file.seek(at)
            name, size = struct.unpack("<4sI", file.read(8).ljust(8, b"\0"))
            if name == b"data":
                return at + 8
            at += 8 + size + size % 2
    return 0
