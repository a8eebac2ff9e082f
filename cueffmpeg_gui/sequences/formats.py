# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The picture formats a sequence may have: one table from a name's ending to its reader and ffmpeg's decoder."""

import os
import struct
from dataclasses import dataclass

from cueffmpeg_gui.errors import InputRefused, LayerUnclear
from cueffmpeg_gui.media.open_file import open_regular
from cueffmpeg_gui.sequences.dpx import read_dpx
from cueffmpeg_gui.sequences.exr import read_exr
from cueffmpeg_gui.sequences.header import (
    HeaderReader,
    ImageHeader,
    LayerReader,
    LayerRefused,
    NotRead,
    NotThisFormat,
)
from cueffmpeg_gui.sequences.jpeg import read_jpeg
from cueffmpeg_gui.sequences.jpeg2000 import read_jpeg2000
from cueffmpeg_gui.sequences.png import read_png
from cueffmpeg_gui.sequences.raster import read_bmp, read_pnm, read_qoi, read_sgi, read_tga
from cueffmpeg_gui.sequences.tiff import read_tiff
from cueffmpeg_gui.sequences.webp import read_webp


@dataclass(frozen=True)
class ImageFormat:
    """A format: its displayed name, ffmpeg's decoder, and the reader of its header, or of that of one of its layers."""

    name: str
    codec: str
    read: HeaderReader
    read_layer: LayerReader | None = None


_TIFF = ImageFormat("TIFF", "tiff", read_tiff)
_JPEG = ImageFormat("JPEG", "mjpeg", read_jpeg)
_JPEG_2000 = ImageFormat("JPEG 2000", "jpeg2000", read_jpeg2000)
IMAGE_FORMATS = {
    ".dpx": ImageFormat("DPX", "dpx", read_dpx),
    ".exr": ImageFormat("EXR", "exr", read_exr, read_exr),
    ".png": ImageFormat("PNG", "png", read_png),
    ".tif": _TIFF,
    ".tiff": _TIFF,
    ".jpg": _JPEG,
    ".jpeg": _JPEG,
    ".jp2": _JPEG_2000,
    ".j2k": _JPEG_2000,
    ".tga": ImageFormat("TGA", "targa", read_tga),
    ".bmp": ImageFormat("BMP", "bmp", read_bmp),
    ".sgi": ImageFormat("SGI", "sgi", read_sgi),
    ".ppm": ImageFormat("PPM", "ppm", read_pnm),
    ".pgm": ImageFormat("PGM", "pgm", read_pnm),
    ".qoi": ImageFormat("QOI", "qoi", read_qoi),
    ".webp": ImageFormat("WebP", "webp", read_webp),
}
IMAGE_EXTENSIONS = frozenset(IMAGE_FORMATS)
# Pictures that not every ffmpeg reads, or none; as a clip each would be a film of one frame.
OTHER_PICTURES = (
    ".avif", ".cin", ".cr2", ".cri", ".dng", ".fits", ".hdr", ".heic", ".heif", ".hif", ".ico", ".jls", ".jpc", ".jxl",
    ".jxr", ".mpo", ".pam", ".pbm", ".pcx", ".pfm", ".phm", ".pic", ".pict", ".psd", ".rgb", ".rgba", ".rgbe", ".svg",
    ".xbm", ".xpm", ".xwd",
)  # fmt: skip


def extension_of(path: str) -> str:
    """The ending of a name in lower case, ".dpx"."""
    return os.path.splitext(path)[1].lower()


def known_formats() -> str:
    """The endings that are taken, for a sentence."""
    return ", ".join(IMAGE_FORMATS)


def check_is_no_picture(path: str, demuxer: str = "") -> None:
    """Raises InputRefused for a clip that is a picture, by its name's ending or by ffmpeg's demuxer of its content."""
    ending = extension_of(path)
    if ending in OTHER_PICTURES or demuxer.endswith("_pipe"):
        raise InputRefused(
            f"{path} is a picture in a format that is not taken ({ending}); convert it to one of {known_formats()}."
        )


def read_image_header(path: str, layer: str = "") -> ImageHeader:
    """The header of one picture, by the ending of its name; of the layer of that name where the format has layers.

    Raises InputRefused in one sentence: unreadable, not of that format, or of a kind that ffmpeg does not read; and
    LayerUnclear where another layer may be named.
    """
    form = IMAGE_FORMATS[extension_of(path)]
    try:
        with open_regular(path) as file:
            size = os.fstat(file.fileno()).st_size
            return form.read_layer(file, size, layer) if form.read_layer else form.read(file, size)
    except OSError as error:
        raise InputRefused(f"{path} cannot be read: {error.strerror}.") from None
    except LayerRefused as refused:
        raise LayerUnclear(f"{path} {refused}", refused.layers) from None
    except NotRead as kind:
        raise InputRefused(f"{path} {kind}") from None
    except (NotThisFormat, struct.error, LookupError, ValueError):
        raise InputRefused(f"{path} is no {form.name} picture that can be read; render or copy it again.") from None
