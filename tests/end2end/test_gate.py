# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The gate of a preset with thresholds, from the command line to the exit code, on a real local farm."""

import json
from pathlib import Path
from typing import Any

import pytest
from clips import Clips, lively

from .conftest import CommandLine

QUICK = ("--set", "speed=ultrafast", "--set", "gop=8", "--json", "--wait")


def job_of(cueffmpeg: CommandLine, name: str) -> Any:
    return cueffmpeg("status", name, "--json").json


def test_an_encode_that_reaches_its_thresholds_passes(cueffmpeg: CommandLine, clips: Clips, tmp_path: Path) -> None:
    source = ("--source", str(clips("h264")), "--output", str(tmp_path / "film.mp4"))
    ran = cueffmpeg("submit", "h264-review-vmaf", *source, *QUICK, "--set", "thresholds=mean>=50,psnr_y.p1>=20")
    assert ran.code == 0, ran.err
    assert ran.json["layers"] == ["encode", "compare", "summary"]
    told = cueffmpeg("scores", ran.json["job"]).out
    assert "verdict: pass" in told
    assert "pass  VMAF v0.6.1 (0-100): mean" in told
    document = cueffmpeg("scores", ran.json["job"], "--json").json
    assert (document["verdict"], document["thresholds"]) == ("pass", ["vmaf.mean>=50", "psnr_y.p1>=20"])


@pytest.fixture(scope="module")
def fallen(cueffmpeg: CommandLine, clips: Clips, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """How a submit in chunks ended that asks for more than there is."""
    folder = tmp_path_factory.mktemp("shot")
    source = clips.sequence(folder / "dpx", lively(32, size="160x96"))
    where = ("--source", source, "--frame-rate", "24", "--chunk", "16", "--output", str(folder / "film.mp4"))
    return cueffmpeg("submit", "dpx-h264-vmaf", *where, *QUICK, "--name", "fallen", "--set", "thresholds=mean>=100")


def test_an_encode_that_falls_short_fails_its_job_with_the_sentence(cueffmpeg: CommandLine, fallen: Any) -> None:
    assert fallen.code == 5
    mean = cueffmpeg("scores", "fallen", "--json").json["metrics"]["vmaf"]["mean"]
    sentence = f"VMAF v0.6.1 (0-100): mean {mean:.2f} is below 100."
    assert f"failed in summary 1001: {sentence}" in fallen.err
    frames = job_of(cueffmpeg, "fallen")["frames"]
    assert [(frame["name"], frame["error"]) for frame in frames if frame["state"] != "SUCCEEDED"] == [
        ("1001-summary", sentence)
    ]
    told = cueffmpeg("scores", "fallen").out
    assert "verdict: fail" in told
    assert f"fail  {sentence[:-1]}; " in told


def test_a_retried_gate_measures_nothing_again(cueffmpeg: CommandLine, fallen: Any) -> None:
    before = job_of(cueffmpeg, "fallen")
    path = Path(before["folder"], "job.json")
    document = json.loads(path.read_text())
    document["spec"]["preset"]["values"]["thresholds"] = ["mean>=1"]
    path.write_text(json.dumps(document))
    assert cueffmpeg("retry", "fallen", "summary").code == 0
    assert cueffmpeg("wait", "fallen").code == 0
    after = job_of(cueffmpeg, "fallen")
    times = [{f["name"]: (f["start"], f["stop"]) for f in job["frames"]} for job in (before, after)]
    assert {name for name in times[0] if times[0][name] != times[1][name]} <= {"1001-summary"}
    assert cueffmpeg("scores", "fallen", "--json").json["verdict"] == "pass"
