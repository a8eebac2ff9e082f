# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The drawing of a metric."""

import math
from xml.etree import ElementTree

import pytest

from cueffmpeg_gui.media.scores import Scores
from cueffmpeg_gui.media.thresholds import Threshold
from cueffmpeg_gui.report.axis import Axis, value_limits
from cueffmpeg_gui.report.chart import plan_chart, svg_of
from cueffmpeg_gui.report.items import ReportItem

SVG = "{http://www.w3.org/2000/svg}"


def item(values: dict[int, float], label: str = "v012", last: int = 1010, **more: object) -> ReportItem:
    rows = {frame: (value,) for frame, value in values.items()}
    scores = Scores("compare", 1001, last, ("vmaf",), "vmaf_v0.6.1", rows, **more)
    return ReportItem(label, "/shows/job", scores)


WHOLE = item({frame: 90.0 + frame % 7 for frame in range(1001, 1011)})


def test_a_whole_curve_is_one_line_from_edge_to_edge() -> None:
    chart = plan_chart([WHOLE], "vmaf")

    path = chart.curves[0].path
    assert path.count("M") == 1
    assert path.startswith(f"M{chart.left} ")
    assert path.rpartition("L")[2].startswith(f"{chart.right} ")
    assert chart.curves[0].gaps == ()


def test_what_is_missing_is_hatched_and_counted() -> None:
    chart = plan_chart([item({1001: 91.0, 1002: 92.0, 1004: 90.0})], "vmaf")

    assert len(chart.curves[0].gaps) == 2
    assert "v012 partial: 3 of 10 frames" in chart.title
    assert svg_of(chart).count("url(#missing)") == 2


def test_a_frame_alone_between_gaps_is_still_seen() -> None:
    assert "h1" in plan_chart([item({1005: 91.0})], "vmaf").curves[0].path


def test_the_drawing_names_model_and_thresholds() -> None:
    chart = plan_chart([item({1001: 91.0}, thresholds=(Threshold("vmaf", "harmonic_mean", 93),))], "vmaf")

    assert chart.title.startswith("VMAF v0.6.1 (0-100)")
    assert [mark.text for mark in chart.limits] == ["harmonic mean ≥ 93"]
    assert chart.top <= chart.limits[0].place < chart.bottom


def test_an_axis_that_does_not_begin_at_0_says_so() -> None:
    assert "does not begin at 0" in svg_of(plan_chart([WHOLE], "vmaf"))
    assert "does not begin at 0" not in svg_of(plan_chart([item({1001: 0.0, 1002: 100.0})], "vmaf"))


def test_an_encode_that_lacks_the_metric_is_left_out() -> None:
    other = ReportItem("other", "x", Scores("compare", 1, 2, ("ssim",), "vmaf_v0.6.1", {1: (0.9,)}))

    assert [curve.label for curve in plan_chart([other, WHOLE], "vmaf").curves] == ["v012"]


def test_each_encode_keeps_its_colour_whoever_else_is_shown() -> None:
    other = ReportItem("other", "x", Scores("compare", 1, 2, ("ssim",), "vmaf_v0.6.1", {1: (0.9,)}))

    alone, beside = plan_chart([WHOLE], "vmaf"), plan_chart([other, WHOLE], "vmaf")
    assert alone.curves[0].colour != beside.curves[0].colour


def test_hostile_names_stay_text() -> None:
    drawing = svg_of(plan_chart([item({1001: 91.0}, label='<script>"&')], "vmaf"))

    texts = [element.text for element in ElementTree.fromstring(drawing).iter(f"{SVG}text")]
    assert '<script>"&' in texts


@pytest.mark.parametrize(
    ("low", "high", "ticks"), [(0, 100, [0, 20, 40, 60, 80, 100]), (1, 3, [1, 2, 3]), (70, 100, [70, 80, 90, 100])]
)
def test_ticks_are_round_numbers(low: float, high: float, ticks: list[float]) -> None:
    assert Axis(low, high, 0, 100).ticks(5, whole=True) == ticks


@pytest.mark.parametrize("values", [[], [5.0], [100.0, 100.0], [0.0], [float("nan"), 3.0], [-2.0, 7.5]])
def test_limits_hold_the_values_and_are_never_empty(values: list[float]) -> None:
    low, high = value_limits(values)

    assert low < high
    assert all(low <= value <= high for value in values if math.isfinite(value))
