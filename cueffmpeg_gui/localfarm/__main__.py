# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""`python -m cueffmpeg_gui.localfarm`: become the farm of a folder, or say which one already is."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import IO

from cueffmpeg_gui.errors import CueffmpegError
from cueffmpeg_gui.localfarm.settings import FarmCall, read_arguments
from cueffmpeg_gui.localfarm.state_file import log_path, private_umask, running_farm, take_lock

WAIT_SECONDS = 60.0
_TICK = 0.02


def main() -> int:
    """Exit code: 0 when a farm of the folder runs (or has been stopped again), 1 when none can."""
    call = read_arguments(sys.argv[1:])
    with private_umask() as umask:
        call = replace(call, umask=umask)
        try:
            return _detached(call) if call.detach else _run(call, None)
        except CueffmpegError as error:
            print(error, file=sys.stderr)  # noqa: T201  this is the process's own voice
            return 1


def _run(call: FarmCall, ready: IO[str] | None) -> int:
    """Become the farm, unless another process is it. ready: where a waiting parent reads how it went."""
    _make_root(call.root)
    lock = _lock_or_winner(call.root)
    if isinstance(lock, str):
        _report(ready, f"ok The local farm already answers at {lock}.")
        return 0
    with lock:
        os.environ.setdefault("GRPC_VERBOSITY", "NONE")  # what goes wrong is said here, once and in a sentence
        from cueffmpeg_gui.localfarm import process  # noqa: PLC0415  the loser of two starts need not load gRPC

        def on_ready(address: str) -> None:
            _report(ready, f"ok The local farm answers at {address}.")

        try:
            if ready is not None:
                process.begin_log(log_path(call.root))
            process.run_farm(call, on_ready)
        except OSError as error:
            raise process.cannot_use(call.root, error) from error
    return 0


def _make_root(root: Path) -> None:
    try:
        root.mkdir(parents=True, exist_ok=True)
        root.chmod(0o700)
    except OSError as error:
        raise CueffmpegError(f"The folder of the local farm, {root}, cannot be used: {error.strerror}.") from error


def _lock_or_winner(root: Path) -> IO[str] | str:
    """The lock, or the address of the farm that holds it, once that one answers."""
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        try:
            lock = take_lock(root)
        except OSError as error:
            raise CueffmpegError(f"The folder of the local farm, {root}, cannot be used: {error.strerror}.") from error
        if lock is not None:
            return lock
        status = running_farm(root)
        if status is not None:
            return status.address
        time.sleep(_TICK)
    raise CueffmpegError(f"Another local farm holds {root} but does not answer.")


def _report(ready: IO[str] | None, message: str) -> None:
    if ready is None:
        print(message.removeprefix("ok "), flush=True)  # noqa: T201  this is the process's own voice
        return
    ready.write(message)
    ready.close()


def _detached(call: FarmCall) -> int:
    """Start the farm in the background and return once it answers; its failure is printed here in its own words."""
    read_end, write_end = os.pipe()
    if os.fork() == 0:
        os.close(read_end)
        return _background(call, write_end)
    os.close(write_end)
    with open(read_end, encoding="utf-8") as pipe:
        verdict, _, message = pipe.read().partition(" ")
    if verdict != "ok":
        raise CueffmpegError(message or f"The local farm could not be started; see {log_path(call.root)}.")
    print(message)  # noqa: T201  this is the process's own voice
    return 0


def _background(call: FarmCall, write_end: int) -> int:
    """The farm itself: in a session of its own, bound to no terminal and no folder."""
    os.setsid()
    os.chdir("/")
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    with open(write_end, "w", encoding="utf-8") as ready:
        try:
            return _run(call, ready)
        except CueffmpegError as error:
            if ready.closed:
                raise
            _report(ready, f"no {error}")
            return 1


if __name__ == "__main__":
    sys.exit(main())
