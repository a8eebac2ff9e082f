# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The log that is shown: its last lines, polled in tasks while they are visible; and a search in them."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from qtpy.QtCore import QObject, Signal

from cueffmpeg_gui.api.monitor.follower import JobStatus
from cueffmpeg_gui.api.monitor.log import LogFeed, LogPiece, is_error
from cueffmpeg_gui.gui.common.latest import Latest
from cueffmpeg_gui.gui.common.polling import Polling
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.monitor.models.monitor_backend import MonitorBackend
from cueffmpeg_gui.gui.monitor.models.time_slices import TimeSlices

POLL_MILLISECONDS = 500
MOST_LINES = 20_000
# Lines handed to a text widget at a time.
SLICE_LINES = 40
# An error stands before what rqd writes last.
LAST_LINES = 80


@dataclass(frozen=True)
class _Target:
    """Whose log is read: the newest of a frame, or the one of a try."""

    job: JobStatus
    frame_name: str
    path: str | None

    @property
    def key(self) -> tuple[str, str, str | None]:
        return self.job.id, self.frame_name, self.path


class LogModel(Polling):
    """Emits `cleared` and `appended` (lines), in slices; `described` when the file or its tries changed."""

    cleared = Signal()
    appended = Signal(list)
    described = Signal()
    failed = Signal(str)

    def __init__(self, backend: MonitorBackend, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(POLL_MILLISECONDS, parent)
        self.lines: deque[str] = deque(maxlen=MOST_LINES)
        self.path = ""
        self.skipped = 0
        self.tries: tuple[str, ...] = ()
        self._backend, self._tasks = backend, tasks
        self._target: _Target | None = None
        self._feed: LogFeed | None = None
        self._reads = Latest(tasks)
        self.slices = TimeSlices(self)

    @property
    def has_frame(self) -> bool:
        """Whether a frame's log is selected."""
        return self._target is not None

    def show(self, job: JobStatus, frame_name: str, path: str | None = None) -> None:
        """Follows the newest log of a frame, or the one of a try."""
        target = _Target(job, frame_name, path)
        if self._target and self._target.key == target.key:
            return
        self._begin(target)
        self.poll()

    def choose_try(self, path: str) -> None:
        """Shows another try of the same frame; the newest one is followed."""
        if self._target:
            newest = self.tries[-1] if self.tries else ""
            self.show(self._target.job, self._target.frame_name, None if path == newest else path)

    def clear(self) -> None:
        """Shows no log."""
        if self._target:
            self._begin(None)

    def poll(self) -> None:
        """Reads what is new, unless a read is running or what was read is not shown yet."""
        target, feed = self._target, self._feed
        if target is None or self._reads.is_busy or not self.slices.is_settled:
            return

        def read() -> tuple[LogFeed, LogPiece]:
            reader = feed or self._backend.log_feed(target.job, target.frame_name, target.path)
            return reader, reader.read()

        self._reads.run(
            read, lambda answer: self._received(target, *answer), lambda sentence: self._failed(target, sentence)
        )

    def find(self, text: str, start: int, backwards: bool = False) -> int:
        """The number of the next line after (before) `start` that holds the text, wrapping round; -1 for none."""
        wanted, lines = text.lower(), self.lines
        count = len(lines)
        if not wanted or not count:
            return -1
        found = [number for number, line in enumerate(lines) if wanted in line.lower()]
        if not found:
            return -1
        if backwards:
            return next((number for number in reversed(found) if number < start), found[-1])
        return next((number for number in found if number > start), found[0])

    def last_error(self) -> int:
        """The number of the line with the worker's last error, if it is one of the last; else -1."""
        count = len(self.lines)
        for back in range(1, min(count, LAST_LINES) + 1):
            if is_error(self.lines[count - back]):
                return count - back
        return -1

    def _begin(self, target: _Target | None) -> None:
        # Another Latest: a read that hangs holds up no other log.
        self._target, self._feed, self._reads = target, None, Latest(self._tasks)
        self.path, self.skipped = "", 0
        if target is None or target.path is None:
            self.tries = ()
        self._empty()
        self.described.emit()

    def _empty(self) -> None:
        self.slices.clear()
        self.lines.clear()
        self.cleared.emit()

    def _received(self, target: _Target, feed: LogFeed, piece: LogPiece) -> None:
        if target is not self._target:
            return
        self._feed = feed
        if piece.anew:
            self._empty()
        described = (feed.path, piece.skipped, piece.tries)
        if described != (self.path, self.skipped, self.tries):
            self.path, self.skipped, self.tries = described
            self.described.emit()
        if piece.lines:
            self.slices.add(self._append(piece.lines[-MOST_LINES:]))

    def _append(self, lines: tuple[str, ...]) -> Iterator[None]:
        for start in range(0, len(lines), SLICE_LINES):
            part = list(lines[start : start + SLICE_LINES])
            self.lines.extend(part)
            self.appended.emit(part)
            yield

    def _failed(self, target: _Target, sentence: str) -> None:
        if target is self._target:
            self.failed.emit(sentence)
