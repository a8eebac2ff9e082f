# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Sequences of every format to try things on, and what is said of those that cannot be used."""

import os
import shutil
from pathlib import Path

import pytest

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.sequences.files import find_sequence

KINDS = {
    "dpx": (".dpx", ["-pix_fmt", "gbrp10le"]),
    "dpx_big": (".dpx", ["-pix_fmt", "gbrp10be"]),
    "exr": (".exr", []),
    "exr_half": (".exr", ["-format", "half", "-compression", "zip16"]),
    "exr_zips": (".exr", ["-compression", "zip1"]),
    "exr_rle": (".exr", ["-compression", "rle"]),
    "png": (".png", ["-pix_fmt", "rgb24"]),
    "png_deep": (".png", ["-pix_fmt", "rgba64be"]),
    "tif": (".tif", ["-pix_fmt", "rgb24"]),
    "tif_raw": (".tiff", ["-pix_fmt", "rgb48le", "-compression_algo", "raw"]),
    "jpg": (".jpg", ["-pix_fmt", "yuvj420p"]),
}
FIRST, COUNT = 1001, 6


def named(folder: Path, names: list[str], picture: Path) -> None:
    """One picture under many names."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        shutil.copy(picture, folder / name)


def refusal(text: str | Path) -> str:
    with pytest.raises(InputRefused) as refused:
        find_sequence(os.fspath(text))
    sentence = str(refused.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence
