# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A watch on the window's event loop: how much Python works, and how long it waits, between two of its turns.

Work is counted in calls, which a busy machine does not change.
"""

import gc
import sys
import time
from types import FrameType
from typing import Any

from qtpy.QtCore import QObject, QTimer


class LoopWatch(QObject):
    """`turns` is how often the loop has turned.

    Use it in a `with` statement: the profiler of this thread counts the calls.
    """

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._turn)

    def __enter__(self) -> "LoopWatch":
        gc.collect()
        self.reset()
        self._timer.start()
        sys.setprofile(self._count)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)
        self._timer.stop()

    @property
    def most_calls(self) -> int:
        """The most calls in one turn, the one that is not over yet included."""
        return max(self._most_calls, self._calls)

    @property
    def gap(self) -> float:
        """The longest turn, the one that is not over yet included."""
        return max(self._gap, time.perf_counter() - self._last)

    @property
    def elapsed(self) -> float:
        """Seconds since the beginning."""
        return time.perf_counter() - self._start

    def reset(self) -> None:
        """Begins again."""
        self._most_calls = self._calls = self.turns = 0
        self._gap = 0.0
        self._start = self._last = time.perf_counter()

    def _count(self, frame: FrameType, event: str, argument: Any) -> None:
        self._calls += event in ("call", "c_call")

    def _turn(self) -> None:
        now = time.perf_counter()
        self._gap, self._last = max(self._gap, now - self._last), now
        self._most_calls, self._calls = max(self._most_calls, self._calls), 0
        self.turns += 1


class StepClock:
    """A clock for TimeSlices that counts steps instead of seconds, so that each slice does the same work anywhere."""

    def __init__(self, seconds: float) -> None:
        self._seconds, self._now = seconds, 0.0

    def __call__(self) -> float:
        self._now += self._seconds
        return self._now
