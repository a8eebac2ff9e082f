# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Goes to a frame or timecode that is typed; what cannot be is said beside the field."""

from __future__ import annotations

from typing import Optional

from qtpy.QtCore import Qt, Signal
from qtpy.QtGui import QKeySequence, QShortcut
from qtpy.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.gui.curve.models.frame_names import SHOT, FrameNames
from cueffmpeg_gui.gui.widgets.elided_label import ElidedLabel

FIELD_WIDTH = 132


class GotoField(QWidget):
    """`chosen` tells the frame; Escape leaves the field."""

    chosen = Signal(int)
    left = Signal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._names, self._unit = FrameNames(0, 0), SHOT
        self.line = QLineEdit()
        self.line.setFixedWidth(FIELD_WIDTH)
        self.line.setAccessibleName(self.tr("Go to frame or timecode"))
        self.line.setToolTip(self.tr("A frame number or a timecode, then Enter (G)"))
        self.said = ElidedLabel()
        self.said.setProperty("role", "error")
        caption = QLabel(self.tr("Go to"))
        caption.setBuddy(self.line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(caption)
        row.addWidget(self.line)
        row.addWidget(self.said, 1)
        self.line.returnPressed.connect(self._go)
        self.line.textEdited.connect(lambda _: self.said.setText(""))
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._leave)

    def show_names(self, names: FrameNames, unit: str) -> None:
        """What frames are called."""
        self._names, self._unit = names, unit
        first = names.name(names.first, unit)
        self.line.setPlaceholderText(f"{first} …")

    def begin(self) -> None:
        """Ready to type."""
        self.line.setFocus()
        self.line.selectAll()

    def _go(self) -> None:
        try:
            frame = self._names.find(self.line.text(), self._unit)
        except InputRefused as refused:
            self.said.setText(str(refused))
            self.line.selectAll()
            return
        self.said.setText("")
        self.chosen.emit(frame)

    def _leave(self) -> None:
        self.said.setText("")
        self.line.clear()
        self.left.emit()
