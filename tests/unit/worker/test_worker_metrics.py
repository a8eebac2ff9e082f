# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Metrics beside VMAF: the numbers of a direct run, in one and in chunks, also where pictures are identical."""

import json
import math
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from clips import Clips, lively
from worker_jobs import Job, Jobs

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.records import RecordReader
from cueffmpeg_gui.media.scores import Scores, read_scores

LENGTH = 24
PLANES = ("xpsnr_y", "xpsnr_u", "xpsnr_v")
AVERAGE = re.compile(r"XPSNR average, \d+ frames  y: (\S+)  u: (\S+)  v: (\S+) ")


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory, clips: Clips) -> tuple[Path, Path]:
    """A poor encode of a lively reference; its first three pictures are the reference's own."""
    folder = tmp_path_factory.mktemp("pair")
    reference, encode, poor = folder / "reference.mkv", folder / "encode.mkv", folder / "poor.mkv"
    clips.run([*lively(LENGTH), "-vf", "format=yuv420p", "-c:v", "ffv1", str(reference)])
    clips.run(["-i", str(reference), "-c:v", "libx264", "-crf", "38", "-pix_fmt", "yuv420p", str(poor)])
    both = "[0:v]trim=end_frame=3[a];[1:v]trim=start_frame=3,setpts=PTS-STARTPTS[b];[a][b]concat"
    clips.run(["-i", str(reference), "-i", str(poor), "-lavfi", both, "-r", "24", "-c:v", "ffv1", str(encode)])
    return reference, encode


def compared(jobs: Jobs, pair: tuple[Path, Path], chunk: str | None = None, **values: str) -> Job:
    job = jobs(pair[1], "vmaf-compare", reference=str(pair[0]), chunk=chunk, values=values)
    job.run_all()
    return job


def direct(ffmpeg: str, pair: tuple[Path, Path], folder: Path, graph: str) -> None:
    inputs = ["-nostdin", "-v", "error", "-i", str(pair[1]), "-i", str(pair[0])]
    side = "settb=1/24,setpts=N,format=yuv420p"
    chains = f"[0:v]{side}[d];[1:v]{side}[r];[d][r]{graph}"
    argv = [ffmpeg, *inputs, "-lavfi", chains, "-f", "null", "-"]
    subprocess.run(argv, check=True, cwd=folder, stdin=subprocess.DEVNULL)


@pytest.mark.parametrize("chunk", [None, "8"])
def test_xpsnr_is_that_of_ffmpegs_filter_by_itself(
    chunk: str | None, jobs: Jobs, pair: tuple[Path, Path], ffmpeg: str, tmp_path: Path
) -> None:
    direct(ffmpeg, pair, tmp_path, "xpsnr=stats_file=x.log")
    told = (tmp_path / "x.log").read_text()
    rows = re.findall(r"n: +\d+  XPSNR y: (\S+)  XPSNR u: (\S+)  XPSNR v: (\S+)", told)
    scores = read_scores(str(compared(jobs, pair, chunk, metrics="xpsnr").scores))
    assert scores.metrics == ("vmaf", *PLANES)
    wanted = [tuple(map(float, row)) for row in rows]
    assert len(wanted) == LENGTH
    for row, numbers in zip(wanted, scores.rows.values(), strict=True):
        assert numbers[1:] == pytest.approx(row, abs=5.1e-5)  # the filter's file has four digits
    averages = AVERAGE.search(told)
    assert averages
    for plane, average in zip(PLANES, averages.groups(), strict=True):
        assert scores.pooled[plane]["mean"] == pytest.approx(float(average), abs=5.1e-5)


def test_xpsnr_looks_two_pictures_back_above_32_frames_a_second_in_chunks_too(
    jobs: Jobs, clips: Clips, tmp_path: Path
) -> None:
    made = tmp_path / "reference.mp4", tmp_path / "encode.mp4"
    clips.run([*lively(32, "50"), "-c:v", "libx264", "-qp", "0", "-pix_fmt", "yuv420p", str(made[0])])
    clips.run(["-i", str(made[0]), "-c:v", "libx264", "-crf", "38", str(made[1])])
    whole, parts = (
        read_scores(str(compared(jobs, made, chunk, metrics="xpsnr,psnr_hvs,ciede").scores)) for chunk in (None, "8")
    )
    assert parts.rows == whole.rows


def test_identical_pictures_are_infinite_and_no_wrong_number(jobs: Jobs, pair: tuple[Path, Path]) -> None:
    job = compared(jobs, pair, metrics="xpsnr,psnr_hvs,ciede", thresholds="psnr_hvs.mean>=30,xpsnr_y.p1>=10")
    document = json.loads(job.scores.read_text())
    assert document["frames"][0]["xpsnr_y"] is None
    assert document["infinite"]["xpsnr_y"] == ["1-3"]
    assert document["metrics"]["psnr_hvs"]["mean"] is None, "an infinite mean is not told as a number"
    assert document["verdict"] == "pass"
    scores = read_scores(str(job.scores))
    for metric in (*PLANES, "psnr_hvs", "ciede2000"):
        values = scores.values(metric)
        assert values[:3] == [math.inf] * 3, metric
        assert all(map(math.isfinite, values[3:])), metric
    assert scores.pooled["psnr_hvs"]["min"] == min(scores.values("psnr_hvs"))


def test_the_log_carries_infinite_numbers(jobs: Jobs, pair: tuple[Path, Path]) -> None:
    job = jobs(pair[1], "vmaf-compare", reference=str(pair[0]), values={"metrics": "xpsnr"})
    run = job.must_run("compare")
    reader = RecordReader()
    reader.feed(run.printed.splitlines())
    assert reader.scores() == read_scores(str(job.scores))


# Every n-th frame


@pytest.mark.parametrize("chunk", [None, "8", "9"])
@pytest.mark.parametrize("every", ["2", "5", "10"])
def test_every_nth_frame_has_the_numbers_it_has_in_a_full_run(
    every: str, chunk: str | None, jobs: Jobs, pair: tuple[Path, Path]
) -> None:
    full = read_scores(str(compared(jobs, pair, metrics="psnr,xpsnr").scores))
    some = read_scores(str(compared(jobs, pair, chunk, metrics="psnr,xpsnr", every=every).scores))
    wanted = range(1, LENGTH + 1, int(every))
    assert some.rows == {frame: full.rows[frame] for frame in wanted}
    assert some.is_complete
    assert (some.every, some.expected) == (int(every), len(wanted))


def test_every_nth_frame_of_a_part_has_the_neighbours_of_the_whole(jobs: Jobs, pair: tuple[Path, Path]) -> None:
    full = read_scores(str(compared(jobs, pair).scores))
    for first, every in ((3, 4), (9, 4)):
        job = jobs(pair[1], "vmaf-compare", reference=str(pair[0]), frames=f"{first}-24", values={"every": str(every)})
        job.run_all()
        some = read_scores(str(job.scores))
        assert some.rows == {frame: full.rows[frame] for frame in range(first, 25, every)}


def test_it_is_called_every_nth_and_never_partial(jobs: Jobs, pair: tuple[Path, Path]) -> None:
    job = jobs(pair[1], "vmaf-compare", reference=str(pair[0]), values={"every": "3"})
    run = job.must_run("compare")
    assert any(line.startswith("8 frames, every 3rd of 1-24") for line in run.lines)
    assert not any("partial" in line for line in run.lines)
    reader = RecordReader()
    reader.feed(run.printed.splitlines())
    scores: Scores = reader.scores()
    assert scores == read_scores(str(job.scores))
    assert scores.is_complete


# Models


MODELS = ("vmaf_v1.0.16_hfr_3d0h", "vmaf_v1.0.16_hfr_1d5h_2160")


@pytest.mark.parametrize("model", MODELS)
def test_a_model_for_50_frames_a_second_gives_the_same_rows_in_chunks(
    model: str, jobs: Jobs, pair: tuple[Path, Path], ffmpeg: str, tmp_path: Path
) -> None:
    direct(ffmpeg, pair, tmp_path, f"libvmaf=model=version={model}:log_fmt=json:log_path=d.json")
    rows: list[Any] = json.loads((tmp_path / "d.json").read_text())["frames"]
    for chunk in (None, "8"):
        scores = read_scores(str(compared(jobs, pair, chunk, models=model, metrics="").scores))
        assert scores.values("vmaf") == [row["metrics"]["vmaf"] for row in rows]


@pytest.mark.parametrize("model", ["vmaf_v1.0.16_3d0h_2160", "vmaf_v1.0.16_5d0h"])
def test_pictures_too_small_for_a_model_are_refused_with_the_size_it_takes(
    model: str, jobs: Jobs, pair: tuple[Path, Path]
) -> None:
    with pytest.raises(InputRefused, match=rf"320x180.*{model}.*at least \d+ pixels on each side.*vmaf_v0.6.1"):
        jobs(pair[1], "vmaf-compare", reference=str(pair[0]), values={"models": model})
