# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Numbers with gaps as text, and a sequence that knows its gaps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.frame_numbers import common_step, numbers_text, read_numbers
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.scores import Scores, scores_document, scores_of
from cueffmpeg_gui.media.seek import shown_patterns
from cueffmpeg_gui.media.sequences import Sequence


@given(st.sets(st.integers(0, 400), min_size=1))
def test_numbers_are_read_back(numbers: set[int]) -> None:
    there = sorted(numbers)
    assert list(read_numbers(numbers_text(there))) == there


def test_the_text_is_short() -> None:
    assert numbers_text([1001, 1002, 1003, 1007]) == "1001-1003,1007"
    assert numbers_text(range(1, 2000, 2)) == "1-1999x2"
    assert numbers_text([1, 3, 10, 12, 14, 15]) == "1,3,10-14x2,15"
    assert [common_step(found) for found in ([1], [1, 2], [1, 4, 7], [1, 2, 4])] == [1, 1, 3, 0]


@pytest.mark.parametrize("text", ["", "a", "1-", "5-1", "3,2", "1-9,9", "1-9x0", "1-2147483647", "1" * 5000])
def test_what_is_no_list_of_numbers_is_refused(text: str) -> None:
    with pytest.raises(InputRefused):
        read_numbers(text)


def test_frames_of_a_film_of_those_that_are_there_count_from_one() -> None:
    steps = Sequence("/x", "s.", 4, ".dpx", 1001, 1009, there="1001-1009x2", gaps="only")
    assert steps.frames == FrameRange(1, 5)
    assert steps.frames_of(FrameRange(1002, 1006)) == FrameRange(2, 3)
    assert [steps.number_of(frame) for frame in range(1, 6)] == [1001, 1003, 1005, 1007, 1009]
    with pytest.raises(InputRefused, match="has no frame 1002"):
        steps.frames_of(FrameRange(1002, 1002))
    held = Sequence("/x", "s.", 4, ".dpx", 1000, 1009, there="1002,1004-1006", gaps="black")
    assert [held.shown(frame) for frame in range(1000, 1010)] == [1002] * 4 + [1004, 1005] + [1006] * 4
    assert [frame for frame in range(1000, 1010) if held.is_black(frame)] == [1000, 1001, 1003, 1007, 1008, 1009]
    assert ",".join(shown_patterns(held, FrameRange(1001, 1008))) == "1002{,,},100[4-5],1006{,,}"


def test_a_table_is_complete_without_numbers_that_are_no_frames() -> None:
    absent = (FrameRange(1003, 1004), FrameRange(1008, 1008))
    rows = dict.fromkeys((1001, 1002, 1005, 1006, 1007, 1009), (90.0,))
    scores = Scores("compare", 1001, 1009, ("vmaf",), "vmaf_v0.6.1", rows, absent=absent)
    assert scores.is_complete
    assert list(scores.wanted) == list(rows)
    assert scores_of(scores_document(scores), "it") == scores
    assert list(Scores("compare", 1001, 1009, ("vmaf",), "m", every=2, absent=absent).wanted) == [1001, 1005, 1007]
    with pytest.raises(InputRefused, match="not in order"):
        Scores("compare", 1001, 1009, ("vmaf",), "m", absent=absent[::-1])
