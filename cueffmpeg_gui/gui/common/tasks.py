# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Background tasks: the only place of the window with threads.

Callbacks run on the window's thread. Of tasks with one key only the newest one's callbacks are called.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

from qtpy.QtCore import QObject, Qt, Signal

from cueffmpeg_gui.errors import CueffmpegError

THREADS = 6


def _nothing(result: Any) -> None:
    return None


@dataclass(frozen=True)
class _Task:
    number: int
    key: str
    work: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[str], None]


class Tasks(QObject):
    """Runs functions on a few daemon threads, so a farm that hangs delays neither the window nor its exit."""

    _ended = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None, threads: int = THREADS) -> None:
        super().__init__(parent)
        self._numbers = count()
        self._newest: dict[str, int] = {}
        self._closed = False
        self._running: dict[int, _Task] = {}
        self._waiting: queue.SimpleQueue[int | None] = queue.SimpleQueue()
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(threads)]
        for thread in self._threads:
            thread.start()

    def run(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None] = _nothing,
        failed: Callable[[str], None] = _nothing,
        *,
        key: str = "",
    ) -> None:
        """Runs `work` off the window's thread, then `done(result)` or `failed(sentence)` on it.

        Of tasks with one key only the newest one's callbacks are called.
        """
        number = next(self._numbers)
        if key:
            self._newest[key] = number
        self._running[number] = _Task(number, key, work, done, failed)
        self._waiting.put(number)

    def forget(self, key: str) -> None:
        """Callbacks of this key's tasks are not called any more."""
        self._newest[key] = next(self._numbers)

    def close(self) -> None:
        """No callbacks are called any more; each thread ends after its current task. Closing again does nothing."""
        if self._closed:
            return
        self._closed = True
        for _ in self._threads:
            self._waiting.put(None)

    def _work(self) -> None:
        while (number := self._waiting.get()) is not None:
            result, sentence = self._attempt(number)
            # The task is not referenced here any more: its last reference, and perhaps a widget's with it, must be
            # released on the window's thread.
            try:
                self._ended.emit(number, result, sentence)
            except RuntimeError:  # the window is gone
                return

    def _attempt(self, number: int) -> tuple[Any, str | None]:
        if self._is_stale(self._running[number]):
            return None, None
        try:
            return self._running[number].work(), None
        except CueffmpegError as error:
            return None, str(error)
        except Exception as error:
            return None, f"Something unexpected happened ({type(error).__name__}: {error})."

    def _is_stale(self, task: _Task) -> bool:
        return bool(task.key) and self._newest.get(task.key) != task.number

    def _deliver(self, number: int, result: Any, sentence: str | None) -> None:
        task = self._running.pop(number)
        if self._closed or self._is_stale(task):
            return
        if sentence is None:
            task.done(result)
        else:
            task.failed(sentence)
