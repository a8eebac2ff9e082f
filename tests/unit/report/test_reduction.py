# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Fewer points, the same look."""

import math

from hypothesis import given
from hypothesis import strategies as st

from cueffmpeg_gui.media.frames import FrameRange, gaps_between
from cueffmpeg_gui.report.reduction import known_spans, reduced

WHOLE = FrameRange(1001, 1060)
TABLES = st.dictionaries(
    st.integers(WHOLE.first, WHOLE.last), st.one_of(st.floats(0, 100, allow_nan=False), st.just(math.nan))
)


def test_a_frame_without_a_number_ends_a_run() -> None:
    values = {1: 9.0, 2: 8.0, 4: 7.0, 5: math.nan, 6: 6.0}

    assert known_spans(values) == [FrameRange(1, 2), FrameRange(4, 4), FrameRange(6, 6)]
    assert gaps_between(known_spans(values), FrameRange(1, 8)) == [
        FrameRange(3, 3),
        FrameRange(5, 5),
        FrameRange(7, 8),
    ]


@given(TABLES)
def test_known_and_missing_runs_hold_every_frame_once(values: dict[int, float]) -> None:
    known = known_spans(values)
    missing = gaps_between(known, WHOLE)

    frames = sorted(frame for span in (*known, *missing) for frame in range(span.first, span.last + 1))
    assert frames == list(range(WHOLE.first, WHOLE.last + 1))


@given(TABLES, st.integers(1, 25))
def test_no_dip_is_lost_and_a_column_has_at_most_two_points(values: dict[int, float], width: int) -> None:
    for span in known_spans(values):
        points = list(reduced(values, span, width))
        numbers = [values[frame] for frame in range(span.first, span.last + 1)]

        assert [frame for frame, _ in points] == sorted({frame for frame, _ in points})
        assert (min(value for _, value in points), max(value for _, value in points)) == (min(numbers), max(numbers))
        assert len(points) <= 2 * math.ceil(len(span) / width)
