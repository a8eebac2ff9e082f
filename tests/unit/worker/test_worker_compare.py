# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Scores are those of libvmaf itself, digit for digit, on pictures matched by number; or there is no score."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from clips import Clips
from worker_jobs import Job, Jobs

from cueffmpeg_gui.media.records import RecordReader
from cueffmpeg_gui.media.scores import read_scores

KEYS = ("vmaf", "psnr_y", "psnr_cb", "psnr_cr")
TIMED = "settb=1/24,setpts=N"


def libvmaf(
    ffmpeg: str, encode: Path, reference: Path, chains: tuple[str, str], folder: Path
) -> list[dict[str, float]]:
    """The rows of libvmaf run by hand; `chains` prepare the encode and the reference."""
    graph = (
        f"[0:v]{TIMED},{chains[0]}[d];[1:v]{TIMED},{chains[1]}[r];"
        "[d][r]libvmaf=model=version=vmaf_v0.6.1:feature=name=psnr:log_fmt=json:log_path=direct.json:n_threads=1"
    )
    argv = [ffmpeg, "-nostdin", "-v", "error", "-i", str(encode), "-i", str(reference), "-lavfi", graph]
    subprocess.run([*argv, "-f", "null", "-"], check=True, cwd=folder, stdin=subprocess.DEVNULL)
    return [frame["metrics"] for frame in json.loads((folder / "direct.json").read_text())["frames"]]


def printed_rows(job: Job, **environment: str) -> dict[int, tuple[float, ...]]:
    run = job.must_run("compare", **environment)
    reader = RecordReader()
    reader.feed(run.printed.splitlines())
    assert reader.ended
    assert reader.scores() == read_scores(str(job.scores))
    assert job.scores.read_bytes() == job.scores.with_name(f"compare.{job.spec.frames.first}.json").read_bytes()
    return reader.scores().rows


def digits(rows: list[dict[str, float]]) -> dict[int, tuple[float, ...]]:
    return {number: tuple(row[key] for key in KEYS) for number, row in enumerate(rows, 1)}


def pair(jobs: Jobs, encode: Path, reference: Path, **request: Any) -> Job:
    return jobs(encode, "vmaf-compare", reference=str(reference), **request)


def test_scores_are_those_of_a_direct_run(clips: Clips, jobs: Jobs, ffmpeg: str, tmp_path: Path) -> None:
    direct = libvmaf(ffmpeg, clips("bframes"), clips("h264"), ("format=yuv420p", "format=yuv420p"), tmp_path)
    found = printed_rows(pair(jobs, clips("bframes"), clips("h264")))
    assert found == digits(direct)
    assert min(row[0] for row in found.values()) < 95, "the encode is bad enough to tell"


def test_a_container_with_another_clock_loses_nothing(clips: Clips, jobs: Jobs) -> None:
    by_mp4 = printed_rows(pair(jobs, clips("bframes"), clips("h264")))
    assert printed_rows(pair(jobs, clips("bframes_mkv"), clips("h264"))) == by_mp4
    assert printed_rows(pair(jobs, clips("bframes"), clips("h264_mkv"))) == by_mp4


def test_a_later_start_in_the_file_moves_no_frame(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    by_mp4 = printed_rows(pair(jobs, clips("bframes"), clips("h264")))
    late = tmp_path / "late.mkv"
    clips.run(
        ["-itsoffset", "0.73", "-i", str(clips("bframes")), "-i", str(clips("sound_only")), "-c", "copy", str(late)]
    )
    assert printed_rows(pair(jobs, late, clips("h264"))) == by_mp4


def test_threads_change_no_digit(clips: Clips, jobs: Jobs) -> None:
    one, two = (
        pair(jobs, clips("bframes"), clips("h264"), values={"threads": number}).must_run("compare")
        for number in ("1", "2")
    )
    assert "n_threads=1" in one.commands[0]
    assert "n_threads=2" in two.commands[0]
    assert [line for line in one.lines if line.startswith("s ")] == [
        line for line in two.lines if line.startswith("s ")
    ]


@pytest.mark.parametrize("encode", ["bframes", "ten_bit"])
def test_ten_bits_are_compared_at_ten_bits(encode: str, clips: Clips, jobs: Jobs, ffmpeg: str, tmp_path: Path) -> None:
    depth = "yuv420p10le"
    made = tmp_path / "encode.mp4"
    clips.run(["-i", str(clips(encode)), "-frames:v", "24", "-c:v", "libx264", "-crf", "30", str(made)])
    exact = libvmaf(ffmpeg, made, clips("ten_bit"), (f"format={depth}", f"format={depth}"), tmp_path)
    naive = libvmaf(ffmpeg, made, clips("ten_bit"), ("format=yuv420p", "format=yuv420p"), tmp_path)
    assert printed_rows(pair(jobs, made, clips("ten_bit"))) == digits(exact)
    assert digits(naive) != digits(exact)


@pytest.mark.parametrize("values", [{}, {"chunk": "8"}], ids=["whole", "chunked"])
@pytest.mark.parametrize("frames", ["10-33", "1-20", "25-48"])
def test_a_part_of_a_pair_scores_as_it_does_in_the_whole(
    frames: str, values: dict[str, str], clips: Clips, jobs: Jobs, tmp_path: Path
) -> None:
    plain = "format=yuv420p"
    whole = digits(libvmaf(jobs.ffmpeg, clips("bframes"), clips("h264"), (plain, plain), tmp_path))
    job = pair(jobs, clips("bframes"), clips("h264"), frames=frames, values=values)
    for layer, frame in job.frames:
        assert job.run_frame(layer, frame).returncode == 0
    first, last = map(int, frames.split("-"))
    assert read_scores(str(job.scores)).rows == {frame: whole[frame] for frame in range(first, last + 1)}


PLAIN = ("h264", "odd", "turned", "png", "bars_full", "anamorphic", "prores", "sound_first")


@pytest.mark.parametrize(
    ("clip", "values"),
    [*((clip, {}) for clip in PLAIN), *((clip, {"max_height": "90"}) for clip in ("h264", "odd", "turned")),
     ("odd", {"odd_size": "pad"}), ("odd", {"odd_size": "pad", "max_height": "90"})],
    ids=str,
)  # fmt: skip
def test_an_encode_of_any_source_is_scored_whole_and_well(
    clip: str, values: dict[str, str], clips: Clips, jobs: Jobs, tmp_path: Path
) -> None:
    job = jobs(clips(clip), "h264-review-vmaf", output=str(tmp_path / "o.mp4"), values=values)
    job.must_run("encode")
    found = printed_rows(job)
    assert list(found) == list(range(1, job.spec.source.video.frames + 1))
    lowest = 20 if "max_height" in values else 88
    assert min(row[0] for row in found.values()) > lowest


def test_a_range_of_an_encode_is_compared_with_that_range(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    job = jobs(clips("h264"), "h264-review-vmaf", output=str(tmp_path / "o.mp4"), frames="10-20")
    job.must_run("encode")
    found = printed_rows(job)
    assert list(found) == list(range(10, 21))
    assert min(row[0] for row in found.values()) > 88


def test_full_range_and_limited_range_are_brought_together(clips: Clips, jobs: Jobs) -> None:
    found = printed_rows(pair(jobs, clips("bars_full"), clips("bars_709")))
    assert min(row[0] for row in found.values()) > 95


def test_a_comparison_before_its_encode_is_refused(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    job = jobs(clips("h264"), "h264-review-vmaf", output=str(tmp_path / "o.mp4"))
    run = job.run("compare")
    assert run.returncode == 2
    assert run.lines[-1].startswith(f"error: The encode {tmp_path}/o.mp4 cannot be read")


DAMAGE = {
    "shorter": ["-frames:v", "20"],
    "one frame less": ["-frames:v", "23"],
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_an_encode_of_another_length_gives_no_score(damage: str, clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    job = jobs(clips("ten_bit"), "h264-review-vmaf", output=str(tmp_path / "o.mp4"))
    clips.run(["-i", str(clips("ten_bit")), *DAMAGE[damage], str(job.output)])
    run = job.run("compare")
    assert run.returncode == 3
    assert re.search(r"error: .*o\.mp4 holds 2\d of 24 frames: .*\.$", run.lines[-1])
    assert not job.scores.exists()
    assert not any(line.startswith("s ") for line in run.lines)


@pytest.mark.parametrize("clip", ["cut_mkv", "cut_mp4", "scratched", "empty", "text", "sound_only"])
def test_a_damaged_encode_gives_no_score(clip: str, clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    job = jobs(clips("h264"), "h264-review-vmaf", output=str(tmp_path / "o.mp4"))
    shutil.copy(clips(clip), job.output)
    run = job.run("compare")
    assert run.returncode in (3, 4), run.lines
    assert str(job.output) in run.lines[-1]
    assert run.lines[-1].startswith("error: ")
    assert not job.scores.exists()


def test_a_longer_encode_gives_no_score(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    job = jobs(clips("ten_bit"), "h264-review-vmaf", output=str(tmp_path / "o.mp4"))
    shutil.copy(clips("h264"), job.output)
    run = job.run("compare")
    assert run.returncode == 3
    assert "holds 48 of 24 frames" in run.lines[-1]
    assert not job.scores.exists()


def test_nothing_is_left_in_the_working_folder(clips: Clips, jobs: Jobs) -> None:
    job = pair(jobs, clips("bframes"), clips("h264"))
    job.must_run("compare")
    assert list(Path(job.folder, "work").iterdir()) == []
    assert sorted(p.name for p in Path(job.folder, "scores").iterdir()) == [
        "compare.1.json",
        "features.1.json",
        "pair.1.json",
        "scores.json",
    ]
