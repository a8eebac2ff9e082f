# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Whether a run of a frame is over, by its name alone."""

import os
import subprocess
import sys

from waiting import wait_for

from cueffmpeg_gui.jobs.part_names import run_of
from cueffmpeg_gui.jobs.runs import is_dead, this_run

NAME = "from cueffmpeg_gui.jobs.runs import this_run; print(this_run(), flush=True); input()"


def test_this_run_lives() -> None:
    assert not is_dead(this_run())


def test_a_run_is_dead_when_it_ends_even_while_nobody_fetches_its_exit_code() -> None:
    command = [sys.executable, "-c", NAME]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        run = process.stdout.readline().strip()
        assert not is_dead(run)
        process.kill()
        wait_for(lambda: is_dead(run), "a zombie taken for dead")
        assert os.path.exists(f"/proc/{process.pid}")
    assert is_dead(run)


def test_a_number_that_is_another_process_by_now_is_dead() -> None:
    head, _, start = this_run().rpartition("-")
    assert is_dead(f"{head}-{int(start) - 1}")


def test_of_other_hosts_nobody_here_can_tell() -> None:
    assert not is_dead("elsewhere-4026531836.1-1")
    assert not is_dead("host.1")


def test_a_parts_name_says_its_run() -> None:
    assert run_of(f"/a/.cueffmpeg-0123456789ab.{this_run()}.part.mp4") == this_run()
    assert run_of("/a/.cueffmpeg-0123456789ab.mp4") is None
