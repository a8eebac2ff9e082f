# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Thresholds are read, told and judged as people write them; what cannot be judged never passes."""

import math
from typing import Any, Optional

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.kinds import KINDS
from cueffmpeg_gui.media.parameters import with_defaults
from cueffmpeg_gui.media.presets import Preset, check_preset, with_settings
from cueffmpeg_gui.media.scores import Scores
from cueffmpeg_gui.media.statistics import Shortfall, shortfall
from cueffmpeg_gui.media.thresholds import STATISTICS, Threshold, parse_threshold, resolve_thresholds

METRICS = ("vmaf", "psnr_y", "cambi")


def preset(**values: Any) -> Preset:
    return Preset("p", 1, "compare", "P", "", with_defaults({"metrics": ("psnr", "cambi"), **values}, KINDS["compare"]))


def scores(numbers: list[float], *texts: str, last: Optional[int] = None) -> Scores:
    rows = {1001 + place: (number, number / 2, 1.0) for place, number in enumerate(numbers)}
    judged = resolve_thresholds(texts, METRICS, "here")
    return Scores("compare", 1001, last or 1000 + len(numbers), METRICS, "vmaf_v0.6.1", rows, judged)


@given(
    metric=st.sampled_from(["", *METRICS, "vmaf_v0.6.1neg"]),
    statistic=st.sampled_from(STATISTICS),
    limit=st.decimals(-1000, 1_000_000, places=6).map(float),
    at_most=st.booleans(),
)
def test_a_threshold_goes_round_as_text(metric: str, statistic: str, limit: float, at_most: bool) -> None:
    threshold = Threshold(metric, statistic, limit, at_most)
    assert parse_threshold(str(threshold)) == threshold


def test_a_preset_keeps_thresholds_as_they_were_meant() -> None:
    found = with_settings(preset(), {"thresholds": "mean >= 93.50, vmaf.p1>=80,cambi.mean<=5"})
    assert found.values["thresholds"] == ("mean>=93.5", "vmaf.p1>=80", "cambi.mean<=5")
    assert with_settings(found, {"thresholds": ""}).values["thresholds"] == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("ssim.mean>=0.9", "p: the threshold ssim.mean>=0.9 judges ssim, but what is measured is vmaf, psnr_y"),
        ("cambi.mean>=5", "cambi is better when it is lower, so write cambi.mean>=5 with '<='"),
        ("cambi.p5<=5", "cambi has no p5; it is judged by mean, median, min, max, p90, p95, p99"),
        ("mean<=5", "vmaf is better when it is higher"),
        ("vmaf.middle>=5", "it must be a list like mean>=93,psnr_y.p1>=30; there are mean, harmonic_mean"),
        ("mean>93", "must be a list like"),
        ("mean>=", "must be a list like"),
        ("mean>=nan", "must be a list like"),
    ],
)
def test_what_cannot_be_judged_is_refused_in_a_sentence(text: str, says: str) -> None:
    with pytest.raises(InputRefused) as refused:
        with_settings(preset(), {"thresholds": text})
    assert says in str(refused.value)


@pytest.mark.parametrize("value", [[1], [None], 5, {"a": 1}])
def test_thresholds_of_a_broken_file_are_refused(value: Any) -> None:
    with pytest.raises(InputRefused, match="thresholds is"):
        check_preset(preset(thresholds=value), "file")


def test_the_verdict_names_each_value_beside_its_threshold() -> None:
    verdict = scores([90.0, 92.0], "mean>=93", "min>=80", "psnr_y.max>=60", "cambi.mean<=0.5").verdict
    assert verdict
    assert (verdict.state, [one.outcome for one in verdict.judged]) == ("fail", ["fail", "pass", "fail", "fail"])
    assert verdict.sentence == (
        "VMAF v0.6.1 (0-100): mean 91.00 is below 93; psnr_y: max 46.00 is below 60; cambi: mean 1.00 is above 0.5."
    )
    assert verdict.judged[1].text == "min 90.00 meets 80"


def test_all_reached_passes() -> None:
    verdict = scores([93.0, 93.0], "mean>=93", "cambi.max<=1").verdict
    assert verdict
    assert (verdict.state, verdict.sentence) == ("pass", "")


def test_a_miss_by_little_is_not_told_as_a_hit() -> None:
    verdict = scores([92.9996], "mean>=93").verdict
    assert verdict
    assert verdict.sentence == "VMAF v0.6.1 (0-100): mean 92.9996 is below 93."


@pytest.mark.parametrize("numbers", [[99.0], [], [99.0, math.nan]])
def test_missing_numbers_leave_the_verdict_open(numbers: list[float]) -> None:
    verdict = scores(numbers, "mean>=93", last=1002).verdict
    assert verdict
    assert verdict.state == "open"


def test_without_thresholds_there_is_no_verdict() -> None:
    assert scores([1.0]).verdict is None


@given(values=st.lists(st.one_of(st.none(), st.just(math.nan), st.integers(0, 9).map(float))), at_most=st.booleans())
def test_what_falls_short_is_counted_and_its_longest_run_found(values: list[Optional[float]], at_most: bool) -> None:
    known = [(1001 + place, value) for place, value in enumerate(values) if value is not None]
    marks = "".join("-" if v is None or math.isnan(v) or (v <= 4 if at_most else v >= 4) else "x" for v in values)
    runs = [len(run) for run in marks.split("-")]
    found = shortfall(known, 4, at_most)
    assert (found.count, len(found.longest or ())) == (marks.count("x"), max(runs))
    if found.longest:
        begin = marks.index("x" * max(runs))
        assert found.longest == FrameRange(1001 + begin, 1000 + begin + max(runs))


def test_nothing_short_has_no_run() -> None:
    assert shortfall([(1, 5.0)], 4) == Shortfall(0, None)
