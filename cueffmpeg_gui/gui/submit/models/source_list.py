# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The rows of the submit page, read in the background, a few at a time."""

from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from qtpy.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, QTimer, Signal

from cueffmpeg_gui.api.submit.source_info import SourceInfo
from cueffmpeg_gui.gui.common.model_index import AnyIndex
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.submit.models.source import Source, SourceState, facts_line
from cueffmpeg_gui.gui.submit.models.submit_backend import SubmitBackend

# Sources read at a time; the other threads stay free for the farm.
AT_ONCE = 2
EDITED_MILLISECONDS = 40
SOURCE_ROLE = Qt.ItemDataRole.UserRole


class SourceList(QAbstractListModel):
    """Clips and sequences in the order they came.

    `edited` is emitted when someone changed a row, or something was read about one; `added` carries the numbers of
    the rows of what was added.
    """

    edited = Signal()
    added = Signal(object)
    refused = Signal(str)

    def __init__(self, tasks: Tasks, backend: SubmitBackend, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._backend = tasks, backend
        self._rows: list[Source] = []
        self._next = 0
        self._queue: deque[int] = deque()
        self._reading = 0
        self._finding = 0
        # Debounced: of many reads that end together one signal is emitted.
        self._edited_timer = QTimer(self, singleShot=True, interval=EDITED_MILLISECONDS)
        self._edited_timer.timeout.connect(self.edited)

    @property
    def sources(self) -> tuple[Source, ...]:
        """All rows."""
        return tuple(self._rows)

    @property
    def is_finding(self) -> bool:
        """Whether something that was dropped is still being sorted into rows."""
        return self._finding > 0

    @property
    def is_busy(self) -> bool:
        """Whether something is being read, or was and `edited` has not been emitted yet."""
        return bool(self._finding or self._queue or self._reading or self._edited_timer.isActive())

    def find(self, number: int) -> Source | None:
        """The row of a number, None when it was removed."""
        return next((source for source in self._rows if source.number == number), None)

    def add(self, paths: Iterable[str]) -> None:
        """Adds what was dropped or chosen; what is there already is not added again."""
        added = list(paths)
        self._finding += 1
        self._tasks.run(lambda: self._backend.find_sources(added), self._insert, self._not_found)
        self.edited.emit()

    def remove(self, numbers: Iterable[int]) -> None:
        """Takes rows out."""
        gone = set(numbers)
        for row in reversed(range(len(self._rows))):
            if self._rows[row].number in gone:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._rows[row]
                self.endRemoveRows()
        self.edited.emit()

    def change(self, numbers: Iterable[int], **values: Any) -> None:
        """Values entered for some rows; what was sent may then be sent again."""
        chosen = set(numbers)
        for source in list(self._rows):
            if source.number in chosen:
                self._replace(_reopened(replace(source, **values)))
        self.edited.emit()

    def reopen(self) -> None:
        """Something that counts for all rows has changed: sent ones may be sent again."""
        for source in list(self._rows):
            self._replace(_reopened(source))

    def mark(self, number: int, **values: Any) -> None:
        """Changes the state of a row; a row that was removed is ignored."""
        source = self.find(number)
        if source is not None:
            self._replace(replace(source, **values))

    def read_again(self, number: int) -> None:
        """Reads a row anew, as after its files were repaired."""
        self.mark(number, state=SourceState.READING, trouble="")
        self._queue.append(number)
        self._read_next()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        source = self._rows[index.row()]
        if role == SOURCE_ROLE:
            return source
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ". ".join(part for part in (source.title, _status_text(source)) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (source.text, source.trouble, source.problem) if part)
        return None

    def _insert(self, texts: tuple[str, ...]) -> None:
        self._finding -= 1
        there = {source.text for source in self._rows}
        new = [text for text in texts if text not in there]
        if new:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(new) - 1)
            rows = [Source(self._next + row, text) for row, text in enumerate(new)]
            self._next += len(rows)
            self._rows += rows
            self.endInsertRows()
            self._queue.extend(row.number for row in rows)
        self.added.emit(tuple(source.number for source in self._rows if source.text in texts))
        self.edited.emit()
        self._read_next()

    def _not_found(self, sentence: str) -> None:
        self._finding -= 1
        self.refused.emit(sentence)
        self.edited.emit()

    def _read_next(self) -> None:
        while self._queue and self._reading < AT_ONCE:
            source = self.find(self._queue.popleft())
            if source is not None:
                self._reading += 1
                self._read(source)

    def _read(self, source: Source) -> None:
        number, text, layer = source.number, source.text, source.layer
        self._tasks.run(
            lambda: self._backend.read_source(text, layer) if layer else self._backend.read_source(text),
            lambda info: self._take_info(number, info),
            lambda sentence: self._checked(number, sentence),
        )

    def _take_info(self, number: int, info: SourceInfo) -> None:
        self.mark(number, state=SourceState.CHECKING, info=info)
        self._emit_edited_soon()
        self._tasks.run(
            lambda: self._backend.check_source(info),
            lambda _: self._checked(number, ""),
            lambda sentence: self._checked(number, sentence),
        )

    def _checked(self, number: int, sentence: str) -> None:
        self._reading -= 1
        self.mark(number, state=SourceState.REFUSED if sentence else SourceState.READY, trouble=sentence)
        self._emit_edited_soon()
        self._read_next()

    def _emit_edited_soon(self) -> None:
        if not self._edited_timer.isActive():
            self._edited_timer.start()

    def _replace(self, source: Source) -> None:
        for row, old in enumerate(self._rows):
            if old.number == source.number and old != source:
                self._rows[row] = source
                self.dataChanged.emit(self.index(row), self.index(row))


def _reopened(source: Source) -> Source:
    if source.state not in (SourceState.SENT, SourceState.FAILED):
        return source
    return replace(source, state=SourceState.READY, trouble="", job="", job_id="")


def _status_text(source: Source) -> str:
    if source.trouble or source.problem:
        return source.trouble or source.problem
    return facts_line(source.info.facts, source.rate) if source.info else ""
