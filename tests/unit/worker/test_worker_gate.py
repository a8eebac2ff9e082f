# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The gate: scores are kept whatever it says; its frame fails with what fell short; features are those of one run."""

import json
from pathlib import Path

import pytest
from clips import Clips, lively
from worker_jobs import Job, Jobs

from cueffmpeg_gui.jobs.chunk_results import read_job_features
from cueffmpeg_gui.jobs.plan import plan_job
from cueffmpeg_gui.media.scores import read_scores


@pytest.fixture
def compared(clips: Clips, jobs: Jobs) -> Job:
    """A comparison in one piece whose scores are there, and whose gate is not yet asked."""
    values = {"thresholds": "mean>=10,psnr_y.p1>=90"}
    job = jobs(clips("bframes"), "vmaf-compare", reference=str(clips("h264")), values=values)
    assert [layer.name for layer in plan_job(job.spec).layers] == ["compare", "summary"]
    job.must_run("compare")
    assert not job.scores.exists()
    return job


def ask_for(job: Job, thresholds: list[str] | None) -> None:
    """Changes what the job asks for."""
    path = Path(job.folder, "job.json")
    document = json.loads(path.read_text())
    document["spec"]["preset"]["values"].pop("thresholds")
    if thresholds is not None:
        document["spec"]["preset"]["values"]["thresholds"] = thresholds
    path.write_text(json.dumps(document))


def test_a_gate_that_says_no_fails_with_the_sentence_and_keeps_the_scores(compared: Job) -> None:
    run = compared.run("summary")
    assert run.returncode == 4
    low = read_scores(str(compared.scores)).pooled["psnr_y"]["p1"]
    assert run.lines[-1] == f"error: psnr_y: p1 {low:.2f} is below 90."
    assert any(line.startswith("pass: VMAF v0.6.1 (0-100): mean") for line in run.lines)
    document = json.loads(compared.scores.read_text())
    assert (document["complete"], document["verdict"]) == (True, "fail")
    assert document["thresholds"] == ["vmaf.mean>=10", "psnr_y.p1>=90"]
    assert not run.commands


def test_a_gate_can_be_asked_again(compared: Job) -> None:
    compared.run("summary")
    ask_for(compared, ["mean>=10"])
    compared.must_run("summary")
    assert json.loads(compared.scores.read_text())["verdict"] == "pass"


def test_a_job_from_before_there_were_thresholds_is_read(compared: Job) -> None:
    ask_for(compared, None)
    compared.must_run("summary")
    document = json.loads(compared.scores.read_text())
    assert (document["thresholds"], document["verdict"]) == ([], None)


@pytest.mark.parametrize("threshold", ["nonsense", "ssim.mean>=1"])
def test_a_threshold_that_cannot_be_judged_passes_nothing(compared: Job, threshold: str) -> None:
    ask_for(compared, [threshold])
    run = compared.run("summary")
    assert run.returncode == 2
    assert threshold in run.lines[-1]


def test_a_frame_without_a_score_passes_nothing(compared: Job) -> None:
    side = next(Path(compared.folder, "scores").glob("compare.*.json"))
    document = json.loads(side.read_text())
    document["frames"].pop()
    side.write_text(json.dumps(document))
    run = compared.run("summary")
    assert run.returncode == 3
    assert "1 frames have no score" in run.lines[-1]


def test_features_of_chunks_are_those_of_one_run(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    source = clips.sequence(tmp_path / "dpx", lively(24, size="160x96"))
    values = {"gop": "8", "speed": "ultrafast", "crf": "30", "models": "vmaf_v0.6.1,vmaf_v0.6.1neg"}
    request = {"frame_rate": "24", "values": values, "output": str(tmp_path / "film.mp4")}
    chunked = jobs(source, "dpx-h264-vmaf", chunk="8", **request)
    chunked.run_all()
    one = jobs(
        str(chunked.output), "vmaf-compare", reference=source, frame_rate="24", values={"models": values["models"]}
    )
    one.must_run("compare")
    found, troubles = read_job_features(chunked.folder, chunked.spec)
    alone, _ = read_job_features(one.folder, one.spec)
    assert troubles == []
    assert found
    assert alone
    assert found.names == (
        "adm2",
        *(f"adm_scale{n}" for n in range(4)),
        "motion",
        "motion2",
        *(f"vif_scale{n}" for n in range(4)),
    )
    assert found == alone
    assert sorted(found.rows) == list(range(1001, 1025))
