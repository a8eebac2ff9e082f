# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The one place where media programs are run: with a watchdog, and never leaving one behind."""

import contextlib
import ctypes
import os
import re
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import IO, Optional

from cueffmpeg_gui.errors import HostNotFit, TemporaryTrouble
from cueffmpeg_gui.media.progress import Progress, ProgressReader

KEPT_LINES = 50
TERM_GRACE_SECONDS = 5.0
PR_SET_PDEATHSIG = 1
_STOPPING = (signal.SIGTERM, signal.SIGINT)
# ffmpeg names its parts with their place in memory.
ADDRESS = re.compile(r" @ 0x[0-9a-f]+")


@dataclass(frozen=True)
class Outcome:
    """How a run ended: exit code (negative: signal), last progress, whether it was stalled.

    `errors` are the first line of stderr, where the cause stands, and the last ones.
    """

    returncode: int
    progress: Progress
    errors: tuple[str, ...]
    stalled: bool

    @property
    def reason(self) -> str:
        """ffmpeg's first complaint (what follows is mostly its consequence), or what its exit says."""
        if self.stalled:
            return "it made no progress and was stopped"
        if self.errors:
            return ADDRESS.sub("", self.errors[0]).rstrip(".")
        return f"exit code {self.returncode}"


@dataclass(frozen=True)
class CommandOutput:
    """Exit code, standard output and standard error of a short run."""

    returncode: int
    stdout: bytes
    stderr: str


def run_ffmpeg(
    argv: Sequence[str],
    *,
    cwd: Optional[str] = None,
    stall_seconds: float,
    on_progress: Callable[[Progress], None] = lambda progress: None,
) -> Outcome:
    """Runs ffmpeg with ``-progress pipe:1``; reports each block.

    When nothing moves for `stall_seconds`, it is sent TERM, then KILL: ffmpeg can ignore TERM. However this call
    ends, the process is gone. For processes without threads: the child runs Python code before ffmpeg.
    """
    # A signal that comes while the process is made waits until there is something to stop.
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)
    with contextlib.ExitStack() as ends:
        ends.callback(signal.pthread_sigmask, signal.SIG_SETMASK, mask)
        process = ends.enter_context(_start(argv, cwd, prepare=partial(_prepare_child, mask, os.getpid())))
        ends.callback(stop, process)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        return _Watch(process, stall_seconds, on_progress).follow()


def run_quietly(argv: Sequence[str], *, timeout: float = 600.0) -> CommandOutput:
    """Runs a short command and keeps what it prints.

    Raises HostNotFit when it cannot be started, TemporaryTrouble when it has not ended after `timeout` seconds.
    """
    with _start(argv, None, prepare=None) as process:
        try:
            stdout, stderr = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            raise TemporaryTrouble(f"{argv[0]} did not answer within {timeout:g} s; retry on a calmer host.") from None
        finally:
            stop(process)
    return CommandOutput(process.returncode, stdout, stderr.decode("utf-8", "replace"))


def stop(process: "subprocess.Popen[bytes]") -> None:
    """Ends a process and waits until it is really gone."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(TERM_GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _start(
    argv: Sequence[str], cwd: Optional[str], *, prepare: Optional[Callable[[], None]]
) -> "subprocess.Popen[bytes]":
    try:
        return subprocess.Popen(
            argv,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            preexec_fn=prepare,  # noqa: PLW1509 - see run_ffmpeg
        )
    except OSError as error:
        raise HostNotFit(f"{argv[0]} cannot be started on this host: {error.strerror}.") from None


def _prepare_child(mask: Iterable[int], parent: int) -> None:
    signal.pthread_sigmask(signal.SIG_SETMASK, mask)
    if sys.platform == "linux":
        # A worker killed by KILL cannot stop its ffmpeg; the kernel does it (prctl(2), PR_SET_PDEATHSIG).
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it was killed before the kernel knew
            os._exit(1)


class _Watch:
    """Reads both pipes of one process until it ends or stalls."""

    def __init__(
        self, process: "subprocess.Popen[bytes]", stall_seconds: float, on_progress: Callable[[Progress], None]
    ) -> None:
        self._process = process
        self._stall_seconds = stall_seconds
        self._on_progress = on_progress
        self._reader = ProgressReader()
        self._progress = Progress()
        self._errors: list[str] = []
        self._moved = time.monotonic()
        self._rest: dict[int, bytes] = {}

    def follow(self) -> Outcome:
        stalled = False
        with selectors.DefaultSelector() as selector:
            selector.register(_pipe(self._process.stdout), selectors.EVENT_READ, self._take_progress)
            selector.register(_pipe(self._process.stderr), selectors.EVENT_READ, self._take_error)
            while selector.get_map() and not stalled:
                events = selector.select(timeout=min(1.0, self._stall_seconds))
                for key, _ in events:
                    if not self._read(key.fd, key.data):
                        selector.unregister(key.fileobj)
                if not events and self._process.poll() is not None:
                    # A process that it started still holds its pipes.
                    break
                stalled = self._patience() <= 0
        stalled = stalled or not self._ends()
        if stalled:
            stop(self._process)
        return Outcome(self._process.wait(), self._progress, tuple(self._errors), stalled)

    def _patience(self) -> float:
        return self._stall_seconds - (time.monotonic() - self._moved)

    def _ends(self) -> bool:
        # With its pipes closed it can still hang.
        try:
            self._process.wait(max(0.0, self._patience()))
        except subprocess.TimeoutExpired:
            return False
        return True

    def _read(self, fd: int, take: Callable[[str], None]) -> bool:
        data = os.read(fd, 65536)
        *lines, rest = (self._rest.get(fd, b"") + data).split(b"\n")
        if not data and rest:
            lines, rest = [*lines, rest], b""
        self._rest[fd] = rest
        for line in lines:
            take(line.decode("utf-8", "replace"))
        return bool(data)

    def _take_progress(self, line: str) -> None:
        progress = self._reader.feed(line)
        if progress is None:
            return
        if (progress.frame, progress.out_time_us, progress.total_size, progress.ended) != (
            self._progress.frame,
            self._progress.out_time_us,
            self._progress.total_size,
            self._progress.ended,
        ):
            self._moved = time.monotonic()
        self._progress = progress
        self._on_progress(progress)

    def _take_error(self, line: str) -> None:
        if line.strip():
            self._errors.append(line.strip())
        if len(self._errors) > KEPT_LINES:
            del self._errors[1]


def _pipe(stream: Optional[IO[bytes]]) -> IO[bytes]:
    assert stream is not None
    return stream
