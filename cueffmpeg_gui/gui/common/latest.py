# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""One thing at a time for one clip: its decoder cannot serve two."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cueffmpeg_gui.gui.common.tasks import Tasks

Job = tuple[Callable[[], Any], Callable[[Any], None], Callable[[str], None]]


class PictureLane:
    """Runs one task at a time; of those that wait only the newest is kept."""

    def __init__(self, tasks: Tasks) -> None:
        self._tasks = tasks
        self._busy = False
        self._next: Job | None = None

    def run(self, work: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[str], None]) -> None:
        """As Tasks.run, after what runs; takes the place of what waits, which is then never run."""
        self._next = (work, done, failed)
        if not self._busy:
            self._start()

    def _start(self) -> None:
        if self._next is None:
            return
        (work, done, failed), self._next = self._next, None
        self._busy = True
        self._tasks.run(work, lambda result: self._end(done, result), lambda sentence: self._end(failed, sentence))

    def _end(self, tell: Callable[[Any], None], result: Any) -> None:
        self._busy = False
        tell(result)
        if not self._busy:
            self._start()
