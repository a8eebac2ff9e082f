# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Ranges of frames."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.frames import FrameRange, parse_range


@given(first=st.integers(0, 10**7), length=st.integers(0, 10**5))
def test_a_range_goes_round_through_text(first: int, length: int) -> None:
    frames = FrameRange(first, first + length)
    assert parse_range(str(frames)) == frames
    assert len(frames) == length + 1
    assert first in frames
    assert first + length + 1 not in frames


def test_one_number_is_a_range_of_one() -> None:
    assert parse_range(" 7 ") == FrameRange(7, 7)


@pytest.mark.parametrize("text", ["", "-", "1-", "-5", "5-1", "1-2-3", "1,3", "1-10x2", "a", "1.5", "٣", "1 - 5"])
def test_no_such_range(text: str) -> None:
    with pytest.raises(InputRefused, match=r"\.$"):
        parse_range(text)
