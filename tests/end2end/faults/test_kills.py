# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Kills at any moment, of whatever there is: no wrong byte, no wrong score, no job without its folder."""

import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from clips import Clips
from decodes import full_decode
from waiting import wait_for
from worker_jobs import Jobs

from cueffmpeg_gui.localfarm.state_file import is_held

from ..conftest import CommandLine
from ..killing import kill_after, kill_at, moments
from ..worker_promises import nothing_half
from .losses import Losses, Tally

SEED = 20261128
FAST = {"speed": "ultrafast", "gop": "8"}
LONG = [pytest.mark.long, pytest.mark.timeout(3600)]


def rounds(quick: int, long: int) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("kills", [quick, pytest.param(long, marks=LONG)])


@rounds(2, 60)
def test_encodes(kills: int, clips: Clips, jobs: Jobs, tmp_path: Path, losses: Losses) -> None:
    chance = random.Random(SEED)
    (tmp_path / "out").mkdir()
    job = jobs(clips("h264"), output=str(tmp_path / "out" / "o.mp4"), values={"speed": "veryslow", "crf": "1"})
    times = moments(job, "encode", kills)
    made = job.output.read_bytes()
    with losses.attack("kills of encodes") as tally:
        for _ in range(kills):
            job.put_older()
            kill_at(job, "encode", chance.uniform(0, times[-1] * 1.3))
            found = job.output.read_bytes()
            tally.check(found in (b"older", made), "older" if found == b"older" else "whole", "wrong bytes")
        job.must_run()
        assert job.output.read_bytes() == made
        nothing_half(job.output.parent)


@rounds(2, 50)
def test_comparisons(kills: int, clips: Clips, jobs: Jobs, losses: Losses) -> None:
    chance = random.Random(SEED)
    job = jobs(clips("bframes"), "vmaf-compare", reference=str(clips("h264")))
    times = moments(job, "compare", kills)
    made = job.scores.read_bytes()
    with losses.attack("kills of comparisons") as tally:
        for _ in range(kills):
            job.scores.unlink(missing_ok=True)
            kill_at(job, "compare", chance.uniform(0, times[-1] * 1.3))
            found = job.scores.read_bytes() if job.scores.exists() else None
            tally.check(found in (None, made), "whole" if found else "none", "wrong scores")
        job.must_run("compare")
        assert job.scores.read_bytes() == made
        assert list(Path(job.folder, "work").iterdir()) == []


@rounds(2, 40)
def test_chunked_jobs(kills: int, clips: Clips, jobs: Jobs, tmp_path: Path, losses: Losses) -> None:
    """A killed frame is run again, as a farm does; whatever was killed, the film and its scores come out the same."""
    chance = random.Random(SEED)
    (tmp_path / "out").mkdir()
    output = str(tmp_path / "out" / "o.mp4")
    job = jobs(clips("h264"), "h264-review-vmaf", output=output, chunk="24", values=FAST)
    begun = time.monotonic()
    job.run_all()
    usual = (time.monotonic() - begun) / len(job.frames)
    film, scores = job.output.read_bytes(), job.scores.read_bytes()
    with losses.attack("kills of frames of chunked jobs") as tally:
        left = kills
        while left:
            job.output.unlink()
            for layer, frame in job.frames:
                if left and chance.random() < 0.6:
                    kill_after(job.start_frame(layer, frame), chance.uniform(0, usual * 1.2))
                    left -= 1
                    whole = not job.output.exists() or job.output.read_bytes() == film
                    tally.check(whole, layer, f"{layer} {frame}: wrong bytes")
                run = job.run_frame(layer, frame)
                assert run.returncode == 0, run.lines
            assert (job.output.read_bytes(), job.scores.read_bytes()) == (film, scores)
        nothing_half(job.output.parent)


class Attacked:
    """A farm, and a film that a job on it should make."""

    def __init__(self, cueffmpeg: CommandLine, source: Path, folder: Path, ffmpeg: str) -> None:
        self.cueffmpeg, self.source, self.folder, self._ffmpeg = cueffmpeg, source, folder, ffmpeg
        self.sent: dict[str, Path] = {}

    def arguments(self, name: str, *more: str) -> list[str]:
        output = self.folder / f"{name}.mp4"
        return ["submit", "h264-review", "--source", str(self.source), "--output", str(output), "--name", name, *more]

    def submit(self, name: str, *more: str) -> Any:
        ran = self.cueffmpeg(*self.arguments(name, "--json", *more))
        assert ran.code == 0, ran.err
        self.sent[ran.json["job"]] = Path(ran.json["folder"])
        return ran.json

    def start(self, name: str) -> "subprocess.Popen[bytes]":
        return self.cueffmpeg.start(*self.arguments(name, "--paused"))

    def jobs(self) -> list[str]:
        return [job["name"] for job in self.cueffmpeg("jobs", "--json").json]

    def pictures(self, name: str) -> list[str]:
        return full_decode(self._ffmpeg, self.folder / f"{name}.mp4")

    @property
    def root(self) -> Path:
        return self.cueffmpeg.home / "state" / "localfarm"


@pytest.fixture
def attacked(clips: Clips, tmp_path: Path, ffmpeg: str) -> Iterator[Attacked]:
    command_line = CommandLine(tmp_path / "home", CUEFFMPEG_LOCAL_CORES="2", CUEFFMPEG_USER="alice")
    (tmp_path / "out").mkdir()
    yield Attacked(command_line, clips("h264"), tmp_path / "out", ffmpeg)
    command_line("farm", "stop")


@rounds(2, 30)
def test_submits(kills: int, attacked: Attacked, losses: Losses) -> None:
    chance = random.Random(SEED)
    whole = attacked.submit("first", "--paused")
    begun = time.monotonic()
    attacked.submit("second", "--paused")
    usual = time.monotonic() - begun
    folders = Path(whole["folder"]).parent
    with losses.attack("kills of submits") as tally:
        for number in range(kills):
            with attacked.start(f"kill{number}") as process:
                with suppress(subprocess.TimeoutExpired):
                    process.wait(chance.uniform(0.4, 1.3) * usual)
                process.kill()
        taken = set(attacked.jobs())
        for number in range(kills):
            name = whole["job"].replace("first", f"kill{number}")
            has_folder = (folders / name / "job.json").exists()
            tally.check(has_folder or name not in taken, "taken" if name in taken else "not taken", f"{name} lost it")
        for note in (folders.parent.parent / ".sending").glob("*"):
            os.utime(note, (0, 0))
        attacked.submit("last", "--paused")
        left = {folder.name for folder in folders.iterdir()} - set(attacked.jobs())
        assert not left, left


@rounds(1, 20)
def test_farms(kills: int, attacked: Attacked, losses: Losses) -> None:
    chance = random.Random(SEED)
    begun = time.monotonic()
    attacked.submit("first", "--wait")
    usual = time.monotonic() - begun
    right = attacked.pictures("first")
    with losses.attack("kills of the local farm") as tally:
        for number in range(kills):
            job = attacked.submit(f"kill{number}")["job"]
            time.sleep(chance.uniform(0, usual / 2))  # the moment is what is tried
            os.kill(attacked.cueffmpeg.farm_pid(), signal.SIGKILL)
            wait_for(lambda: not is_held(attacked.root), "the farm's end")
            assert attacked.cueffmpeg("farm", "start").code == 0
            waited = attacked.cueffmpeg("wait", job)
            end_farm_round(attacked, tally, f"kill{number}", waited.code, right)
        assert set(attacked.jobs()) == set(attacked.sent)


def end_farm_round(attacked: Attacked, tally: Tally, name: str, code: int, right: list[str]) -> None:
    tally.check(code == 0 and attacked.pictures(name) == right, "done", f"{name} ended with {code}")
