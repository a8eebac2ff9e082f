# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""When the disk of the local farm's state is full, or its folder is gone, all are told; then it goes on, or ends."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from clips import Clips
from waiting import wait_for

from .conftest import CommandLine

SAID = "cannot write its state"


@pytest.fixture
def small(tmp_path: Path, tiny_disk: Callable[[str], Path]) -> Iterator[CommandLine]:
    """A home whose local farm lies on a disk of its own; job folders and films lie elsewhere."""
    disk = tiny_disk("size=2m")
    (tmp_path / "home" / "state").mkdir(parents=True)
    (tmp_path / "home" / "state" / "localfarm").symlink_to(disk)
    command_line = CommandLine(tmp_path / "home", CUEFFMPEG_LOCAL_CORES="2")
    yield command_line
    command_line("farm", "stop")


def fill(disk: Path) -> Path:
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65536, 512, 1):
            while True:
                try:
                    file.write(bytes(size))
                except OSError:
                    break
    return filler


def test_a_full_disk_of_the_farm_is_told_and_ends_by_itself(small: CommandLine, clips: Clips, tmp_path: Path) -> None:
    arguments = ("--source", str(clips("h264")), "--output", str(tmp_path / "o.mp4"), "--paused", "--json")
    job = small("submit", "h264-review", *arguments).json["job"]
    filler = fill(tmp_path / "disk")
    small("resume", job)
    begin = time.monotonic()
    waited = small("wait", job)
    assert (waited.code, SAID in waited.err) == (4, True), waited
    assert time.monotonic() - begin < 30  # a reader's minute is not spent on it
    assert len(waited.err.strip().splitlines()) <= 2
    examined = small("doctor", "--json").json
    assert [SAID in one["fix"] for one in examined if one["name"] == "farm"] == [True]
    filler.unlink()
    wait_for(lambda: small("resume", job).code == 0, "the farm goes on")
    assert small("wait", job).code == 0
    assert (tmp_path / "o.mp4").exists()


def test_a_farm_that_cannot_start_for_want_of_room_is_unreachable(small: CommandLine, tmp_path: Path) -> None:
    fill(tmp_path / "disk")
    started = small("farm", "start")
    assert started.code == 4
    assert "cannot use" in started.err or "cannot be" in started.err


def test_a_farm_whose_folder_is_gone_ends_and_so_do_its_frames(tmp_path: Path) -> None:
    command_line = CommandLine(tmp_path / "home", CUEFFMPEG_LOCAL_CORES="2")
    command_line("farm", "start")
    pid = command_line.farm_pid()
    shutil.rmtree(tmp_path / "home")

    wait_for(lambda: is_gone(pid), "the farm ends")
    assert not os.path.exists(tmp_path / "home" / "state" / "localfarm" / "farm.json")


def test_a_farm_whose_folder_is_gone_takes_nothing_of_the_next_farm_along(tmp_path: Path) -> None:
    command_line = CommandLine(tmp_path / "home", CUEFFMPEG_LOCAL_CORES="2")
    command_line("farm", "start")
    first = command_line.farm_pid()
    shutil.rmtree(tmp_path / "home")
    command_line("farm", "start")
    second = command_line.farm_pid()
    assert second != first
    wait_for(lambda: is_gone(first), "the first farm ends")
    assert command_line.farm_pid() == second
    assert str(second) in command_line("farm", "status").out
    command_line("farm", "stop")


def is_gone(pid: int) -> bool:
    done = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return not done.stdout.strip() or done.stdout.startswith("Z")
