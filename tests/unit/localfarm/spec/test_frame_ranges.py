# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Frame ranges and chunks as Cuebot reads them."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueffmpeg_gui.localfarm.spec.frame_ranges import chunk_at, chunk_frames, compact, parse_range


@pytest.mark.parametrize(
    ("text", "frames"),
    [
        ("7", [7]),
        ("-3", [-3]),
        ("1-4", [1, 2, 3, 4]),
        ("4-1", [4, 3, 2, 1]),
        ("-2--1", [-2, -1]),
        ("1-10x3", [1, 4, 7, 10]),
        ("10-1x-3", [10, 7, 4, 1]),
        ("1-10y3", [2, 3, 5, 6, 8, 9]),
        ("1-10:5", [1, 6, 3, 5, 7, 9, 2, 4, 8, 10]),
        ("1-3,2-5", [1, 2, 3, 2, 3, 4, 5]),
        ("1-2,", [1, 2]),
        ("9-1x1", []),
    ],
)
def test_ranges(text: str, frames: list[int]) -> None:
    assert parse_range(text) == frames


@pytest.mark.parametrize("text", ["", "x", "1-2, 4", "1-10x0", "10-1x2", "1-10x-1", "1--", "1.5", "99999999999"])
def test_ranges_that_are_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"range|step"):
        parse_range(text)


@given(st.integers(-500, 500), st.integers(0, 300), st.integers(1, 50))
def test_chunks_cover_a_range_exactly_once(first: int, length: int, chunk: int) -> None:
    text = f"{first}-{first + length}"
    chunks = [chunk_at(text, chunk, start) for start in chunk_frames(text, chunk)]
    assert list(itertools.chain.from_iterable(chunks)) == parse_range(text)


@given(st.lists(st.integers(-99, 999), min_size=1, max_size=40, unique=True))
def test_a_compact_range_reads_back(frames: list[int]) -> None:
    assert parse_range(compact(frames)) == frames


def test_a_chunk_larger_than_the_range_is_one_frame() -> None:
    assert chunk_frames("1-10", 50) == (1,)
    assert chunk_frames("1001-1100", 24) == (1001, 1025, 1049, 1073, 1097)
    with pytest.raises(ValueError, match="chunk"):
        chunk_frames("1-10", 0)
