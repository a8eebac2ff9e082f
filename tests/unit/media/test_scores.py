# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Pooling, worst frames, merging and the scores document."""

import json
import math
import statistics
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.pooling import percentile, pool
from cueffmpeg_gui.media.scores import (
    Scores,
    merge_scores,
    read_scores,
    scores_bytes,
    scores_document,
    worst_frames,
)

numbers = st.floats(0, 100).map(lambda number: round(number, 6))
many = st.lists(numbers, min_size=1, max_size=60)


def scores_of(values: list[float], first: int = 1) -> Scores:
    rows = {first + n: (value,) for n, value in enumerate(values)}
    return Scores("compare", first, first + len(values) - 1, ("vmaf",), "vmaf_v0.6.1", rows)


@given(values=many)
def test_pooled_values_are_those_of_the_textbook(values: list[float]) -> None:
    pooled = pool(values)
    assert pooled["mean"] == pytest.approx(statistics.fmean(values), abs=1e-6)
    assert pooled["harmonic_mean"] == pytest.approx(statistics.harmonic_mean([v + 1 for v in values]) - 1, abs=1e-6)
    assert (pooled["min"], pooled["max"]) == (min(values), max(values))


@given(values=st.lists(numbers, min_size=2, max_size=60))
def test_percentiles_are_those_of_the_statistics_module(values: list[float]) -> None:
    cuts = statistics.quantiles(values, n=100, method="inclusive")
    pooled = pool(values)
    for percent in (1, 5, 10):
        assert pooled[f"p{percent}"] == pytest.approx(cuts[percent - 1], abs=1e-6)


@given(values=many, low=st.floats(0, 100), high=st.floats(0, 100))
def test_percentiles_rise_and_stay_inside(values: list[float], low: float, high: float) -> None:
    ordered = sorted(values)
    low, high = min(low, high), max(low, high)
    assert ordered[0] - 1e-9 <= percentile(ordered, low) <= percentile(ordered, high) + 1e-9 <= ordered[-1] + 2e-9
    assert percentile(ordered, 0) == ordered[0]
    assert percentile(ordered, 100) == ordered[-1]


@given(values=many, seed=st.randoms())
def test_order_does_not_matter(values: list[float], seed) -> None:
    mixed = list(values)
    seed.shuffle(mixed)
    assert pool(mixed) == pool(values)


@given(values=many, at=st.integers(0, 60))
def test_pooling_merged_chunks_is_pooling_the_whole(values: list[float], at: int) -> None:
    whole = scores_of(values)
    cut = 1 + at % len(values)
    parts = [
        Scores("compare", a, b, whole.metrics, whole.vmaf_model, {n: whole.rows[n] for n in range(a, b + 1)})
        for a, b in ((1, cut), (cut + 1, len(values)))
        if a <= b
    ]
    assert merge_scores(parts) == whole
    assert merge_scores(parts[::-1]).rows == whole.rows


def test_nothing_pools_to_nothing_and_no_number_is_left_out() -> None:
    assert pool([]) == {}
    assert pool([math.nan, math.inf]) == {}
    assert pool([math.nan, 50.0])["mean"] == 50


def test_negative_numbers_have_no_harmonic_mean() -> None:
    assert "harmonic_mean" not in pool([-1.0, 5.0])
    assert "harmonic_mean" in pool([-0.5, 5.0])


def test_scores_by_two_models_are_not_joined() -> None:
    other = Scores("compare", 1, 1, ("vmaf",), "vmaf_4k_v0.6.1", {1: (50.0,)})
    with pytest.raises(InputRefused, match="cannot be joined"):
        merge_scores([scores_of([50.0]), other])


@given(values=many, count=st.integers(0, 8), apart=st.integers(0, 20))
def test_worst_frames_are_low_first_and_spread(values: list[float], count: int, apart: int) -> None:
    scores = scores_of(values)
    worst = worst_frames(scores, "vmaf", count, apart)
    assert len(worst) <= count
    assert [scores.rows[n][0] for n in worst] == sorted(scores.rows[n][0] for n in worst)
    assert all(abs(a - b) > apart for a in worst for b in worst if a != b)
    if count:
        assert scores.rows[worst[0]][0] == min(values)


@given(values=many, first=st.integers(0, 10**6))
def test_documents_go_round(values: list[float], first: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = str(tmp_path_factory.mktemp("s") / "scores.json")
    scores = scores_of(values, first)
    Path(path).write_bytes(scores_bytes(scores))
    assert read_scores(path) == scores


def test_a_document_says_whether_it_is_complete() -> None:
    scores = Scores("compare", 1, 3, ("vmaf", "psnr_y"), "vmaf_v0.6.1", {1: (90.0, 40.0), 3: (80.0, 30.0)})
    found = scores_document(scores)
    assert (found["complete"], found["expected"], found["rows"]) == (False, 3, 2)
    assert found["frames"] == [
        {"frame": 1, "vmaf": 90.0, "psnr_y": 40.0},
        {"frame": 3, "vmaf": 80.0, "psnr_y": 30.0},
    ]
    assert found["metrics"]["vmaf"]["mean"] == 85


def test_a_document_is_json_even_where_a_number_is_missing(tmp_path: Path) -> None:
    scores = Scores("other", 0, 1, ("vmaf",), "unknown model", {0: (math.nan,), 1: (50.0,)})
    path = tmp_path / "scores.json"
    path.write_bytes(scores_bytes(scores))

    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is not JSON")

    json.loads(path.read_text(), parse_constant=refuse)
    back = read_scores(str(path))
    assert math.isnan(back.rows[0][0])
    assert back.rows[1] == (50.0,)


@pytest.mark.parametrize(
    "content",
    ['{"schema": "cueffmpeg.scores/1"}', '{"schema": "cueffmpeg.scores/1", "metrics": ["vmaf"], "frames": [{}]}',
     '{"schema": "cueffmpeg.scores/1", "metrics": ["vmaf"], "frames": 7}',
     '{"schema": "cueffmpeg.scores/1", "metrics": ["vmaf"], "frames": [7]}', "{", ""],
)  # fmt: skip
def test_what_is_no_scores_document_is_refused_with_its_name(content: str, tmp_path: Path) -> None:
    path = tmp_path / "scores.json"
    path.write_text(content)
    with pytest.raises(InputRefused) as refusal:
        read_scores(str(path))
    assert str(path) in str(refusal.value)
