# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The mouse over a plot: the wheel zooms frames at the pointer, Ctrl+wheel scores; dragging pans, a click selects."""

from __future__ import annotations

from typing import Any, Optional

import pyqtgraph as pg
from qtpy.QtCore import Qt, Signal


class CurveViewBox(pg.ViewBox):  # type: ignore[misc]  # pyqtgraph has no types
    """`clicked` emits the frame, not rounded. It never fits its content by itself."""

    clicked = Signal(float)

    def __init__(self) -> None:
        super().__init__(enableMenu=False, defaultPadding=0)
        self.disableAutoRange()

    def wheelEvent(self, ev: Any, axis: Optional[int] = None) -> None:
        if axis is None:
            axis = 1 if ev.modifiers() & Qt.KeyboardModifier.ControlModifier else 0
        super().wheelEvent(ev, axis)

    def mouseClickEvent(self, ev: Any) -> None:
        if ev.button() == Qt.MouseButton.LeftButton:
            ev.accept()
            self.clicked.emit(self.mapSceneToView(ev.scenePos()).x())
