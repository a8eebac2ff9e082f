# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Stopped, killed, or run twice at once: no process and no half file is left."""

import random
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from clips import Clips
from waiting import wait_for
from worker_jobs import Job, Jobs, Run

from .killing import children, is_gone, kill_at, moments
from .worker_promises import PARTS, failed, nothing_half


@pytest.mark.parametrize("kills", [8, pytest.param(80, marks=pytest.mark.long)])
def test_killed_encodes_leave_no_process_and_no_half_file(kills: int, clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    job = jobs(clips("h264"), output=str(tmp_path / "out" / "o.mp4"), values={"speed": "veryslow", "crf": "1"})
    times = moments(job, "encode", kills)
    made = job.output.read_bytes()
    for seconds in times:
        job.put_older()
        kill_at(job, "encode", seconds)
        assert job.output.read_bytes() in (b"older", made)
    job.must_run()
    assert job.output.read_bytes() == made
    nothing_half(job.output.parent)


@pytest.mark.parametrize("kills", [6, pytest.param(60, marks=pytest.mark.long)])
def test_killed_comparisons_are_whole_after_the_next_run(kills: int, clips: Clips, jobs: Jobs) -> None:
    job = jobs(clips("bframes"), "vmaf-compare", reference=str(clips("h264")))
    times = moments(job, "compare", kills)
    made = job.scores.read_bytes()
    for seconds in times:
        job.scores.unlink(missing_ok=True)
        kill_at(job, "compare", seconds)
        assert not job.scores.exists() or job.scores.read_bytes() == made
    job.must_run("compare")
    assert job.scores.read_bytes() == made
    assert list(Path(job.folder, "work").iterdir()) == []
    assert list(job.scores.parent.glob(".*")) == []


def start_and_wait_for_work(job: Job, layer: str = "encode", **environment: str) -> "subprocess.Popen[bytes]":
    process = job.start(layer, **environment)
    assert process.stdout
    while not process.stdout.readline().startswith(b"+ "):
        assert process.poll() is None
    wait_for(lambda: bool(children(process.pid)))
    return process


@pytest.mark.parametrize("kills", [12, pytest.param(80, marks=pytest.mark.long)])
def test_a_stop_in_the_moment_of_the_start_leaves_nothing(
    kills: int, encode: Job, fake: Callable[[str], str], tmp_path: Path
) -> None:
    chance = random.Random(11)
    mark = tmp_path / "pids"
    mark.touch()
    slow = fake(f"echo $$ >> {mark}; exec sleep 600")
    for _ in range(kills):
        with encode.start(CUEFFMPEG_FFMPEG=slow) as process:
            assert process.stdout
            while not process.stdout.readline().startswith(b"+ "):
                assert process.poll() is None
            time.sleep(chance.uniform(0, 0.02))  # the moment is what is tried
            process.send_signal(signal.SIGTERM)
            printed, _ = process.communicate(timeout=60)
        failed(Run(process.returncode, printed), 75, "stopped")
        assert all(is_gone(int(pid)) for pid in mark.read_text().split())


@pytest.mark.parametrize("body", ["exec sleep 600", "trap '' TERM INT; while :; do read -t 600 < <(sleep 600); done"])
def test_a_stopped_frame_takes_its_ffmpeg_along(body: str, encode: Job, fake: Callable[[str], str]) -> None:
    with start_and_wait_for_work(encode, CUEFFMPEG_FFMPEG=fake(body)) as process:
        child = children(process.pid)[0]
        process.send_signal(signal.SIGTERM)
        printed, _ = process.communicate(timeout=60)
    failed(Run(process.returncode, printed), 75, "stopped")
    assert is_gone(child)
    assert not encode.output.exists()
    nothing_half(encode.output.parent)


def test_a_killed_worker_takes_along_an_ffmpeg_that_ignores_term(encode: Job, fake: Callable[[str], str]) -> None:
    body = "trap '' TERM INT; while :; do read -t 1 < <(:); done"
    with start_and_wait_for_work(encode, CUEFFMPEG_FFMPEG=fake(body)) as process:
        child = children(process.pid)[0]
        process.kill()
    wait_for(lambda: is_gone(child))


def test_a_stop_after_the_work_is_done_changes_nothing(encode: Job) -> None:
    with encode.start(CUEFFMPEG_LOCAL_FARM=None) as process:
        assert process.stdout
        wait_for(lambda: b"wrote" in process.stdout.readline())
        process.send_signal(signal.SIGTERM)
        printed, _ = process.communicate(timeout=60)
    assert process.returncode == 0, printed


def test_two_workers_of_one_frame_make_one_whole_file(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    job = jobs(clips("h264"), output=str(tmp_path / "o.mp4"))
    job.must_run()
    made = job.output.read_bytes()
    for _ in range(3):
        job.output.unlink()
        with job.start() as one, job.start() as other:
            printed = [process.communicate(timeout=60)[0] for process in (one, other)]
        assert [one.returncode, other.returncode] == [0, 0], printed
        assert job.output.read_bytes() == made
        nothing_half(tmp_path)


def test_a_slower_twin_does_not_fail_because_the_faster_was_done(
    clips: Clips, jobs: Jobs, tmp_path: Path, fake: Callable[[str], str], ffmpeg: str
) -> None:
    job = jobs(clips("h264"), output=str(tmp_path / "o.mp4"))
    slow = fake(f'case "$*" in *-progress*) read -t 1.5 < <(sleep 9);; esac; exec {ffmpeg} "$@"')
    with start_and_wait_for_work(job, CUEFFMPEG_FFMPEG=slow) as process:
        job.must_run()
        made = job.output.read_bytes()
        printed, _ = process.communicate(timeout=60)
    assert process.returncode == 0, printed
    assert job.output.read_bytes() == made
    nothing_half(tmp_path)


def test_parts_of_the_dead_are_removed_and_parts_of_others_are_not(encode: Job) -> None:
    encode.must_run()
    folder = encode.output.parent
    (folder / ".cueffmpeg-000000000000.host.1.part.mp4").touch()
    encode.must_run()
    assert [path.name for path in folder.glob(PARTS)] == [".cueffmpeg-000000000000.host.1.part.mp4"]
