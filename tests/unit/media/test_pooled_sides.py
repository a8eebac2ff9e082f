# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A metric is pooled on its bad side, and every table says which way is good."""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueffmpeg_gui.cli.scores import print_scores
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.scores import Scores, scores_document
from cueffmpeg_gui.media.statistics import STATISTICS, sense_word, shown_statistics, shown_values
from cueffmpeg_gui.media.thresholds import resolve_thresholds
from cueffmpeg_gui.report.items import ReportItem
from cueffmpeg_gui.report.page import page_of
from cueffmpeg_gui.worker.score_table import say_scores

METRICS = ("vmaf", "cambi")
numbers = st.lists(st.floats(0, 24).map(lambda number: round(number, 6)), min_size=2, max_size=60)


def scores_of(values: list[float], *thresholds: str) -> Scores:
    rows = {1 + place: (90.0, value) for place, value in enumerate(values)}
    judged = resolve_thresholds(thresholds, METRICS, "here")
    return Scores("compare", 1, len(values), METRICS, "vmaf_v0.6.1", rows, judged)


@given(values=numbers)
def test_the_high_percentiles_of_cambi_are_those_of_the_statistics_module(values: list[float]) -> None:
    cuts = statistics.quantiles(values, n=100, method="inclusive")
    pooled = scores_of(values).pooled["cambi"]
    for percent in (90, 95, 99):
        assert pooled[f"p{percent}"] == pytest.approx(cuts[percent - 1], abs=1e-6)
    assert pooled["median"] == pytest.approx(statistics.median(values), abs=1e-6)


def test_documents_keep_every_key_they_had() -> None:
    whole = scores_document(scores_of([1.0, 2.0]))
    assert whole["better"] == {"vmaf": "higher", "cambi": "lower"}
    document = whole["metrics"]
    old = {"mean", "harmonic_mean", "min", "max", "p1", "p5", "p10"}
    assert set(document["vmaf"]) == {*old, "median"}
    assert set(document["cambi"]) == {*old, "median", "p90", "p95", "p99"}


def test_thresholds_judge_the_bad_side() -> None:
    values = [1.0] * 90 + [9.0] * 10
    found = scores_of(values, "cambi.p95<=5", "cambi.median<=5").verdict
    assert found
    assert found.sentence == "cambi: p95 9.00 is above 5."
    with pytest.raises(
        InputRefused, match="vmaf has no p95; it is judged by mean, harmonic_mean, median, min, max, p1"
    ):
        scores_of(values, "p95>=90")


def test_a_table_has_the_columns_its_metrics_need() -> None:
    assert shown_statistics(["vmaf"]) == ("mean", "harmonic_mean", "median", "min", "max", "p1", "p5", "p10")
    assert shown_statistics(["cambi"]) == ("mean", "median", "min", "max", "p90", "p95", "p99")
    assert shown_statistics(METRICS) == STATISTICS
    every = dict.fromkeys(STATISTICS, 1.0)
    assert shown_values("vmaf", every, ("p5", "p95")) == [1.0, None]
    assert shown_values("cambi", every, ("p5", "p95", "harmonic_mean")) == [None, 1.0, None]


def test_which_way_is_good_is_known_only_of_known_metrics() -> None:
    assert [sense_word(m) for m in ("vmaf", "psnr_y", "cambi", "vmaf_v0.6.1neg", "motion2")] == [
        "higher", "higher", "lower", "higher", "-",
    ]  # fmt: skip


def test_log_command_line_and_page_say_it(capsys: pytest.CaptureFixture[str]) -> None:
    scores = scores_of([1.0, 2.0, 3.0])
    say_scores(scores)
    log = capsys.readouterr().out.splitlines()
    print_scores(scores, 1)
    printed = capsys.readouterr().out.splitlines()
    page = page_of([ReportItem("e", "here", scores)], "today")
    assert log[1].split() == [*STATISTICS, "better"]
    assert [line.split()[len(STATISTICS)] for line in log[2:4]] == ["higher", "lower"]
    assert printed[1].split() == ["METRIC", "BETTER", *STATISTICS]
    assert [line.split()[-1] for line in printed[2:4]] == ["-", "2.980"]
    assert "<td>higher</td>" in page
    assert "<td>lower</td>" in page
