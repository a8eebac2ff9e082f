# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Every frame of a film lasts as long as the others, also when its source had a clock of milliseconds."""

import subprocess
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from clips import LOSSLESS, Clips, picture
from films import FAST, long
from measure import picture_times
from worker_jobs import Jobs

from cueffmpeg_gui.errors import OutputRejected
from cueffmpeg_gui.jobs.layer_tasks import encode_task
from cueffmpeg_gui.media.checks import check_encode
from cueffmpeg_gui.media.inspect import inspect
from cueffmpeg_gui.probe import probe_clip

H264 = [*LOSSLESS, "-pix_fmt", "yuv420p"]
SOURCES = {".mkv": H264, ".flv": H264, ".wmv": ["-c:v", "wmv2"]}


def lengths(path: Path, ffmpeg: str) -> list[Fraction]:
    """How long each sample lasts, in seconds."""
    command = [ffmpeg, "-v", "error", "-i", str(path), "-map", "0:v:0", "-c", "copy", "-f", "framecrc", "-"]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    base = Fraction(next(line for line in lines if line.startswith("#tb 0:")).partition(": ")[2])
    return [int(line.split(",")[3]) * base for line in lines if not line.startswith("#")]


@pytest.mark.parametrize(
    ("ending", "rate", "preset", "chunk"),
    [
        (".mkv", "24", "h264-review", "none"), (".flv", "24000/1001", "h264-review", "8"),
        (".wmv", "24", "prores-422-hq", "none"), long(".mkv", "60000/1001", "h265-review", "8"),
        long(".flv", "24", "prores-422-hq", "8"), long(".wmv", "25", "h264-review", "8"),
    ],
)  # fmt: skip
def test_the_last_frame_lasts_as_long_as_the_others(  # noqa: PLR0917
    ending: str, rate: str, preset: str, chunk: str, clips: Clips, jobs: Jobs, tmp_path: Path
) -> None:
    source = tmp_path / f"source{ending}"
    clips.run([*picture(12, rate, "96x64"), *SOURCES[ending], str(source)])
    values = {"chunk": chunk} | ({} if preset.startswith("prores") else {"gop": "8", "crf": "30"})
    job = jobs(source, preset, output=str(tmp_path / "film.mov"), values=values)
    job.run_all()
    assert lengths(job.output, clips.ffmpeg) == [1 / Fraction(rate)] * 12
    assert picture_times(job.output) == [n / Fraction(rate) for n in range(12)]
    assert probe_clip(str(job.output)).video.rate == Fraction(rate)


def test_a_frame_of_another_length_is_no_encode(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    job = jobs(clips("rate_24"), output=str(tmp_path / "film.mp4"), values=FAST)
    job.must_run()
    found = inspect(str(job.output), clips.ffmpeg)
    encode = encode_task(job.spec)
    check_encode(encode, found)
    with pytest.raises(OutputRejected, match="does not last 1/24 of a second"):
        check_encode(encode, replace(found, lengths=found.lengths | {984}))


@pytest.mark.parametrize("rate", [long("300"), "1200"])
def test_a_high_speed_clip_keeps_its_rate(rate: str, clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    source = tmp_path / "source.mov"
    clips.run([*picture(24, rate, "96x64"), *H264, str(source)])
    job = jobs(source, output=str(tmp_path / "film.mp4"), values={**FAST, "chunk": "8"})
    job.run_all()
    assert lengths(job.output, clips.ffmpeg) == [1 / Fraction(rate)] * 24
