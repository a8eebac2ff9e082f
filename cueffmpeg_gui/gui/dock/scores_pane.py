# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The scores pane of the dock in CueGUI: what the panel asks of it, and the sentence of a CueGUI without numpy."""

from __future__ import annotations

from typing import Optional

from qtpy.QtCore import Qt, Signal
from qtpy.QtWidgets import QVBoxLayout, QWidget

from cueffmpeg_gui.gui.dock.models.dock_backend import SCORE_LAYER, JobStatus
from cueffmpeg_gui.gui.widgets.wrapped_label import WrappedLabel


class ScoresPane(QWidget):
    """Here only a sentence. `tables` are (title, widget) for tabs.

    Emits `cursor_moved` with the frame that the user went to, `tables_added` when there are tables that were not there
    before, `visibility_changed` when it was hidden or shown.
    """

    cursor_moved = Signal(int)
    tables_added = Signal()
    visibility_changed = Signal()
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
        """Goes to a frame that was selected elsewhere."""

    def start(self) -> None:
        """It has become visible: scores are polled."""

    def stop(self) -> None:
        """It is visible no more."""
