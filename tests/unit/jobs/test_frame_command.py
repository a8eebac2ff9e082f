# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The command of a layer, as shells of hosts run it: it waits for a job folder whose storage is away."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from waiting import wait_for

from cueffmpeg_gui.jobs.plan import frame_command

Start = Callable[..., "subprocess.Popen[bytes]"]
SHELLS = [shell for shell in ("/bin/dash", "/bin/bash", "/bin/sh") if os.path.exists(shell)]
WORKER = "import sys\nprint('works', sys.argv[1:])\nsys.exit(7)\n"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Hosts whose seconds are short."""
    shim = tmp_path / "bin" / "sleep"
    shim.parent.mkdir()
    shim.write_text("#!/bin/sh\nexec /bin/sleep 0.05\n")
    shim.chmod(0o755)
    return {"PATH": f"{shim.parent}:{os.environ['PATH']}"}


@pytest.fixture(params=SHELLS)
def start(request: pytest.FixtureRequest, environment: dict[str, str], tmp_path: Path) -> Iterator[Start]:
    """Runs the command of a frame out of a file, as hosts do."""
    script = tmp_path / "frame.sh"
    begun: list[subprocess.Popen[bytes]] = []

    def start(folder: Path, **more: str) -> "subprocess.Popen[bytes]":
        script.write_text(frame_command(str(folder), "encode").replace("#IFRAME#", "12") + "\n")
        argv = [request.param, str(script)]
        with (tmp_path / "log").open("wb") as log:
            begun.append(subprocess.Popen(argv, env={**environment, **more}, stdout=log, stderr=log))
        return begun[-1]

    yield start
    for process in begun:
        process.kill()
        process.wait()


def put_worker(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "worker.pyz").write_text(WORKER)


def test_the_worker_gets_folder_layer_and_frame_and_says_how_it_ends(start: Start, tmp_path: Path) -> None:
    put_worker(tmp_path / "jobs/show/shot@a")
    assert start(tmp_path / "jobs/show/shot@a").wait() == 7
    assert (tmp_path / "log").read_text() == f"works ['{tmp_path}/jobs/show/shot@a', 'encode', '12']\n"


def test_a_folder_whose_storage_is_away_is_waited_for(start: Start, tmp_path: Path) -> None:
    process = start(tmp_path / "jobs/show/shot")
    wait_for(lambda: "is away; waiting" in (tmp_path / "log").read_text(), "it says that it waits")
    put_worker(tmp_path / "unmounted/show/shot")
    (tmp_path / "unmounted").rename(tmp_path / "jobs")
    assert process.wait() == 7
    first, *_, last = (tmp_path / "log").read_text().splitlines()
    assert first == f"note: the storage of {tmp_path}/jobs/show/shot is away; waiting 5 s for it"
    assert last.startswith("works")


@pytest.mark.parametrize("patience", ["7", "7.5", "0", "soon"])
def test_it_is_not_waited_for_without_end(start: Start, patience: str, tmp_path: Path) -> None:
    assert start(tmp_path / "jobs/shot", CUEFFMPEG_STORAGE_SECONDS=patience).wait(60) == 2
    assert (tmp_path / "log").read_text().count("is away") <= 2


def test_a_folder_that_was_removed_from_among_others_is_not_waited_for(start: Start, tmp_path: Path) -> None:
    put_worker(tmp_path / "jobs/show/other")
    assert start(tmp_path / "jobs/show/shot").wait() == 2
    assert "is away" not in (tmp_path / "log").read_text()
