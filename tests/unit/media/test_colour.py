# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Gaps in colour tags are filled by rule, and what is said is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueffmpeg_gui.media.colour import (
    MATRICES,
    PRIMARIES,
    RANGES,
    TRANSFERS,
    UNKNOWN,
    Colour,
    encoded_colour,
    resolve_colour,
)
from cueffmpeg_gui.media.facts import depth_of


def one_of(table: dict[int, str]) -> st.SearchStrategy[str]:
    return st.sampled_from([*table.values(), UNKNOWN])


colours = st.builds(Colour, one_of(RANGES), one_of(MATRICES), one_of(PRIMARIES), one_of(TRANSFERS))
sides = st.integers(1, 8192)


@given(tags=colours, width=sides, height=sides, is_rgb=st.booleans())
def test_nothing_is_left_to_a_players_guess(tags: Colour, width: int, height: int, is_rgb: bool) -> None:
    resolved = resolve_colour(tags, width, height, is_rgb)
    assert resolved.is_complete
    assert encoded_colour(resolved).is_complete
    assert encoded_colour(resolved).matrix != "gbr"
    assert encoded_colour(resolved).range == "tv"


@given(tags=colours, width=sides, height=sides)
def test_what_is_said_is_kept(tags: Colour, width: int, height: int) -> None:
    resolved = resolve_colour(tags, width, height, is_rgb=False)
    if tags.matrix != "gbr":
        for said, kept in zip(vars(tags).values(), vars(resolved).values(), strict=True):
            assert said in (UNKNOWN, kept)


@given(tags=colours, width=sides, height=sides, is_rgb=st.booleans())
def test_filling_is_settled_after_once(tags: Colour, width: int, height: int, is_rgb: bool) -> None:
    resolved = resolve_colour(tags, width, height, is_rgb)
    assert resolve_colour(resolved, width, height, is_rgb) == resolved


@pytest.mark.parametrize(
    ("width", "height", "matrix"),
    [(1920, 1080, "bt709"), (1280, 720, "bt709"), (1280, 534, "bt709"), (720, 576, "bt470bg"), (720, 480, "smpte170m"),
     (640, 360, "smpte170m"), (1024, 576, "bt470bg")],
)  # fmt: skip
def test_a_silent_clip_is_taken_by_its_size(width: int, height: int, matrix: str) -> None:
    assert resolve_colour(Colour(), width, height, is_rgb=False).matrix == matrix


def test_hdr_keeps_its_transfer() -> None:
    tags = Colour("tv", "bt2020nc", "bt2020", "smpte2084")
    assert encoded_colour(resolve_colour(tags, 3840, 2160, is_rgb=False)) == tags


@pytest.mark.parametrize(
    ("name", "depth"),
    [("yuv420p", 8), ("yuvj420p", 8), ("yuv420p10le", 10), ("yuv422p12be", 12), ("gbrp10le", 10), ("gbrap16le", 16)],
)
def test_a_format_says_its_depth(name: str, depth: int) -> None:
    assert depth_of(name) == depth
