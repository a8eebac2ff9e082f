# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The rows below a job in the tree: its layers, and of their frames those that are shown.

Of a long layer the first page is shown, further pages on demand; frames that run or failed are always shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from qtpy.QtCore import QCoreApplication
from qtpy.QtGui import QStandardItem

from cueffmpeg_gui.api.monitor.follower import FrameStatus, JobNews, LayerStatus
from cueffmpeg_gui.gui.rows.models.cells import frame_cells, last_cells, layer_cells
from cueffmpeg_gui.gui.rows.models.row_values import Cell, FrameValues, LayerValues
from cueffmpeg_gui.gui.rows.models.tree_row import RowKind, TreeRow

PAGE = 200
# Work on this many frames that are not shown costs about what one shown costs.
FRAMES_PER_STEP = 50


@dataclass(slots=True)
class FrameEntry:
    """A known frame; `row` is None while it is not shown."""

    frame: FrameStatus
    row: TreeRow | None = None


@dataclass
class LayerEntry:
    """A layer with its known frames by id, the ids in the order of their numbers, and how many of these are shown."""

    layer: LayerStatus
    row: TreeRow
    frames: dict[str, FrameEntry] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    limit: int = PAGE
    more: TreeRow | None = None


class JobBranch:
    """The rows below one job's item."""

    def __init__(self, parent: QStandardItem) -> None:
        self.layers: dict[str, LayerEntry] = {}
        self.errors: dict[str, str] = {}
        self.lines: dict[str, str] = {}
        self.folder: str | None = None
        self.is_loaded = False
        self._parent = parent

    def apply(self, news: JobNews) -> Iterator[None]:
        """Shows what is new, a few rows between one yield and the next."""
        self.folder = news.folder
        self._apply_layers(news)
        yield
        ids = self._ids_by_name(news)
        self.errors.update(news.errors)
        ended = set(self.lines) - set(news.lines)
        self.lines = news.lines
        touched: set[str] = set()
        for number, frame in enumerate(news.frames):
            self._store(frame)
            touched.add(frame.id)
            if number % FRAMES_PER_STEP == 0:
                yield
        touched |= {ids[name] for name in (*news.errors, *news.lines, *ended) if name in ids}
        for entry in self.layers.values():
            if len(entry.order) != len(entry.frames):
                entry.order = sorted(entry.frames, key=lambda key: entry.frames[key].frame.number)
            yield from self._show(entry, touched)
        self.is_loaded = True

    def show_more(self, layer_name: str) -> Iterator[None]:
        """Another page of a layer's frames."""
        entry = self.layers[layer_name]
        entry.limit += PAGE
        yield from self._show(entry, set())

    def _apply_layers(self, news: JobNews) -> None:
        for position, layer in enumerate(news.layers):
            cells = layer_cells(LayerValues(layer, position))
            entry = self.layers.get(layer.name)
            if entry is None:
                entry = self.layers[layer.name] = LayerEntry(layer, TreeRow(RowKind.LAYER, layer.id, cells))
                entry.row.append_to(self._parent)
            entry.layer = layer
            entry.row.write(cells)

    def _ids_by_name(self, news: JobNews) -> dict[str, str]:
        shown = {e.frame.name: key for layer in self.layers.values() for key, e in layer.frames.items() if e.row}
        return {**shown, **{frame.name: frame.id for frame in news.frames}}

    def _store(self, frame: FrameStatus) -> None:
        layer = self.layers.get(frame.layer)
        if layer is None:
            return
        entry = layer.frames.setdefault(frame.id, FrameEntry(frame))
        entry.frame = frame
        if not frame.is_lost:
            self.errors.pop(frame.name, None)

    def _show(self, layer: LayerEntry, touched: set[str]) -> Iterator[None]:
        wanted = layer.order[: layer.limit]
        urgent = [key for key in touched if key in layer.frames and _is_urgent(layer.frames[key].frame)]
        for key in dict.fromkeys((*wanted, *urgent)):
            entry = layer.frames[key]
            if entry.row is None:
                entry.row = TreeRow(RowKind.FRAME, key, self._cells(layer, entry))
                entry.row.append_to(layer.row.head)
                yield
        for key in touched & layer.frames.keys():
            entry = layer.frames[key]
            if entry.row is not None:
                entry.row.write(self._cells(layer, entry))
                yield
        self._show_rest(layer)

    def _cells(self, layer: LayerEntry, entry: FrameEntry) -> tuple[Cell, ...]:
        name, last = entry.frame.name, layer.layer.last_of(entry.frame.number)
        return frame_cells(FrameValues(entry.frame, last, self.lines.get(name, ""), self.errors.get(name, "")))

    def _show_rest(self, layer: LayerEntry) -> None:
        """The last row of a layer says how many frames are not shown."""
        rest = sum(entry.row is None for entry in layer.frames.values())
        if not rest:
            if layer.more:
                layer.more.remove()
                layer.more = None
            return
        text = QCoreApplication.translate("JobBranch", "{} more …").format(rest)
        cells = last_cells(text)
        if layer.more is None:
            layer.more = TreeRow(RowKind.MORE, layer.layer.id, cells)
            layer.more.append_to(layer.row.head)
        layer.more.write(cells)


def _is_urgent(frame: FrameStatus) -> bool:
    """Whether it is shown on whatever page it lies."""
    return frame.state == "RUNNING" or frame.is_lost
