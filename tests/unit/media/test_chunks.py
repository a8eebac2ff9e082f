# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The arithmetic of chunks: every frame once, in order, no chunk too short, and pooled values that do not care."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.chunks import SHORTEST, SHORTEST_CHOSEN, choose_chunks, chunk_ranges, plan_chunks
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.pooling import pool
from cueffmpeg_gui.media.scores import Scores, merge_scores

RANGES = st.builds(
    lambda first, count: FrameRange(first, first + count - 1), st.integers(0, 10**6), st.integers(1, 3000)
)
GOPS = st.integers(1, 300)
WISHES = st.integers(SHORTEST, 4000)
NUMBERS = st.floats(0, 100, allow_nan=False).map(lambda number: round(number, 6))


def covered(chunks: tuple[FrameRange, ...]) -> list[int]:
    return [frame for chunk in chunks for frame in range(chunk.first, chunk.last + 1)]


def check_plan(frames: FrameRange, length: int, gop: int) -> None:
    chunks = chunk_ranges(frames, length)
    assert covered(chunks) == list(range(frames.first, frames.last + 1))
    assert min(map(len, chunks)) >= min(SHORTEST, len(frames))
    assert all(len(chunk) % gop == 0 for chunk in chunks[:-1])
    assert [chunk.first for chunk in chunks] == list(range(frames.first, frames.last + 1, length))


@given(RANGES, st.integers(1, 4000))
def test_chunks_hold_every_frame_once_and_in_order(frames: FrameRange, length: int) -> None:
    assert covered(chunk_ranges(frames, length)) == list(range(frames.first, frames.last + 1))


@given(RANGES, GOPS, WISHES)
def test_planned_chunks_are_whole_gops_and_none_is_too_short(frames: FrameRange, gop: int, wanted: int) -> None:
    planned = plan_chunks(frames, gop, wanted)
    assert 1 <= planned.length <= len(frames)
    check_plan(frames, planned.length, gop)
    assert planned.length == len(frames) or planned.length >= wanted


@given(RANGES, GOPS, WISHES)
def test_a_wish_that_fits_is_met_exactly(frames: FrameRange, gop: int, wanted: int) -> None:
    rest = len(frames) % wanted
    fits = wanted % gop == 0 and wanted < len(frames) and not 0 < rest < SHORTEST
    assert not fits or plan_chunks(frames, gop, wanted).length == wanted


@given(RANGES, GOPS, st.integers(1, 10**8), st.floats(0, 600))
def test_chosen_chunks_keep_the_same_laws(frames: FrameRange, gop: int, pixels: int, wait: float) -> None:
    chosen = choose_chunks(frames, gop, pixels, wait)
    check_plan(frames, chosen.length, gop)
    assert chosen.length >= min(SHORTEST_CHOSEN, len(frames))
    assert chosen.reason


@given(RANGES, GOPS, st.floats(0, 600), st.tuples(st.integers(1, 10**8), st.integers(1, 10**8)))
def test_larger_pictures_never_make_fewer_chunks(
    frames: FrameRange, gop: int, wait: float, pixels: tuple[int, int]
) -> None:
    small, large = (len(chunk_ranges(frames, choose_chunks(frames, 1, p, wait).length)) for p in sorted(pixels))
    assert small <= large


@given(RANGES, GOPS, st.integers(-5, SHORTEST - 1))
def test_a_wish_below_eight_frames_is_refused(frames: FrameRange, gop: int, wanted: int) -> None:
    with pytest.raises(InputRefused, match=f"{wanted} frames are too short"):
        plan_chunks(frames, gop, wanted)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=120), st.integers(1, 130), st.randoms())
def test_pooled_values_do_not_depend_on_chunks(rows: list[tuple[float, float]], length: int, order: Random) -> None:
    whole = Scores("compare", 1001, 1000 + len(rows), ("vmaf", "psnr_y"), "m", dict(enumerate(rows, 1001)))
    parts = [
        Scores("compare", c.first, c.last, whole.metrics, "m", {f: whole.rows[f] for f in range(c.first, c.last + 1)})
        for c in chunk_ranges(FrameRange(whole.first, whole.last), length)
    ]
    order.shuffle(parts)
    merged = merge_scores(parts)
    assert merged == whole
    assert merged.is_complete
    assert [pool(merged.values(m)) for m in merged.metrics] == [pool(whole.values(m)) for m in whole.metrics]


def test_scores_by_other_models_are_not_merged() -> None:
    one = Scores("compare", 1, 1, ("vmaf",), "vmaf_v0.6.1", {1: (90.0,)})
    other = Scores("compare", 2, 2, ("vmaf",), "vmaf_v0.6.1neg", {2: (80.0,)})
    with pytest.raises(InputRefused, match=r"vmaf_v0\.6\.1neg"):
        merge_scores([one, other])
