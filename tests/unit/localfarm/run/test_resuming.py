# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A farm that was killed or stopped goes on where it was, and leaves no frame behind."""

import os
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

from farm_jobs import Start, frames_of, jobs_of, launch, layer, wait_finished
from opencue_proto import job_pb2
from waiting import wait_for

from cueffmpeg_gui.localfarm import control
from cueffmpeg_gui.localfarm.state_file import is_held, read_state


def killed_farm(root: Path) -> int:
    """kill -9 the farm of root."""
    state = read_state(root)
    assert state is not None
    os.kill(state.pid, signal.SIGKILL)
    wait_for(lambda: not is_held(root), "the farm is gone")
    assert control.status(root) is None
    return state.pid


def test_a_killed_farm_resumes(root: Path, start: Start, tmp_path: Path) -> None:
    """Finished frames stay finished, running ones run again, and never two copies of one at once."""
    written = tmp_path / "written"
    written.mkdir()
    work = f"echo $$ >> {written}/#IFRAME#; test -e {tmp_path}/go && exit 0; sleep 0.02"
    slow = f"sh -c 'while true; do {work}; done'"
    with jobs_of(start()) as jobs:
        job = launch(jobs, layer("/bin/true", "1-2", "fast"), layer(slow, "1-3", "slow"))
        wait_for(lambda: len(list(written.iterdir())) == 2, "two slow frames run")
        wait_for(lambda: sum(f.state == job_pb2.SUCCEEDED for f in frames_of(jobs, job)) == 2, "the fast ones are done")
        before = {frame.name: frame.stop_time for frame in frames_of(jobs, job) if frame.state == job_pb2.SUCCEEDED}
    killed_farm(root)
    orphans = pids_in(written)
    assert all(is_alive(pid) for pid in orphans)

    with jobs_of(start()) as jobs:
        assert not any(is_alive(pid) for pid in orphans)  # gone before anything runs again
        wait_for(lambda: len(pids_in(written) - orphans) == 2, "both run again")
        frames = {frame.name: frame for frame in frames_of(jobs, job)}
        for name, stopped in before.items():
            assert (frames[name].state, frames[name].stop_time) == (job_pb2.SUCCEEDED, stopped)
        again = frames["0001-slow"]
        assert (again.state, again.retry_count) == (job_pb2.RUNNING, 0)
        (tmp_path / "go").touch()
        wait_finished(jobs, job)
    for path in written.iterdir():
        pids = path.read_text().split()
        assert pids == sorted(pids, key=pids.index), "two copies wrote in turns"


def pids_in(folder: Path) -> set[int]:
    return {int(pid) for path in folder.iterdir() for pid in path.read_text().split()}


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_an_orphan_in_a_session_of_its_own_is_found_too(root: Path, start: Start, tmp_path: Path) -> None:
    with jobs_of(start()) as jobs:
        launch(jobs, layer(f"setsid sh -c 'echo $$ > {tmp_path}/pid; exec sleep 600'"))
        pid = int(wait_for(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text(), "the frame runs"))
    killed_farm(root)
    (tmp_path / "pid").unlink()
    assert is_alive(pid)
    start()
    assert not is_alive(pid)


def test_a_process_that_only_has_the_number_of_an_old_frame_is_left_alone(root: Path, start: Start) -> None:
    with jobs_of(start()) as jobs:
        job = launch(jobs, layer("sleep 600"))
        wait_for(lambda: frames_of(jobs, job)[0].state == job_pb2.RUNNING, "the frame runs")
    killed_farm(root)
    begin = clock_ticks()  # a number is not used again within one tick of the clock that tells processes apart
    wait_for(lambda: clock_ticks() > begin + 1, "the clock ticks")
    with subprocess.Popen(["sleep", "600"], start_new_session=True) as bystander:
        database = sqlite3.connect(root / "farm.db")
        old = database.execute("SELECT pid FROM frame").fetchone()[0]
        database.execute("UPDATE frame SET pid = ?", (bystander.pid,))
        database.commit()
        database.close()
        start()
        assert bystander.poll() is None
        assert not is_alive(old)  # by the mark it carries
        bystander.kill()


def clock_ticks() -> int:
    return int(time.clock_gettime(time.CLOCK_BOOTTIME) * os.sysconf("SC_CLK_TCK"))


def test_stopping_ends_frames_and_they_run_again(root: Path, start: Start, tmp_path: Path) -> None:
    command = f"sh -c 'echo $$ >> {tmp_path}/pids; test -e {tmp_path}/go && exit 0; exec sleep 600'"
    with jobs_of(start()) as jobs:
        job = launch(jobs, layer(command))
        wait_for(lambda: (tmp_path / "pids").exists() and (tmp_path / "pids").read_text(), "the frame runs")
    control.stop(root)
    (pid,) = (tmp_path / "pids").read_text().split()
    assert not is_alive(int(pid))
    (tmp_path / "go").touch()
    with jobs_of(start()) as jobs:
        wait_finished(jobs, job)
        (frame,) = frames_of(jobs, job)
        assert (frame.state, frame.retry_count) == (job_pb2.SUCCEEDED, 0)
