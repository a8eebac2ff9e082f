# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Image sequences: every format that is taken, in its packings, depths, orders and compressions."""

from functools import partial

from source import Source
from still_bytes import (
    FILLED_B,
    PACKED,
    bmp,
    dpx,
    exr_of,
    png_of,
    ppm,
    qoi,
    sgi,
    text_ppm,
    tga,
    tiff_of,
    turned_png,
)
from still_files import exif

FULL_601 = {"matrix": "smpte170m", "full": True, "chain": "setparams=range=pc"}
JPEG = "-c:v mjpeg -q:v 1 -qmin 1"
WEBP = "-c:v libwebp -lossless 0 -q:v 100 -pix_fmt bgra"
HD = (1280, 720)


def stills(
    name: str, ending: str, codec: str, pix_fmt: str = "rgb24", how: dict[str, object] | None = None, **more: object
) -> Source:
    making = {key: more.pop(key) for key in ("first", "numbers", "name") if key in more}
    if "size" in more:
        making["size"] = more["size"]
    if "numbers" in making:
        more.setdefault("shown", tuple(making["numbers"]))  # type: ignore[arg-type]  # a list of numbers
    every = {**making, **(how or {})}
    if "file" in more:
        every["name"] = more.pop("file")
    return Source(name, lambda maker: maker.stills(ending, codec, pix_fmt, **every), **more)  # type: ignore[arg-type]  # words of a table


def written(name: str, ending: str, picture: object, *arguments: object, **more: object) -> Source:
    words = {key: more.pop(key) for key in ("fields",) if key in more}
    each = partial(_call, picture, arguments, words.get("fields", {}))
    return Source(name, lambda maker: maker.written(ending, each), **more)  # type: ignore[arg-type]  # words of a table


def _call(picture: object, arguments: tuple[object, ...], words: dict[str, object], number: int) -> bytes:
    return picture(number, *arguments, **words)  # type: ignore[operator,no-any-return]  # a writer of the table


GRAY = {"is_gray": True, "how": {"full": True, "chain": "setparams=range=pc"}}
STILLS = [
    written("dpx 10 bits A big", ".dpx", dpx, is_quick=True),
    written("dpx 10 bits A little", ".dpx", dpx, 10, 1, "<"),
    written("dpx 10 bits B big", ".dpx", dpx, 10, FILLED_B),
    written("dpx 10 bits packed", ".dpx", dpx, 10, PACKED, refused="10-bit DPX packed without fill"),
    written("dpx 12 bits filled big", ".dpx", dpx, 12, 1),
    written("dpx 12 bits filled little", ".dpx", dpx, 12, 1, "<"),
    written("dpx 12 bits B big", ".dpx", dpx, 12, FILLED_B),
    written("dpx 12 bits packed", ".dpx", dpx, 12, PACKED),
    written("dpx 8 bits", ".dpx", dpx, 8, PACKED),
    written("dpx 16 bits big", ".dpx", dpx, 16, PACKED),
    written("dpx 16 bits little", ".dpx", dpx, 16, PACKED, "<"),
    written("dpx from below", ".dpx", dpx, fields={"lies": (768, "H", 2)}, turn=lambda p: p[::-1]),
    written("dpx run lengths", ".dpx", dpx, fields={"encoding": (806, "H", 1)}, refused="run-length encoding"),
    written("dpx yuv 10 bits", ".dpx", dpx, fields={"kind": (800, "B", 100)}, refused="10-bit YUV DPX"),
    written("dpx timecode", ".dpx", dpx, 10, 1, fields={"code": (1920, "I", 0x01020304)}, timecode=""),
    stills("dpx gray 8", ".dpx", "-c:v dpx", "gray", **GRAY),
    stills("dpx rgba", ".dpx", "-c:v dpx -pix_fmt rgba", "rgba", note="The alpha channel is left out"),
    stills("dpx 16 bits", ".dpx", "-c:v dpx -pix_fmt rgb48be", "rgb48be"),
    stills("exr raw float", ".exr", "-c:v exr -compression none", "gbrpf32le", is_quick=True),
    stills("exr rle float", ".exr", "-c:v exr -compression rle", "gbrpf32le"),
    stills("exr zips half", ".exr", "-c:v exr -compression zip1 -format half", "gbrpf32le"),
    stills("exr zip half", ".exr", "-c:v exr -compression zip16 -format half", "gbrpf32le"),
    written("exr half", ".exr", exr_of),
    written("exr float alpha", ".exr", exr_of, False, "RGBA", note="The alpha channel is left out"),
    written("exr without blue", ".exr", exr_of, True, "RG", refused="has no channels R, G, B or Y"),
    stills("png", ".png", "-c:v png", is_quick=True),
    stills("png 16 bits", ".png", "-c:v png -pix_fmt rgb48be", "rgb48be"),
    stills("png alpha", ".png", "-c:v png -pix_fmt rgba", "rgba", note="The alpha channel is left out"),
    stills("png gray", ".png", "-c:v png", "gray", **GRAY),
    stills("png gray 16 bits", ".png", "-c:v png -pix_fmt gray16be", "gray16le", **GRAY),
    written("png turned", ".png", turned_png, turn=lambda p: p),
    written("png exif upright", ".png", png_of, exif(1)),
    *(written(f"tiff {kind}", ".tif", tiff_of, kind) for kind in ("8", "16", "big 16", "zip 8", "planar 8")),
    stills("tiff lzw", ".tif", "-c:v tiff -compression_algo lzw"),
    stills("tiff packbits", ".tiff", "-c:v tiff -compression_algo packbits"),
    stills("tiff deflate 16", ".tif", "-c:v tiff -compression_algo deflate -pix_fmt rgb48le", "rgb48le"),
    stills("tiff gray 16", ".tif", "-c:v tiff -pix_fmt gray16le", "gray16le", **GRAY),
    stills("tiff rgba", ".tif", "-c:v tiff -pix_fmt rgba", "rgba", note="The alpha channel is left out"),
    written("tiff tiles", ".tif", tiff_of, "tiles 8", refused="is a tiled TIFF"),
    written("bmp", ".bmp", bmp),
    written("bmp from above", ".bmp", bmp, False),
    written("tga", ".tga", tga, False),
    written("tga from above", ".tga", tga, True),
    stills("tga run lengths", ".tga", "-c:v targa -rle 1 -pix_fmt bgr24"),
    stills("tga alpha", ".tga", "-c:v targa -pix_fmt bgra", "rgba", note="The alpha channel is left out"),
    written("sgi", ".sgi", sgi),
    stills("sgi 16 bits", ".sgi", "-c:v sgi -rle 0 -pix_fmt rgb48be", "rgb48be"),
    written("ppm", ".ppm", ppm, 255),
    written("ppm 16 bits", ".ppm", ppm, 65535),
    written("ppm in words", ".ppm", text_ppm),
    stills("pgm", ".pgm", "-c:v pgm", "gray", **GRAY),
    written("qoi", ".qoi", qoi),
    stills("jp2", ".jp2", "-c:v jpeg2000 -pred 1 -format jp2"),
    stills("j2k", ".j2k", "-c:v jpeg2000 -pred 1 -format j2k"),
    stills("jp2 16 bits", ".jp2", "-c:v libopenjpeg -pix_fmt rgb48le", "rgb48le", near=2.0),
    stills("webp lossless", ".webp", "-c:v libwebp -lossless 1 -pix_fmt bgra"),
    stills("webp lossy", ".webp", WEBP, near=4.0),
    stills("webp lossy hd", ".webp", WEBP, size=HD, numbers=[3, 4], near=4.0),
    stills("jpeg 420", ".jpg", JPEG, "yuv420p", {**FULL_601, "site": "center"}, near=3.0, is_quick=True),
    stills("jpeg 422", ".jpg", JPEG, "yuv422p", {**FULL_601, "site": "center"}, near=3.0),
    stills("jpeg 444", ".jpeg", JPEG, "yuv444p", FULL_601, near=3.0),
    stills("jpeg 420 hd", ".jpg", JPEG, "yuv420p", {**FULL_601, "site": "center"}, size=HD, numbers=[3, 4], near=3.0),
    stills("jpeg gray", ".jpg", JPEG, "gray", **GRAY, near=3.0),
    stills("one still", ".png", "-c:v png", numbers=[5]),
    stills("numbers from zero", ".png", "-c:v png", first=0),
    stills("odd still", ".png", "-c:v png", size=(65, 49), turn=lambda p: p[:, :64]),
    stills("version and frame", ".png", "-c:v png", file="sh_v003.%04d"),
]  # fmt: skip
