# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Start, stop and find the local farm from any process. Standard library only, so importing it costs nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import cueffmpeg_gui
from cueffmpeg_gui.errors import CueffmpegError, FarmUnreachable
from cueffmpeg_gui.localfarm.settings import FARM_MARK, FarmSettings
from cueffmpeg_gui.localfarm.state_file import FarmStatus, is_held, log_path, read_secret, read_state, running_farm

__all__ = ["FarmSettings", "FarmStatus", "LocalAddress", "place", "start", "status", "stop"]

START_SECONDS = 90.0
# A farm ends within its own LAST_SECONDS; one that cannot even do that, being stopped or stuck, is killed.
KILL_AFTER_SECONDS = 12.0
STOP_SECONDS = 15.0


@dataclass(frozen=True)
class LocalAddress:
    """Where a farm answers; str() gives "HOST:PORT"."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"

    @classmethod
    def parse(cls, text: str) -> LocalAddress:
        host, _, port = text.rpartition(":")
        return cls(host, int(port))


def start(root: Path, *, port: int = 0, settings: FarmSettings | None = None) -> LocalAddress:
    """Start the farm of this folder as its own process and return once it answers; the running one if one runs.

    port: 0 takes a free one. settings: only used by a farm that is not running yet.
    Raises CueffmpegError with the farm's own sentence when it cannot start.
    """
    running = running_farm(root)
    if running is None:
        _launch(root.absolute(), port, settings or FarmSettings())
        running = running_farm(root)
    if running is None:
        raise FarmUnreachable(f"The local farm in {root} started but does not answer; see {log_path(root)}.")
    return LocalAddress.parse(running.address)


def stop(root: Path) -> bool:
    """Stop the farm of this folder; its running frames are killed (at the latest by the next start) and run again then.

    Returns whether one was running. Raises CueffmpegError if it does not end.
    """
    deadline = time.monotonic() + STOP_SECONDS
    was_running = is_held(root)
    while is_held(root):
        state = read_state(root)
        left = deadline - time.monotonic()
        if state is not None:
            _signal(state.pid, signal.SIGTERM if left > STOP_SECONDS - KILL_AFTER_SECONDS else signal.SIGKILL)
        if left < 0:
            raise CueffmpegError(f"The local farm in {root} does not stop; see {log_path(root)}.")
        time.sleep(0.05)
    return was_running


def status(root: Path) -> FarmStatus | None:
    """The farm that runs in this folder, None if none does. What farm.json says is believed only with its lock held."""
    return running_farm(root)


def place(root: Path) -> tuple[str, str] | None:
    """Address and secret of the farm of this folder as they stand there now; None while there is none.

    Cheap enough to be asked before each call, so that a farm that was started again is found again.
    """
    state = read_state(root)
    return (state.address, read_secret(root)) if state else None


def _launch(root: Path, port: int, settings: FarmSettings) -> None:
    command = [sys.executable, "-m", "cueffmpeg_gui.localfarm", "--detach", f"--root={root}", f"--port={port}"]
    try:
        done = subprocess.run(
            command + settings.to_arguments(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            cwd="/",
            env=_environment(),
            timeout=START_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise FarmUnreachable(f"The local farm in {root} did not start in time; see {log_path(root)}.") from None
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"The local farm in {root} could not be started."]
        raise FarmUnreachable(lines[-1])


def _environment() -> dict[str, str]:
    """This environment, with the folder this package lies in importable from anywhere. A farm that a frame starts is
    not itself a part of that frame."""
    package_home = str(Path(cueffmpeg_gui.__file__).resolve().parent.parent)
    known = [entry for entry in os.environ.get("PYTHONPATH", "").split(os.pathsep) if entry]
    inherited = {name: value for name, value in os.environ.items() if name != FARM_MARK}
    return {**inherited, "PYTHONPATH": os.pathsep.join([package_home, *known])}


def _signal(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return
    except PermissionError as error:
        raise CueffmpegError(
            f"The local farm (process {pid}) belongs to another user and cannot be stopped."
        ) from error
