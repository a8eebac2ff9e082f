# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Killing workers at any moment of their run."""

import subprocess
import time
from contextlib import suppress
from pathlib import Path

from waiting import wait_for
from worker_jobs import Job


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True


def kill_after(process: "subprocess.Popen[bytes]", seconds: float) -> None:
    """Kills a worker that has run for so long; whatever it had started must be gone soon after."""
    with process:
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
        before = children(process.pid) if process.poll() is None else []
        process.kill()
        process.communicate()
    for child in before:
        wait_for(lambda child=child: is_gone(child))


def kill_at(job: Job, layer: str, seconds: float) -> None:
    kill_after(job.start(layer), seconds)


def moments(job: Job, layer: str, count: int) -> list[float]:
    """Moments spread over how long a run takes here and now."""
    started = time.monotonic()
    job.must_run(layer)
    whole = time.monotonic() - started
    return [whole * (number + 0.5) / count for number in range(count)]
