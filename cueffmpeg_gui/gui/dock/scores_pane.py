# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The scores' side of the dock in CueGUI: what the panel asks of it, and the sentence of a CueGUI without numpy."""

from __future__ import annotations

from typing import Optional

from qtpy.QtCore import Qt, Signal
from qtpy.QtWidgets import QVBoxLayout, QWidget

from cueffmpeg_gui.gui.dock.models.dock_backend import SCORE_LAYER, JobStatus
from cueffmpeg_gui.gui.widgets.wrapped_label import WrappedLabel


class DockSide(QWidget):
    """`cursor_moved` tells the picture a person chose; `tables` are (title, widget) for tabs. Here: a sentence.

    `grown` when there are tables that were not there before, `presence_changed` when it was hidden or shown.
    """

    cursor_moved = Signal(int)
    grown = Signal()
    presence_changed = Signal()
    layer = SCORE_LAYER
    tables: tuple[tuple[str, QWidget], ...] = ()

    def __init__(self, sentence: str = "", parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        if sentence:
            label = WrappedLabel(sentence)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            self.column.addWidget(label)

    def show_job(self, job: Optional[JobStatus]) -> None:
        """Whose scores; None for a job without."""

    def set_cursor(self, picture: int) -> None:
        """A picture was chosen elsewhere."""

    def start(self) -> None:
        """Somebody looks."""

    def stop(self) -> None:
        """Nobody looks."""
