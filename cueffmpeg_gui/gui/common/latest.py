# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""One task at a time, the newest request next: for callers that ask more often than they are answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cueffmpeg_gui.gui.common.tasks import Tasks

Request = tuple[Callable[[], Any], Callable[[Any], None], Callable[[str], None]]


class Latest:
    """Runs one task at a time; of the waiting requests only the newest is kept."""

    def __init__(self, tasks: Tasks) -> None:
        self._tasks = tasks
        self._is_running = False
        self._next: Request | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a task is running."""
        return self._is_running

    def run(self, work: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[str], None]) -> None:
        """As Tasks.run, but only after the running task; replaces the waiting request, which then never runs."""
        self._next = (work, done, failed)
        if not self._is_running:
            self._start()

    def drop(self) -> None:
        """Drops the waiting request."""
        self._next = None

    def _start(self) -> None:
        if self._next is None:
            return
        (work, done, failed), self._next = self._next, None
        self._is_running = True
        self._tasks.run(work, lambda result: self._end(done, result), lambda sentence: self._end(failed, sentence))

    def _end(self, callback: Callable[[Any], None], result: Any) -> None:
        self._is_running = False
        callback(result)
        if not self._is_running:
            self._start()
