# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Headers of pictures as film and television write them, which ffmpeg does not: rates and timecodes."""

import struct
from fractions import Fraction
from pathlib import Path

from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.probe import probe_sequence
from cueffmpeg_gui.sequences.files import find_sequence

RATE = Fraction(24000, 1001)
BYTE_ORDERS = {b"SDPX": ">", b"XPDS": "<"}
GENERIC_BYTES, HEADER_BYTES = 1664, 2048
INDUSTRY_BYTES = HEADER_BYTES - GENERIC_BYTES


def add_industry_headers(folder: Path) -> None:
    """Gives every DPX of the folder the headers of film and television, all undefined."""
    for path in folder.iterdir():
        data = path.read_bytes()
        order = BYTE_ORDERS[data[:4]]
        sizes = struct.pack(order + "I", len(data) + INDUSTRY_BYTES)
        head = data[:4] + struct.pack(order + "I", HEADER_BYTES) + data[8:16] + sizes + data[20:GENERIC_BYTES]
        path.write_bytes(head + b"\xff" * INDUSTRY_BYTES + data[GENERIC_BYTES:])


def patch(folder: Path, offset: int, layout: str, *values: float) -> None:
    """Writes values into the DPX headers, one into each file in turn."""
    for number, path in enumerate(sorted(folder.iterdir())):
        with open(path, "r+b") as file:
            order = BYTE_ORDERS[file.read(4)]
            file.seek(offset)
            file.write(struct.pack(order + layout, values[number % len(values)]))


def facts(folder: Path, rate: Fraction | None = RATE) -> ClipFacts:
    return probe_sequence(find_sequence(str(folder)), rate)


def codes(*texts: str) -> list[int]:
    return [int(text.replace(":", ""), 16) for text in texts]


TIMECODES = codes("01:02:03:04", "01:02:03:05", "01:02:03:06", "01:02:03:07")


def exr(attributes: dict[str, tuple[str, bytes]], lines: int = 4) -> bytes:
    """An uncompressed EXR of half floats, 4 pixels wide."""
    box = struct.pack("<4i", 0, 0, 3, lines - 1)
    channels = b"".join(name + b"\0" + struct.pack("<iB3xii", 1, 0, 1, 1) for name in (b"B", b"G", b"R")) + b"\0"
    every = {
        "channels": ("chlist", channels),
        "compression": ("compression", b"\0"),
        "dataWindow": ("box2i", box),
        "displayWindow": ("box2i", box),
        "lineOrder": ("lineOrder", b"\0"),
        "pixelAspectRatio": ("float", struct.pack("<f", 1)),
        "screenWindowCenter": ("v2f", bytes(8)),
        "screenWindowWidth": ("float", struct.pack("<f", 1)),
        **attributes,
    }
    head = b"\x76\x2f\x31\x01" + struct.pack("<I", 2)
    for name, (kind, value) in every.items():
        head += name.encode() + b"\0" + kind.encode() + b"\0" + struct.pack("<I", len(value)) + value
    head += b"\0"
    blocks = [struct.pack("<ii", line, 24) + bytes(24) for line in range(lines)]
    start = len(head) + 8 * lines
    table = b"".join(struct.pack("<Q", start + 32 * line) for line in range(lines))
    return head + table + b"".join(blocks)
