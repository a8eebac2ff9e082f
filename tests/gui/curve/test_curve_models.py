# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What is drawn and told of scores: nothing low is lost, nothing missing is hidden, numbers are the same everywhere."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.gui.curve.models.dips import APART, dips_below, next_dip, previous_dip
from cueffmpeg_gui.gui.curve.models.encode import Encode, encode_of, marks_of
from cueffmpeg_gui.gui.curve.models.frame_names import CLIP, SHOT, TIME, FrameNames
from cueffmpeg_gui.gui.curve.models.metric_scale import Scale, scale_of
from cueffmpeg_gui.gui.curve.models.pyramid import Pyramid
from cueffmpeg_gui.gui.curve.models.series import moving_average, runs, series_of
from cueffmpeg_gui.gui.curve.models.statistics import low_frames, pooled_of, verdict_on, worst_of
from cueffmpeg_gui.media.features import Features
from cueffmpeg_gui.media.frames import FrameRange, runs_of
from cueffmpeg_gui.media.metrics import metric_title
from cueffmpeg_gui.media.pooling import pool
from cueffmpeg_gui.media.scores import Scores, worst_frames
from cueffmpeg_gui.media.thresholds import Threshold

FIRST = 1001
scores_or_gaps = st.lists(st.one_of(st.none(), st.floats(0, 100)), min_size=1, max_size=300)


def table(values: list[float | None], metric: str = "vmaf", first: int = FIRST) -> Scores:
    """Scores of these values; None has no row."""
    rows = {first + place: (value,) for place, value in enumerate(values) if value is not None}
    return Scores("compare", first, first + len(values) - 1, (metric,), "vmaf_v0.6.1", rows)


def encode(values: list[float | None], metric: str = "vmaf") -> Encode:
    return encode_of("a", "a", table(values, metric))


@given(scores_or_gaps)
def test_an_array_holds_every_row_at_its_frame_and_nothing_else(values: list[float | None]) -> None:
    made = encode(values)
    assert [None if math.isnan(value) else value for value in made.columns["vmaf"].tolist()] == values
    assert made.known == sum(value is not None for value in values)


def test_rows_outside_of_the_range_are_left_out() -> None:
    scores = Scores("compare", 5, 6, ("vmaf",), "vmaf_v0.6.1", {4: (1.0,), 5: (2.0,), 7: (3.0,)})
    np.testing.assert_array_equal(encode_of("a", "a", scores).columns["vmaf"], [2.0, math.nan])


@given(scores_or_gaps, st.integers(1, 40), st.data())
def test_a_line_of_few_points_keeps_every_extreme_in_view(
    values: list[float | None], pixels: int, data: st.DataObject
) -> None:
    numbers = np.array([math.nan if value is None else value for value in values])
    left = data.draw(st.integers(0, len(values) - 1))
    right = data.draw(st.integers(left, len(values) - 1))
    x, y = Pyramid(FIRST, numbers).points(FIRST + left, FIRST + right, pixels)
    seen = numbers[left : right + 1]
    assert set(y[np.isfinite(y)].tolist()) <= set(numbers[np.isfinite(numbers)].tolist())
    if np.isfinite(seen).any():
        assert np.nanmin(y) <= np.nanmin(seen)
        assert np.nanmax(y) >= np.nanmax(seen)
    assert (np.diff(x) >= 0).all()


def test_a_long_line_has_a_few_points_a_pixel() -> None:
    pyramid = Pyramid(1, np.random.default_rng(1).random(200_000))
    assert len(pyramid.points(1, 200_000, 1000)[0]) <= 8 * 1000
    assert len(pyramid.points(90_000, 90_400, 1000)[0]) <= 410


def test_a_bin_beside_missing_frames_is_drawn() -> None:
    values = np.full(10_000, math.nan)
    values[5000] = 12.0
    _, y = Pyramid(1, values).points(1, 10_000, 50)
    assert np.nanmin(y) == 12.0


@given(scores_or_gaps)
def test_missing_runs_and_lone_frames_are_what_rows_say(values: list[float | None]) -> None:
    series = series_of(encode(values), "vmaf", 1, None)
    missing = {frame for first, last in series.missing.tolist() for frame in range(first, last + 1)}
    assert missing == {FIRST + place for place, value in enumerate(values) if value is None}
    there = [None, *values, None]
    lone = [
        FIRST + at - 1
        for at in range(1, len(there) - 1)
        if [v is not None for v in there[at - 1 : at + 2]] == [0, 1, 0]
    ]
    assert series.lone.tolist() == lone


@given(st.lists(st.booleans()))
def test_runs_of_an_array_are_those_of_its_numbers(mask: list[bool]) -> None:
    found = [FrameRange(first, last) for first, last in runs(np.array(mask, dtype=bool)).tolist()]
    assert found == runs_of(place for place, is_in in enumerate(mask) if is_in)


@given(scores_or_gaps, st.integers(1, 12))
def test_a_moving_average_is_the_mean_of_what_is_there(values: list[float | None], window: int) -> None:
    numbers = np.array([math.nan if value is None else value for value in values])
    averages = moving_average(numbers, window)
    for place in range(len(numbers)):
        around = numbers[max(0, place - (window - 1) // 2) : place + window // 2 + 1]
        if math.isnan(numbers[place]):
            assert math.isnan(averages[place])
        else:
            assert averages[place] == pytest.approx(np.nanmean(around), abs=1e-6)


@given(scores_or_gaps)
def test_pooled_values_are_those_of_the_command_line(values: list[float | None]) -> None:
    scores = table(values)
    assert pooled_of(encode(values).columns["vmaf"]) == pool(scores.values("vmaf"))


@given(scores_or_gaps, st.integers(1, 8), st.sampled_from(["vmaf", "cambi"]))
def test_the_worst_frames_are_those_of_the_command_line(values: list[float | None], count: int, metric: str) -> None:
    scores = table(values, metric)
    series = series_of(encode(values, metric), metric, 1, None)
    assert list(worst_of(series, count)) == worst_frames(scores, metric, count)


def test_low_frames_are_counted_and_their_longest_run_is_named() -> None:
    series = series_of(encode([90, 70, 71, 90, 70, 70, 70, None, 60]), "vmaf", 1, None)
    low = low_frames(series, 80)
    assert (low.count, low.longest) == (6, (FIRST + 4, FIRST + 6))
    assert low_frames(series, 10).longest is None
    banding = series_of(encode([1, 6, 7, 1], "cambi"), "cambi", 1, None)
    assert low_frames(banding, 5).longest == (FIRST + 1, FIRST + 2)


@given(scores_or_gaps, st.floats(0, 100))
def test_each_dip_is_the_lowest_of_its_stretch(values: list[float | None], limit: float) -> None:
    numbers = np.array([math.nan if value is None else value for value in values])
    dips = dips_below(numbers, limit).tolist()
    low = np.flatnonzero(numbers < limit).tolist()
    assert set(dips) <= set(low)
    assert bool(dips) == bool(low)
    assert all(min(numbers[near] for near in low if abs(near - dip) <= 1) == numbers[dip] for dip in dips)
    assert all(min(abs(dip - frame) for dip in dips) < len(numbers) for frame in low)


def test_dips_near_each_other_are_one_and_keys_go_over_all_curves() -> None:
    numbers = np.full(100, 95.0)
    numbers[[10, 10 + APART, 60]] = 50, 40, 30
    assert dips_below(numbers, 80).tolist() == [10 + APART, 60]
    one, other = np.array([20, 60]), np.array([30])
    assert (next_dip([one, other], 20), next_dip([one, other], 60)) == (30, None)
    assert (previous_dip([one, other], 60), previous_dip([one, other], 20)) == (30, None)


def test_a_curve_that_is_never_low_still_has_dips() -> None:
    values = [99.0] * 200
    values[70] = 97.0
    assert (FIRST + 70) in series_of(encode(values), "vmaf", 1, 80.0).dips.tolist()


def test_thresholds_are_open_while_a_row_is_missing() -> None:
    thresholds = (Threshold("vmaf", "mean", 90.0),)
    partial, whole = (
        encode_of("a", "a", Scores("c", 1, 2, ("vmaf",), "vmaf_v0.6.1", rows, thresholds))
        for rows in ({1: (95.0,)}, {1: (95.0,), 2: (70.0,)})
    )
    assert verdict_on(partial, {}).state == "open"
    assert verdict_on(whole, {}).state == "fail"


def test_scales_are_those_that_metrics_state() -> None:
    assert scale_of("vmaf", metric_title("vmaf", "vmaf_v0.6.1")) == Scale(0, 100)
    assert scale_of("cambi", metric_title("cambi", "")) == Scale(0, 24)
    assert scale_of("float_ssim", metric_title("float_ssim", "")) == Scale(0, 1)
    assert metric_title("psnr_y", "vmaf_v0.6.1") == "PSNR (dB) psnr_y"


@pytest.mark.parametrize("text", ["1001", "00:00:41:17", " 1001 "])
def test_a_frame_and_its_timecode_are_the_same_place(text: str) -> None:
    assert FrameNames(1001, 2000, Fraction(24), "00:00:41:17").find(text) == 1001


def test_a_clip_frame_is_counted_from_0() -> None:
    names = FrameNames(1001, 1240, Fraction(24), "01:00:00:00")
    assert names.find("0", CLIP) == 1001
    assert names.find("01:00:01:00") == 1025
    assert [names.name(1025, unit) for unit in (SHOT, CLIP, TIME)] == ["1025", "24", "01:00:01:00"]


@given(st.integers(0, 239), st.sampled_from([SHOT, CLIP, TIME]), st.sampled_from(["01:00:00:00", "01:00:00;00", None]))
def test_every_name_of_a_frame_finds_it(place: int, unit: str, timecode: str | None) -> None:
    names = FrameNames(1001, 1240, Fraction(30000, 1001), timecode)
    assert names.find(names.name(1001 + place, unit), unit) == 1001 + place


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2000", "2000 is outside of 1001 to 1240."),
        ("abc", "'abc' is neither a frame number nor a timecode; write 1001 or 00:00:41:17."),
        ("00:00:41:24", "Timecode 00:00:41:24 counts past 24 frames a second."),
        ("10:00:00:00", "10:00:00:00 is outside of 00:00:41:17 to 00:00:51:16."),
    ],
)
def test_what_is_no_frame_is_told_in_one_sentence(text: str, said: str) -> None:
    with pytest.raises(InputRefused) as refused:
        FrameNames(1001, 1240, Fraction(24), "00:00:41:17").find(text)
    assert str(refused.value) == said


def test_without_a_rate_a_timecode_names_no_frame() -> None:
    names = FrameNames(1001, 1240)
    assert TIME not in names.units
    with pytest.raises(InputRefused, match="frame rate is not known"):
        names.find("00:00:41:17")


def test_marks_are_where_motion_is_far_above_its_surroundings() -> None:
    motion = [3.0 + place % 2 for place in range(40)]
    motion[17] = 60.0
    features = Features(("motion",), {FIRST + place: (value,) for place, value in enumerate(motion)})
    assert marks_of(features) == (FIRST + 17,)
    assert marks_of(Features(("motion2",), {FIRST: (1.0,)})) == ()
    assert marks_of(None) == ()


def test_of_every_nth_frame_the_line_goes_on_and_nothing_is_missing() -> None:
    rows = {1: (90.0,), 4: (60.0,), 7: (30.0,)}
    one = encode_of("a", "a", Scores("compare", 1, 8, ("vmaf",), "vmaf_v0.6.1", rows, every=3))
    series = series_of(one, "vmaf", 1, None)
    assert series is not None
    assert (one.is_complete, one.whole_text, len(series.missing), len(series.lone)) == (True, "every 3rd frame", 0, 0)
    assert series.line.values.tolist() == pytest.approx([90, 80, 70, 60, 50, 40, 30, 30])
    assert low_frames(series, 65).count == 2, "frames that were not scored are not low"
    assert worst_of(series) == (7,)


def test_identical_pictures_are_at_the_top_and_not_missing() -> None:
    rows = {1: (math.inf,), 2: (40.0,), 3: (30.0,)}
    one = encode_of("a", "a", Scores("compare", 1, 3, ("xpsnr_y",), "vmaf_v0.6.1", rows))
    series = series_of(one, "xpsnr_y", 1, None)
    assert series is not None
    assert (series.line.values.tolist(), len(series.missing)) == ([100, 40, 30], 0)
    assert pooled_of(one.columns["xpsnr_y"], "xpsnr_y")["max"] == math.inf


def test_an_encode_is_complete_without_numbers_that_are_no_frames() -> None:
    rows = dict.fromkeys((1001, 1002, 1005), (90.0,))
    scores = Scores("compare", 1001, 1005, ("vmaf",), "vmaf_v0.6.1", rows, absent=(FrameRange(1003, 1004),))
    encode = encode_of("a", "a", scores)
    assert (encode.is_complete, encode.expected, encode.partial_text) == (True, 3, "")
