# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Chunks are scored as the whole is, as text, in every container, at every rate, by every model."""

from typing import Any

import pytest
from clips import lively
from seek_pairs import FRAMES, KINDS, LARGE, QUICK_LENGTHS, QUICK_MODELS, SLOW, SMALL, Pairs

from cueffmpeg_gui.api.submit.libvmaf_check import check_libvmaf
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.metrics import METRICS, MODELS
from cueffmpeg_gui.media.pooling import pool
from cueffmpeg_gui.media.scores import Scores
from cueffmpeg_gui.media.seek import can_seek


def check_scores(pairs: Pairs, scores: Scores, direct: Any, first: int = 1) -> None:
    """Every column of every row as text, and every pooled value to the last printed digit."""
    rows = {first + int(frame["frameNum"]): frame["metrics"] for frame in direct["frames"]}
    wanted = {frame: tuple(f"{row[name]:.6f}" for name in scores.metrics) for frame, row in rows.items()}
    got = {frame: tuple(f"{value:.6f}" for value in row) for frame, row in scores.rows.items()}
    assert got == wanted
    assert scores.is_complete
    for name in scores.metrics:
        pooled = pool(scores.values(name))
        for how, value in direct["pooled_metrics"][name].items():
            assert pooled[how] == pytest.approx(value, abs=1.001e-6), (name, how)


def usable(model: str, size: str, ffmpeg: str) -> bool:
    try:
        check_libvmaf(ffmpeg, [model], [], size)
    except InputRefused:
        return False
    return True


@pytest.mark.parametrize("length", QUICK_LENGTHS)
@pytest.mark.parametrize("model", QUICK_MODELS)
def test_rows_of_chunks_are_those_of_one_run(model: str, length: int, pairs: Pairs) -> None:
    pair = pairs("mp4", size=LARGE)
    metrics = ("psnr", "ssim", "cambi")
    spec = pairs.spec(pair, length, [model], metrics)
    assert len(spec.chunks) > 1
    check_scores(pairs, pairs.scores(spec), pairs.direct(pair, model, metrics))


@pytest.mark.long
@pytest.mark.parametrize("rate", ["24", "60"])
@pytest.mark.parametrize("model", MODELS)
def test_rows_of_chunks_are_those_of_one_run_for_every_model_and_length(model: str, rate: str, pairs: Pairs) -> None:
    size = next((size for size in (LARGE, "640x360", "960x540") if usable(model, size, pairs.clips.ffmpeg)), None)
    assert size, f"{model} accepts none of the sizes"
    pair = pairs("mp4", rate, size)
    of_libvmaf = tuple(name for name, metric in METRICS.items() if metric.feature)
    direct = pairs.direct(pair, model, of_libvmaf, rate=rate)
    for length in range(8, FRAMES + 1) if size == LARGE else (8, 9, 13, 24, 40):
        check_scores(pairs, pairs.scores(pairs.spec(pair, length, [model], of_libvmaf)), direct)


def test_several_models_in_one_run_give_the_rows_of_each(pairs: Pairs) -> None:
    pair = pairs("mp4", size=LARGE)
    models = ("vmaf_v0.6.1neg", "vmaf_v0.6.1", "vmaf_v1.0.16_3d0h")
    scores = pairs.scores(pairs.spec(pair, 17, models))
    for name, model in zip(scores.metrics, models, strict=True):
        rows = pairs.direct(pair, model, ("psnr", "ssim", "cambi"))["frames"]
        wanted = [f"{row['metrics']['vmaf']:.6f}" for row in rows]
        assert [f"{value:.6f}" for value in scores.values(name)] == wanted


@pytest.mark.parametrize("kind", KINDS)
def test_rows_do_not_depend_on_the_container_of_the_reference(kind: str, pairs: Pairs) -> None:
    pair = pairs(kind)
    spec = pairs.spec(pair, 11, ["vmaf_v0.6.1"], ["psnr"])
    assert can_seek(spec.reference or spec.source) == (kind not in SLOW)
    check_scores(pairs, pairs.scores(spec), pairs.direct(pair, "vmaf_v0.6.1", ["psnr"], deep=kind == "mov"))


RATES = ("24000/1001", "24", "25", "30000/1001", "60000/1001")


@pytest.mark.parametrize(
    ("kind", "rate"), [*(("mp4", rate) for rate in RATES), ("mkv", "24000/1001"), ("mkv", "60000/1001"), ("ts", "25")]
)
def test_rows_do_not_depend_on_the_rate(kind: str, rate: str, pairs: Pairs) -> None:
    pair = pairs(kind, rate)
    spec = pairs.spec(pair, 13, ["vmaf_v0.6.1"])
    check_scores(pairs, pairs.scores(spec), pairs.direct(pair, "vmaf_v0.6.1", rate=rate))


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("rate", [*RATES, "12", "30", "50", "60"])
def test_rows_of_every_container_at_every_rate_in_chunks_of_many_lengths(kind: str, rate: str, pairs: Pairs) -> None:
    if kind == "mxf" and rate in ("12", "60"):
        pytest.skip("MPEG-2 in MXF has no such rate")
    pair = pairs(kind, rate)
    direct = pairs.direct(pair, "vmaf_v0.6.1", ["psnr"], deep=kind == "mov", rate=rate)
    for length in (8, 9, 10, 14, 22, 31, 40):
        check_scores(pairs, pairs.scores(pairs.spec(pair, length, ["vmaf_v0.6.1"], ["psnr"])), direct)


@pytest.mark.parametrize(("kind", "first", "last"), [("mp4", 7, 44), ("mkv", 25, 48), ("avi", 1, 30), ("mp4", 12, 19)])
def test_a_range_of_a_pair_in_chunks_is_that_range_in_one_run(kind: str, first: int, last: int, pairs: Pairs) -> None:
    pair = pairs(kind)
    whole, chunked = (
        pairs.scores(pairs.spec(pair, length, ["vmaf_v0.6.1"], ["psnr"], frames=f"{first}-{last}"))
        for length in (None, 8)
    )
    assert chunked == whole
    assert sorted(chunked.rows) == list(range(first, last + 1))
    # Within the range all but the first row's motion are those of the whole pair.
    direct = pairs.direct(pair, "vmaf_v0.6.1", ["psnr"])["frames"]
    inner = range(first + 1, last)
    assert [f"{chunked.rows[n][0]:.6f}" for n in inner] == [f"{direct[n - 1]['metrics']['vmaf']:.6f}" for n in inner]


@pytest.mark.parametrize("length", [8, 16, 33])
def test_a_sequence_numbered_from_1001_is_scored_under_its_own_numbers(length: int, pairs: Pairs) -> None:
    place = pairs.folder / "dpx"
    encode = str(place / "encode.mp4")
    if not place.exists():
        pairs.clips.sequence(place, lively(FRAMES, size=SMALL))
        tags = "setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709"
        tagged = f"scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,{tags}"
        inputs = ["-framerate", "24", "-start_number", "1001", "-i", f"{place}/shot.%04d.dpx"]
        pairs.clips.run([*inputs, "-vf", tagged, "-c:v", "libx264", "-crf", "36", encode])
    scores = pairs.scores(
        pairs.spec((f"{place}/shot.####.dpx", encode), length, ["vmaf_v0.6.1"], ["psnr"], frame_rate="24")
    )
    whole = pairs.scores(
        pairs.spec((f"{place}/shot.####.dpx", encode), None, ["vmaf_v0.6.1"], ["psnr"], frame_rate="24")
    )
    assert scores == whole
    assert sorted(scores.rows) == list(range(1001, 1001 + FRAMES))
