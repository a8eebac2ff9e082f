# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""One output has one owner: nobody's file is replaced unasked, and nobody's file passes as the job's own."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from clips import Clips
from waiting import wait_for
from worker_jobs import Job, Jobs, Run

from .conftest import CommandLine
from .test_worker_stopped import start_and_wait_for_work
from .worker_promises import failed, nothing_half

Fake = Callable[[str], str]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


@pytest.fixture
def pair(clips: Clips, jobs: Jobs, out: Path) -> tuple[Job, Job]:
    """Two jobs of one output, of pictures equal in number; both were sent while nothing was there."""
    output = str(out / "o.mp4")
    low = jobs(clips("h264"), "h264-review-vmaf", output=output, values={"crf": "40"})
    high = jobs(clips("h264"), "h264-review-vmaf", output=output, values={"crf": "10"})
    return low, high


def test_a_file_of_somebody_else_is_left_alone(encode: Job) -> None:
    encode.output.write_bytes(b"precious")
    failed(encode.run(), 2, str(encode.output), "did not make")
    assert encode.output.read_bytes() == b"precious"
    nothing_half(encode.output.parent)


def test_a_file_that_comes_while_it_is_encoded_is_left_alone(encode: Job, fake: Fake, ffmpeg: str) -> None:
    waiting = encode.output.parent / "go"
    slow = fake(f'case "$*" in *-progress*) while ! [ -e {waiting} ]; do sleep 0.05; done;; esac; exec {ffmpeg} "$@"')
    with start_and_wait_for_work(encode, CUEFFMPEG_FFMPEG=slow) as process:
        encode.output.write_bytes(b"precious")
        waiting.touch()
        printed, _ = process.communicate(timeout=60)
    failed(Run(process.returncode, printed), 2, str(encode.output), "did not make")
    assert encode.output.read_bytes() == b"precious"
    nothing_half(encode.output.parent)


def test_of_two_jobs_with_one_output_only_the_owner_gets_scores(pair: tuple[Job, Job]) -> None:
    low, high = pair
    low.must_run()
    made = low.output.read_bytes()
    failed(high.run(), 2, "did not make")
    failed(high.run("compare"), 3, "is not the encode that this job made")
    assert not high.scores.exists()
    low.must_run("compare")
    assert low.output.read_bytes() == made


def test_neither_job_removes_the_others_part(pair: tuple[Job, Job], fake: Fake, ffmpeg: str) -> None:
    low, high = pair
    waiting = low.output.parent / "go"
    slow = fake(f'case "$*" in *-progress*) while ! [ -e {waiting} ]; do sleep 0.05; done;; esac; exec {ffmpeg} "$@"')
    with start_and_wait_for_work(low, CUEFFMPEG_FFMPEG=slow) as process:
        high.must_run()
        made = high.output.read_bytes()
        waiting.touch()
        printed, _ = process.communicate(timeout=60)
    failed(Run(process.returncode, printed), 2, "did not make")
    assert high.output.read_bytes() == made
    nothing_half(high.output.parent)


def test_another_film_of_as_many_frames_gets_no_score(pair: tuple[Job, Job], tmp_path: Path) -> None:
    low, high = pair
    low.must_run()
    shutil.move(low.output, tmp_path / "low.mp4")
    high.must_run()
    shutil.copy(tmp_path / "low.mp4", high.output)
    failed(high.run("compare"), 3, "is not the encode that this job made")


def test_a_job_replaces_its_own_film(clips: Clips, encode: Job) -> None:
    encode.must_run()
    made = encode.output.read_bytes()
    encode.must_run()
    os.utime(encode.output, ns=(1, 1))
    encode.must_run()
    assert encode.output.read_bytes() == made


LEFT_ALONE: dict[str, Callable[[Path], object]] = {
    "a link": lambda path: path.symlink_to(path.with_name("elsewhere.mp4")),
    "no ordinary file": os.mkfifo,
    "read-only": lambda path: path.touch(0o444),
}


@pytest.mark.parametrize("what", LEFT_ALONE)
def test_some_things_are_not_replaced_even_when_asked(
    what: str, cueffmpeg: CommandLine, clips: Clips, out: Path
) -> None:
    LEFT_ALONE[what](out / "o.mp4")
    sent = ["submit", "h264-review", "--source", str(clips("h264")), "--output", str(out / "o.mp4")]
    refused = cueffmpeg(*sent, "--replace")
    assert refused.code == 3
    assert f"{out / 'o.mp4'} is {what}" in refused.err
    assert cueffmpeg(*sent, "--number", "--dry-run", "--json").json["output"] == str(out / "o_2.mp4")


def test_a_file_that_is_there_is_asked_about(cueffmpeg: CommandLine, clips: Clips, out: Path) -> None:
    sent = ["submit", "h264-review", "--source", str(clips("h264")), "--output", str(out / "o.mp4"), "--json"]
    first = cueffmpeg(*sent, "--wait")
    assert first.code == 0
    folders = set(os.listdir(Path(first.json["folder"]).parent))
    again = cueffmpeg(*sent)
    assert again.code == 3
    assert "is there already" in again.err
    assert "--replace" in again.err
    from_folder = cueffmpeg("submit", "--from", first.json["folder"])
    assert from_folder.code == 3
    assert "replace it (--replace), or number the new one (--number)." in from_folder.err
    assert cueffmpeg("submit", "--from", first.json["folder"], "--output", str(out / "p.mp4")).code == 2
    assert set(os.listdir(Path(first.json["folder"]).parent)) == folders
    before = (out / "o.mp4").stat()
    assert cueffmpeg(*sent, "--wait", "--number").json["output"] == str(out / "o_2.mp4")
    assert cueffmpeg("submit", "--from", first.json["folder"], "--json", "--wait", "--number").json["output"] == str(
        out / "o_3.mp4"
    )
    assert (out / "o.mp4").stat().st_ino == before.st_ino
    assert cueffmpeg(*sent, "--wait", "--replace").json["output"] == str(out / "o.mp4")
    assert (out / "o.mp4").stat().st_ino != before.st_ino
    assert sorted(os.listdir(out)) == ["o.mp4", "o_2.mp4", "o_3.mp4"]


def test_what_a_living_job_writes_is_taken(cueffmpeg: CommandLine, clips: Clips, out: Path) -> None:
    sent = ["submit", "h264-review", "--source", str(clips("h264")), "--output", str(out / "o.mp4"), "--json"]
    living = cueffmpeg(*sent, "--paused")
    for choice in ([], ["--replace"]):
        refused = cueffmpeg(*sent, *choice)
        assert refused.code == 3
        assert "A job that is not done yet writes" in refused.err
    assert cueffmpeg(*sent, "--number", "--paused").json["output"] == str(out / "o_2.mp4")
    assert cueffmpeg("kill", living.json["job"]).code == 0
    wait_for(lambda: cueffmpeg("status", living.json["id"], "--json").json["state"] == "FINISHED")
    assert cueffmpeg(*sent, "--paused").code == 0
