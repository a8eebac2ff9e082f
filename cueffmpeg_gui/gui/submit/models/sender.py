# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Sends rows one after another, each as its own job. What fails stays in the list with its sentence."""

import os
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qtpy.QtCore import QObject, Signal

from cueffmpeg_gui.api.submit.source_info import placed
from cueffmpeg_gui.api.submit.submit import Submitted
from cueffmpeg_gui.errors import FarmUnreachable, InputRefused
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.submit.models.preview import PreviewRequest
from cueffmpeg_gui.gui.submit.models.source import SourceState
from cueffmpeg_gui.gui.submit.models.source_list import SourceList
from cueffmpeg_gui.gui.submit.models.submit_backend import SubmitBackend


@dataclass(frozen=True)
class SendItem:
    """A row to send, and whether it may replace a file."""

    request: PreviewRequest
    may_replace: bool


class Sender(QObject):
    """`sent` and `total` count the rows of this round."""

    changed = Signal()
    delivered = Signal(object)
    finished = Signal()

    def __init__(
        self, sources: SourceList, tasks: Tasks, backend: SubmitBackend, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._sources, self._tasks, self._backend = sources, tasks, backend
        self._queue: deque[SendItem] = deque()
        self.is_busy = False
        self.sent = self.total = 0
        self.last: Submitted | None = None

    def send(self, items: Sequence[SendItem]) -> None:
        """Begins to send; does nothing while a round is under way."""
        if self.is_busy or not items:
            return
        self._queue = deque(items)
        self.is_busy, self.sent, self.total = True, 0, len(items)
        for item in items:
            self._sources.mark(item.request.number, state=SourceState.SENDING, trouble="")
        self._next()

    def stop(self) -> None:
        """Sends no more after the one that is under way."""
        for item in self._queue:
            self._sources.mark(item.request.number, state=SourceState.READY)
        self._queue.clear()

    def _next(self) -> None:
        if not self._queue:
            self.is_busy = False
            self.changed.emit()
            self.finished.emit()
            return
        self.changed.emit()
        item = self._queue.popleft()
        number = item.request.number
        self._tasks.run(
            lambda: self._deliver(item),
            lambda end: self._ended(number, end),
            lambda sentence: self._failed(number, sentence),
        )

    def _deliver(self, item: SendItem) -> Submitted | FarmUnreachable:
        request = item.request
        settings = placed(request.settings, **dict(request.place))
        existing = "replace" if item.may_replace else "refuse"
        prepared = self._backend.prepare(replace(request.submit_request, existing=existing), settings)
        output = prepared.spec.output
        if output and not item.may_replace and os.path.lexists(output):
            raise InputRefused(f"{output} is there already; tick that it may be replaced, or name another output.")
        try:
            return self._backend.submit(prepared, settings)
        except FarmUnreachable as away:
            return away

    def _ended(self, number: int, end: Submitted | FarmUnreachable) -> None:
        if isinstance(end, FarmUnreachable):
            # The others would only wait for the same farm.
            for item in self._queue:
                self._sources.mark(item.request.number, state=SourceState.FAILED, trouble=str(end))
            self._queue.clear()
            self._failed(number, str(end))
            return
        self.sent += 1
        self.last = end
        self._sources.mark(number, state=SourceState.SENT, job=end.job, job_id=end.id)
        self.delivered.emit(end)
        self._next()

    def _failed(self, number: int, sentence: str) -> None:
        self._sources.mark(number, state=SourceState.FAILED, trouble=sentence)
        self._next()
