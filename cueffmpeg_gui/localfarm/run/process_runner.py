# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""One process of a frame: held at a gate until it is on record, read until it ends, ended with all it started."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from cueffmpeg_gui.localfarm.run.process_table import process_mark, signal_group, wait_group_gone

SHELLS = ("/bin/bash", "/usr/bin/bash", "/bin/sh")
# The script waits for a line before it does anything: should the farm die first, the pipe ends and so does the script.
GATE = "read -r go || exit 125\nexec </dev/null\n"
CHUNK = 1 << 16
# How long (seconds) output may still come from processes that outlive the script itself.
LINGER = 1.0
_TICK_MS = 50  # where the system does not notify of an end


class OutputSink(Protocol):
    def write_output(self, data: bytes) -> None: ...


@dataclass(frozen=True)
class ProcessEnd:
    """returncode as subprocess has it (negative: a signal), resources used, and when output last came."""

    returncode: int
    max_rss_kb: int
    user_seconds: float
    system_seconds: float
    last_output: float


class FrameProcess:
    """A script in a session of its own, standard output and error in one pipe."""

    def __init__(self, script: Path, env: Mapping[str, str], umask: int, kill_grace: float) -> None:
        """Start it; it waits at its gate until open_gate(). Raises OSError."""
        self._process = subprocess.Popen(
            [next(shell for shell in SHELLS if os.path.exists(shell)), str(script)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=script.parent,
            env=env,
            umask=umask,
            start_new_session=True,
            bufsize=0,
        )
        self.pid = self._process.pid
        self.mark = process_mark(self.pid)
        self._kill_grace = kill_grace
        self._lock = threading.Lock()
        self._alive = True
        self._killed_at: float | None = None
        self._force: threading.Timer | None = None
        self.last_output = time.time()

    def open_gate(self) -> None:
        assert self._process.stdin is not None  # asked for above
        with suppress(BrokenPipeError):  # killed before it began
            os.write(self._process.stdin.fileno(), b"\n")
        self._process.stdin.close()

    def terminate(self) -> None:
        """TERM to everything the script started, KILL a little later to what is left."""
        with self._lock:
            if not self._alive or self._killed_at is not None:
                return
            self._killed_at = time.monotonic()
            signal_group(self.pid, signal.SIGTERM)
            self._force = threading.Timer(self._kill_grace, self.kill)
            self._force.daemon = True
            self._force.start()

    def kill(self) -> None:
        """KILL to everything the script started that is still in its group."""
        with self._lock:
            if self._alive:
                signal_group(self.pid, signal.SIGKILL)

    def wait(self, output: OutputSink, deadline: Deadline) -> ProcessEnd:
        """Pass output on until the process has ended; leaves nothing of its group behind. A closed gate stays so."""
        assert self._process.stdin is not None  # both asked for above
        assert self._process.stdout is not None
        self._process.stdin.close()
        pipe = self._process.stdout.fileno()
        os.set_blocking(pipe, False)
        self._read_until_ended(pipe, output, deadline)
        self._read_rest(pipe, output)
        with self._lock:
            signal_group(self.pid, signal.SIGKILL)
            self._alive = False
            _, status, usage = os.wait4(self.pid, 0)
        wait_group_gone(self.pid, self._kill_grace)
        if self._force is not None:
            self._force.cancel()
        self._process.returncode = os.waitstatus_to_exitcode(status)
        self._drain(pipe, output)
        self._process.stdout.close()
        return ProcessEnd(self._process.returncode, usage.ru_maxrss, usage.ru_utime, usage.ru_stime, self.last_output)

    def _read_until_ended(self, pipe: int, output: OutputSink, deadline: Deadline) -> None:
        poller, ended = select.poll(), _EndWatch(self.pid)
        poller.register(pipe, select.POLLIN)
        ended.register(poller)
        try:
            while not ended.is_over():
                events = dict(poller.poll(ended.timeout_ms(deadline.seconds_left(self.last_output))))
                if pipe in events and not self._drain(pipe, output, limit=16):
                    poller.unregister(pipe)
                if deadline.seconds_left(self.last_output) == 0:
                    deadline.passed(self)
        finally:
            ended.close()

    def _read_rest(self, pipe: int, output: OutputSink) -> None:
        """The script is over; what it left in the background may say a last word, a killed one may tidy up."""
        seconds = LINGER if self._killed_at is None else self._kill_grace
        until = time.monotonic() + seconds
        poller = select.poll()
        poller.register(pipe, select.POLLIN)
        while (left := until - time.monotonic()) > 0:
            poller.poll(left * 1000)
            if not self._drain(pipe, output, limit=16):
                return

    def _drain(self, pipe: int, output: OutputSink, limit: int = 1024) -> bool:
        """Pass on what is there, at most so many chunks; False once the other end is closed."""
        for _ in range(limit):
            try:
                data = os.read(pipe, CHUNK)
            except BlockingIOError:
                return True
            if not data:
                return False
            self.last_output = time.time()
            output.write_output(data)
        return True


class Deadline(Protocol):
    """When a run has taken too long."""

    def seconds_left(self, last_output: float) -> float | None:
        """Seconds until it has; 0 when it has; None if it never will."""

    def passed(self, process: FrameProcess) -> None:
        """Called once it has, maybe more than once."""


class _EndWatch:
    """Notices the end of a child without collecting its status."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        try:
            self._handle = os.pidfd_open(pid)
        except (AttributeError, OSError):
            self._handle = -1

    def register(self, poller: select.poll) -> None:
        if self._handle >= 0:
            poller.register(self._handle, select.POLLIN)

    def timeout_ms(self, seconds: float | None) -> float | None:
        limit = _TICK_MS if self._handle < 0 else None
        if seconds is None:
            return limit
        wanted = max(_TICK_MS, seconds * 1000)
        return wanted if limit is None else min(wanted, limit)

    def is_over(self) -> bool:
        return os.waitid(os.P_PID, self._pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def close(self) -> None:
        if self._handle >= 0:
            os.close(self._handle)
