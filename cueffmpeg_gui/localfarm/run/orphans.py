# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Frames that outlived a farm which was killed: ended for good before the same frames may run again."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

from cueffmpeg_gui.errors import CueffmpegError
from cueffmpeg_gui.localfarm.run.process_table import (
    environments,
    group_members,
    process_mark,
    signal_process,
)
from cueffmpeg_gui.localfarm.settings import FARM_MARK
from cueffmpeg_gui.localfarm.store import frames as frame_store
from cueffmpeg_gui.localfarm.store.database import Store

GONE_SECONDS = 20.0


def clear_orphans(store: Store, root: Path) -> int:
    """Kill what still runs of an earlier farm, wait until it is gone, and let its frames wait again.

    Returns how many frames those were. Raises CueffmpegError if a process cannot be ended: two copies must never run.
    """
    frames = frame_store.running(store)
    _end_all(frames, root)
    for frame in frames:
        frame_store.release(store, frame, orphaned=True)
    return len(frames)


def _end_all(frames: Sequence[sqlite3.Row], root: Path) -> None:
    groups = {frame["pid"] for frame in frames if frame["pid"] and _is_ours(frame)}
    marks = {f"CUE_FRAME_ID={frame['id']}".encode() for frame in frames}
    deadline = time.monotonic() + GONE_SECONDS
    while frames and (alive := _alive(groups, marks, root)):
        for pid in alive:
            signal_process(pid, signal.SIGKILL)
        if time.monotonic() > deadline:
            listed = ", ".join(map(str, sorted(alive)))
            raise CueffmpegError(f"Processes of an earlier local farm do not end: {listed}; end them and start again.")
        time.sleep(0.02)


def _is_ours(frame: sqlite3.Row) -> bool:
    """Whether the process is still the one that was recorded, not a later one of the same number."""
    return bool(frame["pid_mark"]) and process_mark(frame["pid"]) == frame["pid_mark"]


def _alive(groups: set[int], marks: set[bytes], root: Path) -> set[int]:
    """Members of the groups, and what else was started by these frames, also in sessions of its own."""
    ours = f"{FARM_MARK}={root}".encode()
    found = {pid for group in groups for pid in group_members(group)}
    found |= {pid for pid, environment in environments() if ours in environment and environment & marks}
    return found - {os.getpid()}
