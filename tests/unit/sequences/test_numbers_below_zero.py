# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Frames may be numbered from below zero, as run-ups of simulations are: none of them is left out."""

from pathlib import Path

import pytest
from picture_files import named, refusal

from cueffmpeg_gui.media.frames import FrameRange, parse_range
from cueffmpeg_gui.media.seek import number_patterns
from cueffmpeg_gui.sequences.files import find_sequence


@pytest.fixture
def below(pictures: Path, tmp_path: Path) -> Path:
    names = [f"shot.{'-' if number < 0 else ''}{abs(number):04d}.png" for number in range(-4, 8)]
    named(tmp_path / "below", names, pictures / "png/shot.1001.png")
    return tmp_path / "below"


@pytest.mark.parametrize(
    "text", ["", "/shot.####.png", "/shot.%04d.png", "/shot.-0002.png", "/shot.0003.png", "/shot.-4-7#.png"]
)
def test_they_are_found_by_any_name(text: str, below: Path) -> None:
    found = find_sequence(f"{below}{text}")
    assert (found.frames, found.digits, found.prefix) == (FrameRange(-4, 7), 4, "shot.")
    assert found.file(-4) == f"{below}/shot.-0004.png"
    assert find_sequence(str(found)) == found


def test_a_part_may_be_named(below: Path) -> None:
    assert find_sequence(f"{below}/shot.-3--1#.png").frames == FrameRange(-3, -1)
    assert find_sequence(f"{below}/shot.%04d.png -2-3").frames == FrameRange(-2, 3)
    assert parse_range("-4-7") == FrameRange(-4, 7)
    assert parse_range("-4--2") == FrameRange(-4, -2)


def test_one_that_is_missing_is_named(below: Path) -> None:
    (below / "shot.-0002.png").unlink()
    assert "frame -2 is missing" in refusal(below)


def test_a_hyphen_is_no_sign(pictures: Path, tmp_path: Path) -> None:
    named(tmp_path / "a", ["shot-0001.png", "shot-0002.png"], pictures / "png/shot.1001.png")
    assert find_sequence(str(tmp_path / "a")).frames == FrameRange(1, 2)


def test_patterns_go_upwards() -> None:
    assert list(number_patterns(FrameRange(-2, 3), 4)) == ["-0002", "-0001", "000[0-3]"]
