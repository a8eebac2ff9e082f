# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Writes a clean aperture into a MOV file, as cameras and editing programs do; ffmpeg only copies one."""

import struct

FOLDERS = (b"moov", b"trak", b"mdia", b"minf", b"stbl")
HEAD = 8


def with_aperture(movie: bytes, width: int, height: int, across: int = 0, down: int = 0) -> bytes:
    """The movie, with its first picture's description saying so; the index must be at the end (no faststart)."""
    clap = struct.pack(">I4s8i", 40, b"clap", width, 1, height, 1, across, 1, down, 1)
    return _walk(movie, clap)


def _walk(data: bytes, clap: bytes) -> bytes:
    out, at = b"", 0
    while at < len(data):
        size, name = struct.unpack(">I4s", data[at : at + HEAD])
        content = data[at + HEAD : at + size]
        if name in FOLDERS:
            content = _walk(content, clap)
        if name == b"stsd" and content[12:16] not in (b"tmcd", b"mp4a", b"lpcm", b"in24"):
            entry = content[12 : 8 + int.from_bytes(content[8:12], "big")] + clap
            content = content[:8] + struct.pack(">I", len(entry) + 4) + entry
        out += struct.pack(">I4s", len(content) + HEAD, name) + content
        at += size
    return out
