# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The command line as a person has it, with a home and a real local farm of its own; and workers on job folders."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from clips import Clips
from waiting import wait_for
from worker_jobs import Job, Jobs

PATIENCE_SECONDS = 120


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, which must be JSON and nothing else."""
        return json.loads(self.out)


class CommandLine:
    """cueffmpeg with a home of its own."""

    def __init__(self, home: Path, **environment: str) -> None:
        self.home = home
        self._environment = {**os.environ, "CUEFFMPEG_HOME": str(home), **environment}

    def __call__(self, *arguments: str | bytes) -> Ran:
        """Runs a command to its end."""
        done = subprocess.run(
            [sys.executable, "-m", "cueffmpeg_gui", *arguments],
            env=self._environment,
            capture_output=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
        return Ran(done.returncode, os.fsdecode(done.stdout), os.fsdecode(done.stderr))

    def start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """Starts a command, to be killed."""
        return subprocess.Popen(
            [sys.executable, "-m", "cueffmpeg_gui", *arguments],
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def until(self, job: str, wanted: Callable[[Any], bool]) -> Any:
        """The status of a job once it is as wanted."""
        seen: list[Any] = []

        def is_as_wanted() -> bool:
            seen[:] = [self("status", job, "--json").json]
            return wanted(seen[0])

        wait_for(is_as_wanted, lambda: f"{job} is {seen}")
        return seen[0]

    def farm_pid(self) -> int:
        """The process of the local farm."""
        return int(self("farm", "status", "--json").json["pid"])


@pytest.fixture(scope="module")
def cueffmpeg(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CommandLine]:
    """One home and farm for a module's tests."""
    command_line = CommandLine(tmp_path_factory.mktemp("home"), CUEFFMPEG_LOCAL_CORES="2")
    yield command_line
    command_line("farm", "stop")


@pytest.fixture
def encode(clips: Clips, jobs: Jobs, tmp_path: Path) -> Job:
    (tmp_path / "out").mkdir()
    return jobs(clips("prores"), output=str(tmp_path / "out" / "o.mp4"))


@pytest.fixture
def both(clips: Clips, jobs: Jobs, tmp_path: Path) -> Job:
    (tmp_path / "out").mkdir()
    return jobs(clips("h264"), "h264-review-vmaf", output=str(tmp_path / "out" / "o.mp4"))


@pytest.fixture
def fake(tmp_path: Path, ffmpeg: str) -> Callable[[str], str]:
    """An ffmpeg that lists what the real one lists, and does `body` when there is work."""

    def make(body: str) -> str:
        path = tmp_path / "fake-ffmpeg"
        listing = f'case "$*" in *-encoders*|*-filters*) exec {ffmpeg} "$@";; esac'
        path.write_text(f"#!/bin/bash\n{listing}\n{body}\n")
        path.chmod(0o755)
        return str(path)

    return make


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mounts a small file system of its own."""
    place = tmp_path / "disk"
    place.mkdir()

    def mount(options: str) -> Path:
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", place], capture_output=True, check=False)
        if done.returncode:
            pytest.skip("this user may not mount a small disk")
        return place

    yield mount
    subprocess.run(["umount", place], capture_output=True, check=False)
