# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Lossless WebP is RGB and lossy WebP is YUV: the first picture that is of the other kind is named."""

import subprocess
from fractions import Fraction
from pathlib import Path

import pytest
from clips import picture

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.probe import probe_sequence
from cueffmpeg_gui.sequences.files import find_sequence


def test_the_first_webp_of_another_kind_is_named(ffmpeg: str, tmp_path: Path) -> None:
    for number in range(1001, 1007):
        kind = ["-pix_fmt", "yuv420p"] if number in (1003, 1005, 1006) else ["-lossless", "1", "-pix_fmt", "bgra"]
        name = str(tmp_path / f"shot.{number}.webp")
        command = [*picture(1, size="64x48"), "-c:v", "libwebp", *kind, "-f", "image2", "-update", "1", name]
        subprocess.run([ffmpeg, "-nostdin", "-v", "error", *command], check=True)
    with pytest.raises(InputRefused, match=r"shot\.1003\.webp holds YUV \(yuv420p\) where .*1001\.webp holds RGB \("):
        probe_sequence(find_sequence(f"{tmp_path}/shot.####.webp"), Fraction(24))
