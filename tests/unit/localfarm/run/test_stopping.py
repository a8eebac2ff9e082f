# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A farm that is told to stop is gone soon, whatever keeps it."""

import os
import signal
import time
from pathlib import Path

from farm_jobs import Start, frames_of, jobs_of, launch, layer
from opencue_proto import job_pb2
from waiting import wait_for

from cueffmpeg_gui.localfarm import control
from cueffmpeg_gui.localfarm.state_file import is_held, read_state


def stop_seconds(root: Path) -> float:
    begin = time.monotonic()
    assert control.stop(root)
    assert not is_held(root)
    return time.monotonic() - begin


def test_frames_that_ignore_term_do_not_hold_it(root: Path, start: Start) -> None:
    with jobs_of(start(kill_grace=3600.0)) as jobs:
        stubborn = "bash -c 'trap true TERM; while true; do sleep 0.1; done'"
        job = launch(jobs, layer(stubborn))
        wait_for(lambda: frames_of(jobs, job)[0].state == job_pb2.RUNNING, "it runs")
    assert stop_seconds(root) < control.STOP_SECONDS
    with jobs_of(start()) as jobs:
        assert frames_of(jobs, job)[0].state in (job_pb2.WAITING, job_pb2.RUNNING)


def test_a_farm_that_cannot_move_is_killed(root: Path, start: Start) -> None:
    start()
    state = read_state(root)
    assert state is not None
    os.kill(state.pid, signal.SIGSTOP)
    assert stop_seconds(root) < control.STOP_SECONDS
