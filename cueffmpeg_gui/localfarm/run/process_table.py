# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Processes of this computer, identified for certain: numbers are used again, start times within one boot are not."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

_PROC = Path("/proc")


def process_mark(pid: int) -> str:
    """What no other process of that number has: boot and start time; "" where the system does not say."""
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text().strip()
        after_name = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    state, start_time = after_name[0], after_name[19]
    return "" if state in "ZX" else f"{boot}:{start_time}"


def environments() -> Iterator[tuple[int, set[bytes]]]:
    """Living processes of this user with the `NAME=value` they were started with."""
    for entry in _PROC.glob("[0-9]*"):
        try:
            environment = set((entry / "environ").read_bytes().split(b"\0"))
        except OSError:
            continue
        yield int(entry.name), environment


def group_members(group: int) -> Iterator[int]:
    """Living processes of a process group."""
    for entry in _PROC.glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group and fields[0] not in "ZX":
            yield int(entry.name)


def signal_group(group: int, number: int) -> bool:
    """Send a signal (0: only check) to a whole process group; False if there is none any more."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def wait_group_gone(group: int, seconds: float) -> None:
    """Wait until a killed group has no living member; zombies do not count."""
    deadline = time.monotonic() + seconds
    while signal_group(group, 0) and any(group_members(group)) and time.monotonic() < deadline:
        time.sleep(0.005)


def signal_process(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except (ProcessLookupError, PermissionError):
        return
