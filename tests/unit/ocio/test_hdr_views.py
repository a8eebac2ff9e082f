# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""HDR becomes SDR when that is chosen, never by accident; and light becomes HDR with complete tags."""

import subprocess
from pathlib import Path

import numpy as np
import pytest
from seen_pixels import PRINT, exr_sequence, light, off, seen, wanted
from worker_jobs import Jobs

from cueffmpeg_gui.jobs.layer_tasks import encode_task
from cueffmpeg_gui.jobs.plan import plan_job
from cueffmpeg_gui.media.colour import Colour
from cueffmpeg_gui.media.inspect import inspect

SIDE = 64
PQ = "setparams=range=tv:colorspace=bt2020nc:color_primaries=bt2020:color_trc=smpte2084"


@pytest.fixture
def pq(ffmpeg: str, tmp_path: Path) -> tuple[Path, np.ndarray]:  # type: ignore[type-arg]
    """A PQ film without losses and without subsampling, and its RGB codes by BT.2020's own arithmetic."""
    ramp = np.linspace(0.05, 0.7, SIDE)[None, :, None] * np.linspace(1, 0.9, SIDE)[:, None, None]
    rgb = ramp * (1, 0.95, 0.9)
    luma = rgb @ (0.2627, 0.678, 0.0593)
    blue, red = (rgb[..., 2] - luma) / 1.8814, (rgb[..., 0] - luma) / 1.4746
    codes = np.round([64 + 876 * luma, 512 + 896 * blue, 512 + 896 * red]).astype("<u2")
    luma, blue, red = (codes[0] - 64.0) / 876, (codes[1] - 512.0) / 896, (codes[2] - 512.0) / 896
    green = luma - (0.2627 * 1.4746 * red + 0.0593 * 1.8814 * blue) / 0.678
    path = tmp_path / "pq.mkv"
    command = [ffmpeg, "-v", "error", "-f", "rawvideo", "-pix_fmt", "yuv444p10le", "-s", f"{SIDE}x{SIDE}", "-r", "24",
               "-i", "-", "-vf", PQ, "-c:v", "ffv1", str(path)]  # fmt: skip
    subprocess.run(command, input=codes.tobytes() * 2, check=True)
    return path, np.stack([luma + 1.4746 * red, green, luma + 1.8814 * blue], -1)


def test_pq_is_seen_as_sdr_where_that_is_chosen(pq: tuple[Path, np.ndarray], jobs: Jobs) -> None:  # type: ignore[type-arg]
    path, rgb = pq
    job = jobs(path, "h264-review", values={"color": "rec2100_pq_display"})
    usual, worst = off(seen(job), wanted(rgb, "Rec.2100-PQ - Display", PRINT))
    assert (usual <= 1, worst <= 3) == (True, True), (usual, worst)
    assert encode_task(job.spec).colour == Colour("tv", "bt709", "bt709", "bt709")


def test_pq_stays_pq_unless_it_is_chosen(pq: tuple[Path, np.ndarray], jobs: Jobs) -> None:  # type: ignore[type-arg]
    job = jobs(pq[0], "h265-review")
    assert job.spec.source.video.view is None
    assert encode_task(job.spec).colour.transfer == "smpte2084"
    assert any("color=rec2100_pq_display makes SDR of it" in note for note in plan_job(job.spec).notes)


@pytest.mark.parametrize(("display", "transfer"), [("PQ", "smpte2084"), ("HLG", "arib-std-b67")])
def test_light_becomes_hdr_with_complete_tags(display: str, transfer: str, jobs: Jobs, tmp_path: Path) -> None:
    values = {"color_display": f"Rec.2100-{display} - Display", "pix_fmt": "yuv420p10le", "speed": "ultrafast"}
    output = str(tmp_path / "hdr.mp4")
    job = jobs(exr_sequence(tmp_path / "shot", light()), "h265-review", frame_rate="24", values=values, output=output)
    job.must_run()
    assert inspect(output, job.ffmpeg).tags == Colour("tv", "bt2020nc", "bt2020", transfer)
