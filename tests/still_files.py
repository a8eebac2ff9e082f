# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Pictures written byte by byte, so that tests know their pixels and tags from no program that is tested."""

import struct
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT = 64, 48
SHORT, LONG = 3, 4
Tags = dict[int, tuple[int, tuple[int, ...]]]


def gradient(depth: int = 8) -> NDArray[np.uint16]:
    """A picture that looks different from every side: red grows to the right, green downwards."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    most = 2**depth - 1
    picture: NDArray[np.uint16] = np.stack([x * most // WIDTH, y * most // HEIGHT, (x + y) * most // 128], -1).astype(
        np.uint16
    )
    return picture


def tiff(pixels: bytes, tags: Tags, order: str = "<") -> bytes:
    """A TIFF of one strip (or whatever the tags say) with 8-bit RGB as far as they do not say otherwise."""
    every: Tags = {
        256: (SHORT, (WIDTH,)), 257: (SHORT, (HEIGHT,)), 258: (SHORT, (8, 8, 8)), 259: (SHORT, (1,)),
        262: (SHORT, (2,)), 273: (LONG, (8,)), 277: (SHORT, (3,)), 278: (SHORT, (HEIGHT,)), 279: (LONG, (len(pixels),)),
        **tags,
    }  # fmt: skip
    pixels += bytes(len(pixels) % 2)
    directory, behind = b"", b""
    start = 8 + len(pixels) + 2 + 12 * len(every) + 4
    for tag, (kind, values) in sorted(every.items()):
        value = struct.pack(f"{order}{len(values)}{'H' if kind == SHORT else 'I'}", *values)
        if len(value) > 4:
            place, behind = start + len(behind), behind + value
            value = struct.pack(order + "I", place)
        directory += struct.pack(order + "HHI", tag, kind, len(values)) + value.ljust(4, b"\0")
    mark = b"II*\0" if order == "<" else b"MM\0*"
    count = struct.pack(order + "H", len(every))
    return mark + struct.pack(order + "I", 8 + len(pixels)) + pixels + count + directory + bytes(4) + behind


def exif(orientation: int) -> bytes:
    """EXIF that says nothing else."""
    entry = struct.pack(">HHIHH", 274, SHORT, 1, orientation, 0)
    return b"MM\0*" + struct.pack(">IH", 8, 1) + entry + bytes(4)


def png(picture: NDArray[np.uint16], about: bytes = b"") -> bytes:
    """An RGB PNG of 8 bits, with EXIF."""
    rows = b"".join(b"\0" + row.astype(np.uint8).tobytes() for row in picture)
    head = struct.pack("!IIBBBBB", picture.shape[1], picture.shape[0], 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"eXIf", about), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    body = b"".join(
        struct.pack("!I", len(data)) + name + data + struct.pack("!I", zlib.crc32(name + data)) for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def with_exif(jpeg: bytes, orientation: int) -> bytes:
    """A JPEG, with EXIF put in at its beginning."""
    content = b"Exif\0\0" + exif(orientation)
    return jpeg[:2] + b"\xff\xe1" + struct.pack("!H", len(content) + 2) + content + jpeg[2:]


def turned(picture: NDArray[np.uint16], orientation: int) -> NDArray[np.uint16]:
    """How a picture is shown, by the table of TIFF 6.0: where its first row and first column are."""
    by_number = {
        1: picture, 2: picture[:, ::-1], 3: picture[::-1, ::-1], 4: picture[::-1],
        5: picture.swapaxes(0, 1), 6: picture[::-1].swapaxes(0, 1), 7: picture[::-1, ::-1].swapaxes(0, 1),
        8: picture[:, ::-1].swapaxes(0, 1),
    }  # fmt: skip
    return by_number[orientation]


Planes = dict[str, NDArray[np.float64]]


def exr(channels: Planes, half: bool = True, **attributes: tuple[str, bytes]) -> bytes:
    """An uncompressed EXR of half or single floats (OpenEXR File Layout), channels in the order of their names."""
    head = b"\x76\x2f\x31\x01" + struct.pack("<I", 2) + _exr_header(channels, half, attributes)
    lines = _exr_lines(channels, half)
    start = len(head) + 8 * len(lines)
    table = b"".join(struct.pack("<Q", start + len(lines[0]) * y) for y in range(len(lines)))
    return head + table + b"".join(lines)


def exr_parts(parts: dict[str, Planes], views: tuple[str, ...] = ()) -> bytes:
    """An uncompressed EXR of several parts of half floats, by their names."""
    head, chunks = b"\x76\x2f\x31\x01" + struct.pack("<I", 2 | 0x1000), []
    for number, (name, channels) in enumerate(parts.items()):
        lines = _exr_lines(channels, True)
        about = {
            "name": ("string", name.encode()),
            "type": ("string", b"scanlineimage"),
            "chunkCount": ("int", struct.pack("<i", len(lines))),
            **({"view": ("string", views[number].encode())} if views else {}),
        }
        head += _exr_header(channels, True, about)
        chunks.append([struct.pack("<i", number) + line for line in lines])
    head += b"\0"
    place, table = len(head) + 8 * sum(map(len, chunks)), b""
    for chunk in (line for lines in chunks for line in lines):
        table += struct.pack("<Q", place)
        place += len(chunk)
    return head + table + b"".join(line for lines in chunks for line in lines)


def _exr_header(channels: Planes, half: bool, attributes: dict[str, tuple[str, bytes]]) -> bytes:
    names = sorted(channels)
    height, width = channels[names[0]].shape
    box = struct.pack("<4i", 0, 0, width - 1, height - 1)
    kinds = b"".join(name.encode() + b"\0" + struct.pack("<iB3xii", 1 if half else 2, 0, 1, 1) for name in names)
    every = {
        "channels": ("chlist", kinds + b"\0"), "compression": ("compression", b"\0"), "dataWindow": ("box2i", box),
        "displayWindow": ("box2i", box), "lineOrder": ("lineOrder", b"\0"),
        "pixelAspectRatio": ("float", struct.pack("<f", 1)), "screenWindowCenter": ("v2f", bytes(8)),
        "screenWindowWidth": ("float", struct.pack("<f", 1)), **attributes,
    }  # fmt: skip
    head = b""
    for name, (kind, value) in every.items():
        head += name.encode() + b"\0" + kind.encode() + b"\0" + struct.pack("<I", len(value)) + value
    return head + b"\0"


def _exr_lines(channels: Planes, half: bool) -> list[bytes]:
    kind, names = "<f2" if half else "<f4", sorted(channels)
    rows = [
        b"".join(channels[name][y].astype(kind).tobytes() for name in names) for y in range(len(channels[names[0]]))
    ]
    return [struct.pack("<ii", y, len(row)) + row for y, row in enumerate(rows)]


def written(folder: Path, name: str, data: bytes) -> str:
    """Two files of one content, shot.1001 and shot.1002; returns the sequence's name."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in (1001, 1002):
        (folder / f"shot.{number}{name}").write_bytes(data)
    return f"{folder}/shot.####{name}"
