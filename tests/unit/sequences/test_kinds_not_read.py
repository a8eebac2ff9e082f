# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Good files of kinds that ffmpeg does not read, or reads as another picture: refused by their own tags, truly."""

import struct
import subprocess
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from clips import picture
from picture_files import refusal
from still_files import LONG, SHORT, Tags, exif, exr, gradient, png, tiff, written

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.probe import probe_clip, probe_sequence
from cueffmpeg_gui.sequences.files import find_sequence

PIXELS = gradient().astype(np.uint8).tobytes()
TILES: Tags = {322: (SHORT, (16,)), 323: (SHORT, (16,)), 324: (LONG, (8,)), 325: (LONG, (768,))}
FLOATS: Tags = {339: (SHORT, (3, 3, 3))}


def bits(*each: int) -> Tags:
    return {258: (SHORT, each), 277: (SHORT, (len(each),))}


TIFFS: dict[str, tuple[Tags, str]] = {
    "tiled": (TILES, "is a tiled TIFF, which ffmpeg does not read; write it in strips (scan lines)."),
    "jpeg": ({259: (SHORT, (7,))}, "is a TIFF compressed as JPEG, which ffmpeg does not read; write it with LZW or"),
    "zstd": ({259: (SHORT, (50000,))}, "is a TIFF compressed as Zstandard, which"),
    "webp": ({259: (SHORT, (50001,))}, "is a TIFF compressed as WebP, which"),
    "half": ({**FLOATS, **bits(16, 16, 16)}, "is a TIFF of 3 components in floating point of 16 bits, which"),
    "double": ({**FLOATS, **bits(64, 64, 64)}, "is a TIFF of 3 components in floating point of 64 bits, which"),
    "gray_float": ({**FLOATS, **bits(32)}, "is a TIFF of 1 components in floating point of 32 bits, which"),
    "signed": ({339: (SHORT, (2, 2, 2))}, "is a TIFF of signed numbers, which"),
    "deep": (bits(32, 32, 32), "is a TIFF of 3 components of 32 bits, which"),
    "ten": (bits(10, 10, 10), "is a TIFF of 3 components of 10 bits, which"),
    "uneven": (bits(5, 6, 5), "is a TIFF of 5, 6, 5 bits, which"),
    "lab": ({262: (SHORT, (8,))}, "is a TIFF whose pixels are CIE L*a*b*, which"),
    "ycbcr": ({262: (SHORT, (6,))}, "is a TIFF whose pixels are YCbCr, which ffmpeg does not read; write it as RGB."),
    "thumbnail": ({254: (LONG, (1,))}, "is a TIFF that begins with a smaller version of its picture, which"),
}


@pytest.mark.parametrize("kind", TIFFS)
@pytest.mark.parametrize("order", ["<", ">"])
def test_a_tiff_is_refused_by_its_tags(kind: str, order: str, tmp_path: Path) -> None:
    tags, said = TIFFS[kind]
    sequence = written(tmp_path, ".tif", tiff(PIXELS, tags, order))
    assert f"{tmp_path}/shot.1001.tif {said}" in refusal(sequence)


def test_a_big_tiff_is_named(tmp_path: Path) -> None:
    said = refusal(written(tmp_path, ".tif", b"II+\0" + bytes(200)))
    assert said.endswith("is a BigTIFF, which ffmpeg does not read; write it as plain TIFF, with offsets of 32 bits.")


def test_pictures_that_are_to_be_turned_unlike_are_named(tmp_path: Path) -> None:
    sequence = written(tmp_path, ".png", png(gradient(), exif(1)))
    (tmp_path / "shot.1003.png").write_bytes(png(gradient(), exif(6)))
    assert "shot.1003.png is 64x48 with 3 components of 8 bits, to be turned (orientation 6) where" in refusal(sequence)


@pytest.mark.parametrize("marks", [(0xC0, 12), (0xC3, 8), (0xC9, 8)])
def test_a_jpeg_of_medicine_or_print_is_named(marks: tuple[int, int], tmp_path: Path) -> None:
    frame = bytes([0xFF, marks[0], 0, 11, marks[1], 0, 48, 0, 64, 1, 1, 0x11, 0])
    said = refusal(written(tmp_path, ".jpg", b"\xff\xd8" + frame + b"\xff\xd9"))
    names = {0xC0: "a JPEG of 12 bits", 0xC3: "a lossless JPEG", 0xC9: "a JPEG with arithmetic coding"}
    assert f"is {names[marks[0]]}, which ffmpeg does not read; write it as an ordinary JPEG of 8 bits" in said


def test_more_formats_of_pictures_are_sequences(ffmpeg: str, tmp_path: Path) -> None:
    for ending in (".tga", ".bmp", ".sgi", ".ppm", ".pgm", ".qoi", ".webp", ".jp2", ".j2k"):
        # Its other encoder of WebP makes one animated file.
        encoder = ["-c:v", "libwebp"] if ending == ".webp" else []
        command = [
            *picture(3, size="64x48"),
            *encoder,
            "-start_number",
            "1001",
            "-f",
            "image2",
            f"{tmp_path}/shot.%04d{ending}",
        ]
        subprocess.run([ffmpeg, "-nostdin", "-v", "error", *command], check=True)
        found = probe_sequence(find_sequence(f"{tmp_path}/shot.1002{ending}"), Fraction(24))
        assert (found.video.size, found.video.frames, found.frames.first) == ("64x48", 3, 1001)
        path = tmp_path / f"shot.1002{ending}"
        # A packed TGA has no end that is known before it is decoded; its hosts notice.
        path.write_bytes(path.read_bytes()[:-60])
        if ending != ".tga":
            assert "shot.1002" in refusal(f"{tmp_path}/shot.####{ending}")


@pytest.mark.parametrize("ending", [".heic", ".cin", ".jxl", ".hdr"])
def test_pictures_that_are_not_taken_are_no_film_of_one_frame(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"shot.1001{ending}"
    path.write_bytes(b"anything")
    with pytest.raises(InputRefused) as refused:
        probe_clip(str(path))
    assert f"{path} is a picture in a format that is not taken ({ending}); convert it to one of .dpx, .exr," in str(
        refused.value
    )


def test_a_picture_with_the_name_of_a_clip_is_no_clip(tmp_path: Path) -> None:
    path = tmp_path / "shot.mov"
    path.write_bytes(png(gradient()))
    with pytest.raises(InputRefused, match="is a picture in a format that is not taken"):
        probe_clip(str(path))


PLANE = gradient()[..., 0] / 255
AWAY = ("box2i", struct.pack("<4i", 100, 50, 163, 97))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (exr(dict.fromkeys("RGB", PLANE), displayWindow=AWAY, dataWindow=AWAY),
         "is an EXR whose display window begins at 100,50, which ffmpeg does not read; render it with a display"),
        (exr({"depth.Z": PLANE, "beauty.red": PLANE, "beauty.green": PLANE, "beauty.blue": PLANE}),
         "is an EXR whose first part has no channels R, G, B or Y (but beauty.blue, beauty.green, beauty.red, d"),
        (exr(dict.fromkeys(("Y", "RY", "BY"), PLANE)), "is an EXR of luma and chroma, which ffmpeg does not read"),
    ],
)  # fmt: skip
def test_an_exr_without_a_picture_that_is_found_is_named(data: bytes, said: str, tmp_path: Path) -> None:
    assert f"shot.1001.exr {said}" in refusal(written(tmp_path, ".exr", data))
