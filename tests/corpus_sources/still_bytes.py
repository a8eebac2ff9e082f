# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Pictures written byte by byte where ffmpeg's encoders do not write the kind."""

import struct
import zlib

import numpy as np
from source import SIZE
from still_files import exif, exr, png, tiff
from truth import Plane, colour, grid

WIDE, HIGH = SIZE
FILLED_A, FILLED_B, PACKED = 1, 2, 0


def rgb_of(number: int, most: int) -> Plane:
    """Code values of a picture, rounded."""
    return np.round(most * colour(number, *grid(SIZE), SIZE))


def dpx(
    number: int, bits: int = 10, packing: int = FILLED_A, order: str = ">", **fields: tuple[int, str, object]
) -> bytes:
    """A DPX of RGB (SMPTE ST 268); `fields` are offset, layout and value of more of its header."""
    values = rgb_of(number, 2**bits - 1).astype(np.uint64).reshape(HIGH, -1)
    body = {
        (10, FILLED_A): _three_left,
        (10, FILLED_B): _three_right,
        (12, FILLED_A): _words_left,
        (12, FILLED_B): _whole_words,
        (8, PACKED): _whole_bytes,
        (16, PACKED): _whole_words,
    }.get((bits, packing), _run_of_bits)
    data = body(values, bits, order)
    head = bytearray(2048)
    struct.pack_into(order + "II8sI", head, 0, 0x53445058, 2048, b"V1.0", 2048 + len(data))
    for offset, layout, value in (
        (768, "HHII", (0, 1, WIDE, HIGH)), (780, "IIIII", (0, 0, 0, 0, 0)),
        (800, "BBBBHHI", (50, 2, 2, bits, packing, 0, 2048)),
        *((offset, layout, (value,)) for offset, layout, value in fields.values()),
    ):  # fmt: skip
        struct.pack_into(order + layout, head, offset, *value)
    return bytes(head) + data


def _three_left(values: np.ndarray, bits: int, order: str) -> bytes:
    """Three of ten bits in a word, two empty bits at its end (method A)."""
    r, g, b = (values[:, c::3] for c in range(3))
    return (r << 22 | g << 12 | b << 2).astype(order + "u4").tobytes()


def _three_right(values: np.ndarray, bits: int, order: str) -> bytes:
    """The empty bits at its beginning (method B)."""
    r, g, b = (values[:, c::3] for c in range(3))
    return (r << 20 | g << 10 | b).astype(order + "u4").tobytes()


def _words_left(values: np.ndarray, bits: int, order: str) -> bytes:
    return (values << 4).astype(order + "u2").tobytes()


def _whole_bytes(values: np.ndarray, bits: int, order: str) -> bytes:
    return values.astype("u1").tobytes()


def _whole_words(values: np.ndarray, bits: int, order: str) -> bytes:
    return values.astype(order + "u2").tobytes()


def _run_of_bits(values: np.ndarray, bits: int, order: str) -> bytes:
    """One after the other from the lowest bit of each word on; lines begin in a word of their own."""
    lines = []
    for row in values:
        total = sum(int(value) << (bits * at) for at, value in enumerate(row))
        words = -(-bits * len(row) // 32)
        lines.append(np.frombuffer(total.to_bytes(4 * words, "little"), "<u4").astype(order + "u4").tobytes())
    return b"".join(lines)


def exr_of(number: int, half: bool = True, names: str = "RGB", **more: tuple[str, bytes]) -> bytes:
    rgb = colour(number, *grid(SIZE), SIZE)
    channels = {"R": rgb[..., 0], "G": rgb[..., 1], "B": rgb[..., 2], "A": np.ones(rgb.shape[:2])}
    return exr({name: channels[name] for name in names}, half, **more)


def png_of(number: int, about: bytes = b"") -> bytes:
    return png(rgb_of(number, 255).astype(np.uint16), about)


def turned_png(number: int) -> bytes:
    """Stored with its left and right exchanged, and said so."""
    return png(rgb_of(number, 255).astype(np.uint16)[:, ::-1], exif(2))


def tiff_of(number: int, kind: str) -> bytes:
    deep = kind.endswith("16")
    values = rgb_of(number, 65535 if deep else 255)
    order = ">" if "big" in kind else "<"
    if "planar" in kind:
        values = np.moveaxis(values, -1, 0)
    pixels = values.astype(order + "u2" if deep else "u1").tobytes()
    tags = {258: (3, (16,) * 3)} if deep else {}
    if "planar" in kind:
        part = len(pixels) // 3
        tags |= {284: (3, (2,)), 273: (4, (8, 8 + part, 8 + 2 * part)), 279: (4, (part,) * 3)}
    if "zip" in kind:
        pixels = zlib.compress(pixels)
        tags |= {259: (3, (8,)), 279: (4, (len(pixels),))}
    if "tiles" in kind:
        tags |= {322: (3, (WIDE,)), 323: (3, (HIGH,)), 324: (4, (8,)), 325: (4, (len(pixels),))}
    return tiff(pixels, tags, order)


def bmp(number: int, upside: bool = True) -> bytes:
    """24 bits; lines from below, or from above with a negative height."""
    rows = rgb_of(number, 255).astype("u1")[..., ::-1]
    data = (rows[::-1] if upside else rows).tobytes()
    head = struct.pack("<2sIHHI", b"BM", 54 + len(data), 0, 0, 54)
    return (
        head + struct.pack("<IiiHHIIiiII", 40, WIDE, HIGH if upside else -HIGH, 1, 24, 0, len(data), 0, 0, 0, 0) + data
    )


def tga(number: int, from_top: bool) -> bytes:
    rows = rgb_of(number, 255).astype("u1")[..., ::-1]
    head = struct.pack("<BBBHHBHHHHBB", 0, 0, 2, 0, 0, 0, 0, 0, WIDE, HIGH, 24, 0x20 if from_top else 0)
    return head + (rows if from_top else rows[::-1]).tobytes()


def ppm(number: int, most: int) -> bytes:
    values = rgb_of(number, most)
    return f"P6\n# a comment\n{WIDE} {HIGH}\n{most}\n".encode() + values.astype("u1" if most < 256 else ">u2").tobytes()


def text_ppm(number: int) -> bytes:
    words = " ".join(str(int(value)) for value in rgb_of(number, 255).ravel())
    return f"P3\n{WIDE} {HIGH}\n255\n{words}\n".encode()


def sgi(number: int) -> bytes:
    """Planes one after the other, lines from below."""
    planes = np.moveaxis(rgb_of(number, 255)[::-1], -1, 0).astype("u1")
    return struct.pack(">HBBHHHHII", 474, 0, 1, 3, WIDE, HIGH, 3, 0, 255).ljust(512, b"\0") + planes.tobytes()


def qoi(number: int) -> bytes:
    """Every pixel in full."""
    rows = rgb_of(number, 255).astype("u1").reshape(-1, 3)
    body = np.concatenate([np.full((len(rows), 1), 0xFE, "u1"), rows], 1).tobytes()
    return struct.pack(">4sIIBB", b"qoif", WIDE, HIGH, 3, 0) + body + bytes(7) + b"\1"
