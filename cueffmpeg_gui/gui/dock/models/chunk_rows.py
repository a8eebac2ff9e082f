# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The chunks of one job as rows, kept from one poll to the next. Written in tasks: there may be thousands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Optional

from qtpy.QtCore import Qt

from cueffmpeg_gui.api.monitor.follower import FrameStatus, JobNews, LayerStatus
from cueffmpeg_gui.gui.rows.models.columns import LEFT, Column, marked
from cueffmpeg_gui.gui.rows.models.row_values import Cell, FrameValues, cell


@dataclass(frozen=True)
class ChunkColumn:
    """A column of the table: its title, how many characters wide it is at first, and its cell for a chunk."""

    title: str
    characters: int
    cell: Callable[[FrameValues], Cell]
    side: Qt.AlignmentFlag = LEFT
    column: Optional[Column] = None


def _layer_cell(values: FrameValues) -> Cell:
    return cell(values.frame.layer, values.frame.layer)


def _shared_columns() -> list[ChunkColumn]:
    """Those that the Monitor's tree has, too."""
    shown = [(column, column.spec, column.spec.chunk) for column in Column]
    return [ChunkColumn(c.title, c.characters, spec.frame, spec.side, column) for column, spec, c in shown if c]


def place_of(column: Column) -> int:
    """Where the table shows a column of the tree."""
    return next(place for place, own in enumerate(COLUMNS) if own.column is column)


NAME_COLUMN, *OTHER_COLUMNS = _shared_columns()
COLUMNS = (NAME_COLUMN, ChunkColumn(marked("Layer"), 10, _layer_cell), *OTHER_COLUMNS)
STATE, DONE, NOTE = place_of(Column.STATE), place_of(Column.PROGRESS), place_of(Column.NOTE)


@dataclass(frozen=True)
class Chunk:
    """A row. `first` … `last` are the pictures the cue frame works on."""

    frame: FrameStatus
    first: int
    last: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class ChunkChanges:
    """All rows when there are others than before, else those that changed, by their places."""

    rows: Optional[tuple[Chunk, ...]]
    changed: dict[int, Chunk]


class ChunkRows:
    """Turns news of one job into changes of rows. For one thread at a time."""

    def __init__(self) -> None:
        self._frames: dict[str, FrameStatus] = {}
        self._errors: dict[str, str] = {}
        self._lines: dict[str, str] = {}
        self._rows: dict[str, tuple[int, Chunk]] = {}

    def apply(self, news: JobNews) -> ChunkChanges:
        """What changes in the rows."""
        layers = {layer.name: (place, layer) for place, layer in enumerate(news.layers)}
        touched = {frame.name for frame in news.frames} | set(news.errors) | set(self._lines) | set(news.lines)
        self._lines = news.lines
        self._errors.update(news.errors)
        for frame in news.frames:
            self._frames[frame.name] = frame
            if not frame.is_lost:
                self._errors.pop(frame.name, None)
        if self._frames.keys() != self._rows.keys():
            return ChunkChanges(self._rebuild(layers), {})
        return ChunkChanges(None, self._rewrite(touched, layers))

    def _rebuild(self, layers: dict[str, tuple[int, LayerStatus]]) -> tuple[Chunk, ...]:
        order = sorted(self._frames.values(), key=lambda f: (layers.get(f.layer, (len(layers),))[0], f.number))
        rows = tuple(self._chunk(frame, layers) for frame in order)
        self._rows = {chunk.frame.name: (place, chunk) for place, chunk in enumerate(rows)}
        return rows

    def _rewrite(self, touched: set[str], layers: dict[str, tuple[int, LayerStatus]]) -> dict[int, Chunk]:
        changed = {}
        for name in touched & self._rows.keys():
            place, before = self._rows[name]
            chunk = self._chunk(self._frames[name], layers)
            if chunk != before:
                self._rows[name] = (place, chunk)
                changed[place] = chunk
        return changed

    def _chunk(self, frame: FrameStatus, layers: dict[str, tuple[int, LayerStatus]]) -> Chunk:
        _, layer = layers.get(frame.layer, (0, None))
        last = layer.last_of(frame.number) if layer else frame.number
        values = FrameValues(frame, last, self._lines.get(frame.name, ""), self._errors.get(frame.name, ""))
        return Chunk(frame, frame.number, last, tuple([column.cell(values) for column in COLUMNS]))
