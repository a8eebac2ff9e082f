# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Long work on the window's thread, in slices: after a few milliseconds the event loop has its turn."""

import time
from collections import deque
from collections.abc import Iterator

from qtpy.QtCore import QObject, QTimer, Signal

SLICE_SECONDS = 0.006


class TimeSlices(QObject):
    """Runs generators one after the other; each `yield` is a place to stop at. `clock` gives the seconds of a slice."""

    settled = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.clock = time.perf_counter
        self._waiting: deque[Iterator[None]] = deque()
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._work)

    @property
    def is_settled(self) -> bool:
        """Whether nothing waits."""
        return not self._waiting

    def add(self, work: Iterator[None]) -> None:
        """Does a first slice at once when nothing waits, the rest later, in order."""
        self._waiting.append(work)
        if not self._timer.isActive():
            self._timer.start()
            self._work()

    def clear(self) -> None:
        """Drops what waits."""
        self._waiting.clear()
        self._timer.stop()

    def _work(self) -> None:
        end = self.clock() + SLICE_SECONDS
        while self._waiting and self.clock() < end:
            work = self._waiting[0]
            if next(work, self) is self and self._waiting and self._waiting[0] is work:
                self._waiting.popleft()
        if not self._waiting and self._timer.isActive():
            self._timer.stop()
            self.settled.emit()
