# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Nothing is left of what was killed, in whatever folder it was."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from clips import Clips
from waiting import wait_for
from worker_jobs import Job

from cueffmpeg_gui.jobs.part_names import part_stem
from cueffmpeg_gui.jobs.runs import this_run

from .conftest import CommandLine
from .worker_promises import PARTS, nothing_half

NOTE = "import sys; from cueffmpeg_gui.api.submit.unsent import note_sending; note_sending(*sys.argv[1:])"


def dead_run() -> str:
    code = "from cueffmpeg_gui.jobs.runs import this_run; print(this_run())"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_what_a_killed_run_left_goes_with_the_next_one(encode: Job) -> None:
    out, work = encode.output.parent, Path(encode.folder, "work")
    dead = dead_run()
    (out / f".cueffmpeg-000000000000.{dead}.part.mov").touch()
    (out / f".cueffmpeg-000000000000.{this_run()}.part.mov").touch()
    (work / f"pass.{dead}").mkdir()
    (work / f"pass.{dead}" / "pass-0.log").touch()
    (work / f".cueffmpeg-000000000000.{dead}.part.json").touch()
    encode.must_run()
    assert [path.name for path in out.glob(PARTS)] == [f".cueffmpeg-000000000000.{this_run()}.part.mov"]
    assert [path for path in work.iterdir() if not path.name.startswith("output.")] == []


def test_a_killed_job_leaves_nothing_in_the_artists_folder(
    clips: Clips, tmp_path: Path, fake: Callable[[str], str]
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    stubborn = fake('trap "" TERM INT; while :; do read -t 1 < <(:); sleep 0.05; done')
    cueffmpeg = CommandLine(tmp_path / "home", CUEFFMPEG_FFMPEG=stubborn, CUEFFMPEG_LOCAL_CORES="2")
    try:
        sent = cueffmpeg("submit", "h264-review", "--source", str(clips("h264")), "--output", f"{out}/o.mp4", "--json")
        assert sent.code == 0, sent.err
        wait_for(lambda: list(out.glob(PARTS)), "a part")
        assert cueffmpeg("kill", sent.json["job"]).code == 0
        nothing_half(out)
    finally:
        cueffmpeg("farm", "stop")
    assert list(out.iterdir()) == []
    assert not os.path.exists(part_stem(f"{out}/o.mp4", sent.json["folder"]))


@pytest.mark.parametrize("taken", [True, False])
def test_the_folder_of_a_submit_that_was_killed(
    taken: bool, cueffmpeg: CommandLine, clips: Clips, tmp_path: Path
) -> None:
    def submit(name: str) -> Path:
        sent = ["submit", "h264-review", "--source", str(clips("h264")), "--output", f"{tmp_path}/{name}.mp4"]
        return Path(cueffmpeg(*sent, "--paused", "--json", "--name", name).json["folder"])

    folder = submit(f"first_{taken}".lower())
    if not taken:
        moved = folder.with_name(f"{folder.name}_9")
        folder = folder.rename(moved)
    root = folder.parent.parent.parent
    subprocess.run([sys.executable, "-c", NOTE, root, folder, cueffmpeg.home / "state" / "localfarm"], check=True)
    (note,) = (root / ".sending").iterdir()
    submit(f"second_{taken}".lower())
    assert note.exists()  # the farm may be at work on it yet
    os.utime(note, (0, 0))
    submit(f"third_{taken}".lower())
    assert folder.exists() is taken
    assert list((root / ".sending").iterdir()) == []
