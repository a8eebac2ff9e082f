# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Scores that others have written are read as they are: every number, and one numbering for all."""

import json
import math
import subprocess
from pathlib import Path

import pytest
from clips import Clips

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.foreign.read import foreign_features, read_foreign
from cueffmpeg_gui.media.metrics import metric_label
from cueffmpeg_gui.media.scores import Scores, read_scores, scores_bytes

SAMPLES = Path(__file__).parents[2] / "data" / "scores"
FRAMES = 4


def written(tmp_path: Path, text: str) -> Scores:
    path = tmp_path / "scores"
    path.write_text(text)
    return read_foreign(str(path))


@pytest.fixture(scope="module")
def stats(clips: Clips, ffmpeg: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ffmpeg's own filters write of a pair, and of identical pictures."""
    folder = tmp_path_factory.mktemp("stats")
    pairs = {"": clips("bframes"), "same_": clips("h264")}
    for name, encode in pairs.items():
        for kind in ("psnr", "ssim", "xpsnr"):
            graph = f"[0:v]trim=end_frame={FRAMES}[a];[1:v]trim=end_frame={FRAMES}[b];[a][b]{kind}"
            inputs = ["-i", str(encode), "-i", str(clips("h264"))]
            argv = [ffmpeg, "-nostdin", "-v", "error", *inputs, "-lavfi", f"{graph}=stats_file={name}{kind}.log"]
            subprocess.run([*argv, "-f", "null", "-"], check=True, cwd=folder, stdin=subprocess.DEVNULL)
    return folder


# ffmpeg's own filters


LEADS = {"psnr": "psnr_y", "ssim": "ssim_y", "xpsnr": "xpsnr_y"}


@pytest.mark.parametrize("kind", LEADS)
def test_what_ffmpegs_filters_write_is_read(kind: str, stats: Path) -> None:
    text = (stats / f"{kind}.log").read_text()
    scores = read_foreign(str(stats / f"{kind}.log"))
    assert (scores.first, scores.last, scores.is_complete) == (0, FRAMES - 1, True)
    first = text.splitlines()[0].replace("XPSNR y: ", "xpsnr_y:").replace(" Y:", " ssim_y:")
    wanted = next(float(word.partition(":")[2]) for word in first.split() if word.startswith(f"{LEADS[kind]}:"))
    assert scores.values(LEADS[kind])[0] == wanted


@pytest.mark.parametrize("kind", ["psnr", "xpsnr"])
def test_identical_pictures_are_infinite(kind: str, stats: Path, tmp_path: Path) -> None:
    scores = read_foreign(str(stats / f"same_{kind}.log"))
    assert scores.values(LEADS[kind]) == [math.inf] * FRAMES
    assert scores.pooled[LEADS[kind]]["mean"] == math.inf
    path = tmp_path / "scores.json"
    path.write_bytes(scores_bytes(scores))
    assert read_scores(str(path)).rows == scores.rows


def test_a_cut_statistics_file_is_refused(stats: Path, tmp_path: Path) -> None:
    text = (stats / "psnr.log").read_text()
    with pytest.raises(InputRefused, match="may have been cut"):
        written(tmp_path, text[:-20])


# ffmpeg-quality-metrics (version 3.13 wrote the samples)


@pytest.mark.parametrize("ending", ["json", "csv"])
def test_ffmpeg_quality_metrics_counts_from_1_and_leads_with_vmaf(ending: str) -> None:
    scores = read_foreign(str(SAMPLES / f"ffmpeg-quality-metrics.{ending}"))
    assert (scores.first, scores.last, scores.metrics[0]) == (0, 2, "vmaf")
    assert scores.values("vmaf") == [80.109067, 78.752576, 56.605623]
    assert scores.values("psnr_y") == [32.85, 32.37, 27.0]
    assert scores.values("ssim_avg") == [0.961, 0.957, 0.899]
    assert not [metric for metric in scores.metrics if metric.startswith("input")]
    features = foreign_features(scores)
    assert features is not None
    assert features.names[0] == "adm2"


# Netflix


def test_run_vmafs_scores_have_libvmafs_names_and_its_own_model() -> None:
    scores = read_foreign(str(SAMPLES / "run_vmaf.json"))
    assert scores.vmaf_model == "BOOTSTRAP_VMAF_VF0.2.4c-0.6.1-B_VB_V0.6.3"
    assert scores.metrics[0] == "vmaf"
    assert scores.values("vmaf") == [82.5, 76.5]
    assert scores.values("vmaf_ci_p95_lo") == [80.25, 74.0]
    assert metric_label("vmaf_ci_p95_lo", scores.vmaf_model).endswith("95 % interval, low")


def test_an_old_libvmaf_log_names_its_model(tmp_path: Path) -> None:
    frames = [{"frameNum": 0, "metrics": {"adm2": 0.98, "psnr": 40.8, "vmaf": 92.6}}]
    old = {"version": "1.5.1", "params": {"model": "/m/vmaf_v0.6.1.pkl", "subsample": 1}, "frames": frames}
    assert written(tmp_path, json.dumps(old)).vmaf_model == "vmaf_v0.6.1"
    xml = '<VMAF version="1.5.3"><params model="vmaf_4k_v0.6.1.pkl"/><frame frameNum="0" vmaf="65.7"/></VMAF>'
    assert written(tmp_path, xml).vmaf_model == "vmaf_4k_v0.6.1"
    csv = "Frame,Width,Height,adm2,vmaf,\n0,320,240,0.9268,65.7555,\n"
    assert written(tmp_path, csv).metrics == ("vmaf", "adm2")


def test_easyvmafs_models_lead_in_its_order(tmp_path: Path) -> None:
    row = {"integer_adm2": 0.9, "vmaf_v1_hd": 80.0, "vmaf_v1_phone": 85.0, "cambi": 1.0}
    log = {"version": "86da14d", "fps": 30.1, "frames": [{"frameNum": 0, "metrics": row}]}
    assert written(tmp_path, json.dumps(log)).metrics[:3] == ("vmaf_v1_hd", "vmaf_v1_phone", "cambi")


# What JSON has no word for


@pytest.mark.parametrize("fps", ["inf", "-nan", "nan", "Infinity", "null"])
def test_a_log_of_a_run_that_took_no_time_is_read(fps: str, tmp_path: Path) -> None:
    frames = '[{"frameNum": 0, "metrics": {"vmaf": 97.4, "psnr_y": inf}}]'
    scores = written(tmp_path, f'{{"version": "x", "fps": {fps},\n"frames": {frames}}}')
    assert scores.rows == {0: (97.4, math.inf)}


def test_null_is_no_number_but_where_identical_pictures_have_it(tmp_path: Path) -> None:
    row = {"vmaf": None, "psnr_hvs": None, "ciede2000": None}
    scores = written(tmp_path, json.dumps({"frames": [{"frameNum": 0, "metrics": row}]}))
    assert math.isnan(scores.values("vmaf")[0])
    assert scores.values("psnr_hvs") + scores.values("ciede2000") == [math.inf, math.inf]


def test_a_log_of_every_nth_frame_is_not_partial(tmp_path: Path) -> None:
    frames = [{"frameNum": number, "metrics": {"vmaf": 90.0}} for number in range(0, 20, 5)]
    scores = written(tmp_path, json.dumps({"frames": frames}))
    assert (scores.every, scores.is_complete) == (5, True)


# Scores of whole clips


AB_AV1 = """{"crf":37.5,"type":"sample-encode-done","vmaf":90.38392639}
{"crf":29.75,"type":"crf-search-done","vmaf":95.162}
"""
EASYVMAF = json.dumps({"offset": 0.0, "scores": {"vmaf_v1_hd": 91.25}, "log_path": "x.json"})


@pytest.mark.parametrize(
    ("text", "found"),
    [("95.13105773925781\n", "score 95.131"), (AB_AV1, "vmaf 95.162"), (EASYVMAF, "vmaf_v1_hd 91.250")],
)
def test_a_score_of_a_whole_clip_is_told_with_the_way_on(text: str, found: str, tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match=rf"whole clip \({found}\) and none of its frames.*vmaf-compare"):
        written(tmp_path, text)
