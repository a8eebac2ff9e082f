# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Frames that are killed leave nothing half, and their retry gives the same."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from films import Shots, nothing_half
from worker_jobs import Job


def left(job: Job) -> dict[str, bytes]:
    """Everything under a final name that a job makes."""
    names = ("chunks", "audio", "scores")
    files = [path for name in names for path in Path(job.folder, name).iterdir() if not path.name.startswith(".")]
    return {path.name: path.read_bytes() for path in [*files, job.output] if path.exists()}


def killed_rounds(job: Job, rounds: int, seed: int) -> None:
    job.run_all()
    whole = left(job)
    choice = random.Random(seed)
    for _ in range(rounds):
        layer, frame = choice.choice(job.frames)
        forget(job, layer, frame)
        process = job.start_frame(layer, frame, own_group=True)
        time.sleep(choice.uniform(0, 0.6))
        if choice.random() < 0.5:
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=60)
        for name, content in left(job).items():
            assert content == whole[name], f"{name} is half after a kill of {layer} {frame}"
        job.run_all()
        assert left(job) == whole
        assert nothing_half(job) == []


def forget(job: Job, layer: str, frame: int) -> None:
    """Removes what a frame makes, so that it has work to do."""
    made = {"encode": f"chunks/encode.{frame}.*", "audio": "audio/*", "compare": f"scores/compare.{frame}.json",
            "summary": "scores/scores.json"}  # fmt: skip
    if layer == "join":
        job.output.unlink()
    for path in Path(job.folder).glob(made.get(layer, "none")):
        path.unlink()


def test_killed_frames_leave_nothing_half_and_their_retry_gives_the_same(film: Any, shots: Shots) -> None:
    killed_rounds(film(preset="dpx-h264-vmaf", audio=shots.wav(), chunk="16"), rounds=3, seed=1)


# Runs a worker and kills it with KILL right before or after it gives the nth file its final name.
KILLED_AT_RENAME = """
import os, runpy, signal, sys
_, when, number, *sys.argv = sys.argv
replace, left = os.replace, [int(number)]
def dying(source, target):
    left[0] -= 1
    if when == "before" and left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    replace(source, target)
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
os.replace = dying
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@pytest.mark.parametrize("when", ["before", "after"])
def test_frames_killed_while_files_get_their_names_leave_nothing_half(when: str, film: Any, shots: Shots) -> None:
    job = film(preset="dpx-h264-vmaf", audio=shots.wav(), chunk="16")
    job.run_all()
    whole = left(job)
    for layer, frame in [("encode", 1017), ("audio", 1001), ("join", 1001), ("compare", 1017), ("summary", 1001)]:
        for number in range(1, 4):
            forget(job, layer, frame)
            argv = [sys.executable, "-I", "-S", "-c", KILLED_AT_RENAME, when, str(number)]
            ended = subprocess.run(
                [*argv, f"{job.folder}/worker.pyz", job.folder, layer, str(frame)],
                env={"PATH": os.environ["PATH"], "CUEFFMPEG_FFMPEG": job.ffmpeg, "CUEFFMPEG_LOCAL_FARM": "1"},
                capture_output=True, check=False,
            )  # fmt: skip
            assert all(content == whole[name] for name, content in left(job).items())
            assert job.run_frame(layer, frame).returncode == 0
            assert left(job) == whole
            assert nothing_half(job) == [], (layer, number)
            if ended.returncode == 0:
                break
            assert ended.returncode == -signal.SIGKILL


@pytest.mark.long
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("seed", range(5))
def test_frames_killed_many_times_leave_nothing_half(seed: int, film: Any, shots: Shots) -> None:
    killed_rounds(film(preset="dpx-h264-vmaf", audio=shots.wav(), chunk="16"), rounds=10, seed=seed + 10)
