# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The log that is shown: its last lines, followed in tasks while it is looked at; and a search in them."""

import re
from collections import deque
from collections.abc import Iterator

from qtpy.QtCore import QObject, Signal

from cueffmpeg_gui.api.monitor.follower import JobStatus
from cueffmpeg_gui.api.monitor.log import LogFeed, LogPiece
from cueffmpeg_gui.gui.common.polling import Polling
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.monitor.models.monitor_backend import MonitorSource
from cueffmpeg_gui.gui.monitor.models.time_slices import Slices

POLL_MILLISECONDS = 500
MOST_LINES = 20_000
# Lines handed to a text widget at a time.
SLICE_LINES = 40
KEY = "monitor.log"
# An error stands before what rqd writes last.
LAST_LINES = 80
ERROR = "error: "
TIME = re.compile(r"^\[\d\d:\d\d:\d\d\] ")


class LogModel(Polling):
    """Tells `cleared` and `appended` (lines), in slices; `described` when the file or its tries changed."""

    cleared = Signal()
    appended = Signal(list)
    described = Signal()
    failed = Signal(str)

    def __init__(self, source: MonitorSource, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(POLL_MILLISECONDS, parent)
        self.lines: deque[str] = deque(maxlen=MOST_LINES)
        self.path = ""
        self.skipped = 0
        self.tries: tuple[str, ...] = ()
        self._source, self._tasks = source, tasks
        self._place: tuple[JobStatus, str, str | None] | None = None
        self._feed: LogFeed | None = None
        self._is_reading = False
        self._slices = Slices(self)

    @property
    def has_frame(self) -> bool:
        """Whether a frame's log is chosen."""
        return self._place is not None

    def show(self, job: JobStatus, frame_name: str, path: str | None = None) -> None:
        """Follows the newest log of a frame, or the one of a try."""
        place = (job, frame_name, path)
        if self._place and (self._place[0].id, *self._place[1:]) == (job.id, frame_name, path):
            return
        self._begin(place)
        self.poll()

    def choose_try(self, path: str) -> None:
        """Shows another try of the same frame; the newest one is followed."""
        if self._place:
            job, name, _ = self._place
            newest = self.tries[-1] if self.tries else ""
            self.show(job, name, None if path == newest else path)

    def clear(self) -> None:
        """Shows no log."""
        if self._place:
            self._begin(None)

    def poll(self) -> None:
        """Reads what is new, unless that is under way or what was read is not shown yet."""
        if self._place is None or self._is_reading or not self._slices.is_settled:
            return
        self._is_reading = True
        job, name, path = self._place
        feed = self._feed

        def read() -> tuple[LogFeed, LogPiece]:
            reader = feed or self._source.log_feed(job, name, path)
            return reader, reader.read()

        self._tasks.run(read, self._took, self._failed, key=KEY)

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
            if TIME.sub("", self.lines[count - back], count=1).startswith(ERROR):
                return count - back
        return -1

    def _begin(self, place: tuple[JobStatus, str, str | None] | None) -> None:
        self._tasks.forget(KEY)
        self._place, self._feed, self._is_reading = place, None, False
        self.path, self.skipped = "", 0
        if place is None or place[2] is None:
            self.tries = ()
        self._empty()
        self.described.emit()

    def _empty(self) -> None:
        self._slices.clear()
        self.lines.clear()
        self.cleared.emit()

    def _took(self, answer: tuple[LogFeed, LogPiece]) -> None:
        self._is_reading = False
        self._feed, piece = answer
        if piece.anew:
            self._empty()
        described = (self._feed.path, piece.skipped, piece.tries)
        if described != (self.path, self.skipped, self.tries):
            self.path, self.skipped, self.tries = described
            self.described.emit()
        if piece.lines:
            self._slices.add(self._append(piece.lines[-MOST_LINES:]))

    def _append(self, lines: tuple[str, ...]) -> Iterator[None]:
        for start in range(0, len(lines), SLICE_LINES):
            part = list(lines[start : start + SLICE_LINES])
            self.lines.extend(part)
            self.appended.emit(part)
            yield

    def _failed(self, sentence: str) -> None:
        self._is_reading = False
        self.failed.emit(sentence)
