# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Bands are looked for as the encode was coded, whatever it is compared with; the metric keeps its name."""

import json
import subprocess
from pathlib import Path

import pytest
from clips import Clips
from worker_jobs import Jobs

from cueffmpeg_gui.media.cambi import coded_options, with_plain_key
from cueffmpeg_gui.media.scores import read_scores
from cueffmpeg_gui.probe import probe_clip

TAGS = "setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709"
BOTH = {"models": "vmaf_v0.6.1,vmaf_v1.0.16_3d0h", "metrics": "cambi"}


@pytest.fixture(scope="module")
def banded(clips: Clips, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A ramp in 8 bits, the same in 10, and an encode in 8 that has bands."""
    folder = tmp_path_factory.mktemp("banded")
    found = {depth: folder / f"{depth}.mkv" for depth in ("10", "8", "encode")}
    ramp = f"gradients=size=320x240:rate=25:c0=0x202020:c1=0x606060:seed=4,trim=end_frame=4,format=yuv420p,{TAGS}"
    clips.run(["-f", "lavfi", "-i", ramp, "-c:v", "ffv1", str(found["8"])])
    clips.run(["-i", str(found["8"]), "-pix_fmt", "yuv420p10le", "-c:v", "ffv1", str(found["10"])])
    clips.run(["-i", str(found["8"]), "-c:v", "libx264", "-crf", "40", str(found["encode"])])
    return found


def cambi_alone(path: Path, ffmpeg: str, folder: Path) -> list[float]:
    """CAMBI of a clip beside itself, as libvmaf gives it by hand."""
    graph = f"[0:v]{TAGS},split[a][b];[a][b]libvmaf=feature=name=cambi:log_fmt=json:log_path=alone.json"
    argv = [ffmpeg, "-nostdin", "-v", "error", "-i", str(path), "-lavfi", graph, "-f", "null", "-"]
    subprocess.run(argv, check=True, cwd=folder, stdin=subprocess.DEVNULL)
    return [frame["metrics"]["cambi"] for frame in json.loads((folder / "alone.json").read_text())["frames"]]


def test_an_encode_has_the_same_bands_beside_a_deeper_reference(
    banded: dict[str, Path], jobs: Jobs, ffmpeg: str, tmp_path: Path
) -> None:
    found = {}
    for depth in ("8", "10"):
        job = jobs(banded["encode"], "vmaf-compare", reference=str(banded[depth]), values=BOTH)
        job.must_run("compare")
        found[depth] = read_scores(str(job.scores))
    alone = cambi_alone(banded["encode"], ffmpeg, tmp_path)
    assert min(alone) > 1, "there are bands"
    assert found["8"].metrics == found["10"].metrics == ("vmaf", "vmaf_v1.0.16_3d0h", "cambi")
    assert found["8"].values("cambi") == found["10"].values("cambi") == alone
    model = "vmaf_v1.0.16_3d0h"
    assert found["10"].values(model) == pytest.approx(found["8"].values(model), abs=0.05)


def test_an_encode_of_another_size_is_told(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    big = tmp_path / "big.mkv"
    clips.run(["-f", "lavfi", "-i", "testsrc2=size=480x360:rate=25,trim=end_frame=3", "-c:v", "ffv1", str(big)])
    values = {"max_height": "180", "metrics": "cambi", "models": "vmaf_v1.0.16_3d0h"}
    job = jobs(big, "h264-review-vmaf", output=str(tmp_path / "o.mp4"), values=values)
    job.must_run("encode")
    (command,) = job.must_run("compare").commands
    assert "cambi.enc_width=240" in command
    assert "enc_height=180" in command
    assert read_scores(str(job.scores)).metrics == ("vmaf", "cambi")


def test_nothing_is_told_that_libvmaf_would_not_take(clips: Clips) -> None:
    video = probe_clip(str(clips("ten_bit"))).video
    assert coded_options(video, (320, 180), 10) == {}
    assert coded_options(video, (640, 360), 12) == {"enc_bitdepth": 10, "enc_width": 320, "enc_height": 180}
    assert coded_options(probe_clip(str(clips("tiny"))).video, (320, 180), 10) == {"enc_bitdepth": 8}


def test_only_the_metrics_own_key_is_made_plain() -> None:
    row = {"cambi_encbd_8_ench_720_encw_1280": 1.0, "cambi_hrs_1080_cmxv_17_vlt_0.06_encbd_8": 2.0, "vmaf": 3.0}
    assert with_plain_key(row) == {"cambi": 1.0, "cambi_hrs_1080_cmxv_17_vlt_0.06_encbd_8": 2.0, "vmaf": 3.0}
