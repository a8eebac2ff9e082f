# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The chunks of one job as rows, kept from one piece of news to the next. Written in tasks: there may be thousands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Optional

from qtpy.QtCore import QT_TRANSLATE_NOOP

from cueffmpeg_gui.api.monitor.follower import FrameStatus, JobNews, LayerStatus
from cueffmpeg_gui.gui.rows.models.cells import Cell, Column, cell, frame_cells

LAST_NUMBER = re.compile(r"(?<=-)[0-9]+$")
LOST = ("DEAD", "EATEN")
# Titles, and what of a frame's row stands below them; None is the layer.
COLUMNS: tuple[tuple[str, Optional[Column]], ...] = (
    (QT_TRANSLATE_NOOP("ChunkTable", "Chunk"), Column.NAME),
    (QT_TRANSLATE_NOOP("ChunkTable", "Layer"), None),
    (QT_TRANSLATE_NOOP("ChunkTable", "State"), Column.STATE),
    (QT_TRANSLATE_NOOP("ChunkTable", "Done"), Column.PROGRESS),
    (QT_TRANSLATE_NOOP("ChunkTable", "Time"), Column.TIME),
    (QT_TRANSLATE_NOOP("ChunkTable", "Host"), Column.USER),
    (QT_TRANSLATE_NOOP("ChunkTable", "Note"), Column.NOTE),
)
STATE, DONE, TIME, NOTE = 2, 3, 4, 6


@dataclass(frozen=True)
class Chunk:
    """A row. `first` … `last` are the pictures the cue frame works on."""

    frame: FrameStatus
    first: int
    last: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class ChunkNews:
    """All rows when there are others than before, else those that changed, by their places."""

    rows: Optional[tuple[Chunk, ...]]
    changed: dict[int, Chunk]


class ChunkBook:
    """Takes news of one job. For one thread at a time."""

    def __init__(self) -> None:
        self._frames: dict[str, FrameStatus] = {}
        self._errors: dict[str, str] = {}
        self._lines: dict[str, str] = {}
        self._rows: dict[str, tuple[int, Chunk]] = {}

    def take(self, news: JobNews) -> ChunkNews:
        """What changes in the rows."""
        layers = {layer.name: (place, layer) for place, layer in enumerate(news.layers)}
        touched = {frame.name for frame in news.frames} | set(news.errors) | set(self._lines) | set(news.lines)
        self._lines = news.lines
        self._errors.update(news.errors)
        for frame in news.frames:
            self._frames[frame.name] = frame
            if frame.state not in LOST:
                self._errors.pop(frame.name, None)
        if self._frames.keys() != self._rows.keys():
            return ChunkNews(self._rebuild(layers), {})
        return ChunkNews(None, self._rewrite(touched, layers))

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
        last = _last(frame, layer) if layer else frame.number
        row = frame_cells(frame, last, self._lines.get(frame.name, ""), self._errors.get(frame.name, ""))
        cells = tuple(row[column] if column is not None else cell(frame.layer, frame.layer) for _, column in COLUMNS)
        return Chunk(frame, frame.number, last, cells)


def _last(frame: FrameStatus, layer: LayerStatus) -> int:
    """The last picture of a chunk; a range that is no plain one does not cut it."""
    digits = LAST_NUMBER.search(layer.range)
    last = frame.number + max(1, layer.chunk) - 1
    return max(frame.number, min(last, int(digits.group()))) if digits else last
