# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What a DPX header says of the kind and the place of its pixels is heard."""

import struct
from fractions import Fraction
from pathlib import Path

import pytest
from picture_files import refusal

from cueffmpeg_gui.probe import probe_sequence
from cueffmpeg_gui.sequences.files import find_sequence


def patched(shot: Path, offset: int, layout: str, value: int) -> str:
    for path in shot.iterdir():
        with path.open("r+b") as file:
            order = ">" if file.read(4) == b"SDPX" else "<"
            file.seek(offset)
            file.write(struct.pack(order + layout, value))
    return str(shot)


def test_a_yuv_dpx_of_10_bits_is_no_damaged_one(shot: Path) -> None:
    said = "shot.1001.dpx is a 10-bit YUV DPX, which ffmpeg does not read; render it as RGB."
    assert refusal(patched(shot, 800, "B", 100)).endswith(said)


def test_run_lengths_are_named(shot: Path) -> None:
    assert "is a DPX with run-length encoding, which ffmpeg does not read;" in refusal(patched(shot, 806, "H", 1))


@pytest.mark.parametrize(
    ("lies", "turn"), [(0, (0, False)), (1, (0, True)), (2, (180, True)), (3, (180, False)), (0xFFFF, (0, False))]
)
def test_lines_may_begin_elsewhere(lies: int, turn: tuple[int, bool], shot: Path) -> None:
    video = probe_sequence(find_sequence(patched(shot, 768, "H", lies)), Fraction(24)).video
    assert (video.rotation, video.mirrored) == turn
