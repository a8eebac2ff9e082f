# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The columns of jobs, layers and frames, one row each.

Another column is one row here; a value that no column has yet is a method in row_values.py beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Optional

from qtpy.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt

from cueffmpeg_gui.gui.rows.models.row_values import Cell, FrameValues, JobValues, LayerValues

CONTEXT = "columns"
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def marked(text: str) -> str:
    """Marks a text for translation."""
    return str(QT_TRANSLATE_NOOP(CONTEXT, text))


def tr(text: str) -> str:
    """The text in the user's language."""
    return QCoreApplication.translate(CONTEXT, text)


@dataclass(frozen=True)
class InChunkTable:
    """How the dock's table of chunks shows a column: its title there, and how many characters wide it is at first."""

    title: str
    characters: int


@dataclass(frozen=True)
class ColumnSpec:
    """A column: title and tooltip, width in pixels at first (None: the rest), its cell for a job, a layer, a frame."""

    title: str
    tip: str
    width: Optional[int]
    job: Callable[[JobValues], Cell]
    layer: Callable[[LayerValues], Cell]
    frame: Callable[[FrameValues], Cell]
    chunk: Optional[InChunkTable] = None
    side: Qt.AlignmentFlag = LEFT


class Column(IntEnum):
    """The columns in their order; `spec` holds what there is to know of one."""

    spec: ColumnSpec

    def __new__(cls, spec: ColumnSpec) -> Column:
        place = len(cls.__members__)
        column = int.__new__(cls, place)
        column._value_, column.spec = place, spec
        return column

    NAME = ColumnSpec(
        marked("Job / layer / frames"), marked("A job, its layers, and their frames"), 300,
        JobValues.name, LayerValues.name, FrameValues.name, InChunkTable(marked("Chunk"), 12),
    )  # fmt: skip
    STATE = ColumnSpec(
        marked("State"), marked("The state, as the farm has it"), 104,
        JobValues.state_cell, LayerValues.state_cell, FrameValues.state_cell, InChunkTable(marked("State"), 16),
    )  # fmt: skip
    PROGRESS = ColumnSpec(
        marked("Progress"), marked("What is done, in the colours of states"), 150,
        JobValues.progress, LayerValues.progress, FrameValues.progress, InChunkTable(marked("Done"), 18),
    )  # fmt: skip
    TIME = ColumnSpec(
        marked("Time"), marked("How long a running job still takes; how long an ended one took"), 80,
        JobValues.time, LayerValues.no_number, FrameValues.time, InChunkTable(marked("Time"), 8), RIGHT,
    )  # fmt: skip
    SCORE = ColumnSpec(
        marked("Score"), marked("The mean of the main metric; partial while frames lack theirs"), 96,
        JobValues.score, LayerValues.no_score, FrameValues.no_score, side=RIGHT,
    )  # fmt: skip
    USER = ColumnSpec(
        marked("User / host"), marked("Whose job; on which host a frame runs or ran"), 88,
        JobValues.user, LayerValues.no_text, FrameValues.host, InChunkTable(marked("Host"), 12),
    )  # fmt: skip
    STARTED = ColumnSpec(
        marked("Started"), marked("When it was sent, or last begun"), 116,
        JobValues.started, LayerValues.started, FrameValues.started,
    )  # fmt: skip
    NOTE = ColumnSpec(
        marked("Last line"), marked("What it says: progress, or why it failed"), None,
        JobValues.note, LayerValues.no_text, FrameValues.note, InChunkTable(marked("Note"), 40),
    )  # fmt: skip
