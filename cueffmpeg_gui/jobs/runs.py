# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Runs of frames by name, HOST.PROCESS-START, so that what a dead one left is told from what a living one writes."""

import os
import socket
from typing import Optional

ENDED = "ZX"  # a zombie does nothing any more, however long nobody fetches its exit code


def this_run() -> str:
    """The name of the run that this process is."""
    return f"{_host()}.{os.getpid()}-{_start_of(os.getpid()) or 0}"


def is_dead(run: str) -> bool:
    """Whether a run was one of this host's, and is over; of other hosts nobody here can tell."""
    host, _, process = run.rpartition(".")
    if host != _host():
        return False
    pid, _, start = process.partition("-")
    if not pid.isdecimal():
        return True
    now = _start_of(int(pid))
    if now is None:
        return not _is_there(int(pid))
    return start.isdecimal() and int(start) != now  # the number is another process's by now


def _host() -> str:
    """The host, and which of its numberings of processes: a container of the same name counts by itself."""
    try:
        numbering = os.readlink("/proc/self/ns/pid")
    except OSError:
        numbering = ""
    name = "".join(c if c.isalnum() else "-" for c in socket.gethostname())
    return f"{name}-{''.join(filter(str.isdigit, numbering))}"


def _start_of(pid: int) -> Optional[int]:
    """When a living process started, in ticks since the host did; None where that is not said."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:
            fields = file.read().rpartition(")")[2].split()
    except OSError:
        return None
    return -1 if fields[0] in ENDED else int(fields[19])


def _is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # another user's
        return True
    return True
