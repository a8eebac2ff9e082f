# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The curve as a widget: legend, caption, plot, bars and keys around one cursor. Small in a monitor, large in a review.

It brings no style of its own: all colours but those of curves and verdicts come from the palette around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

from qtpy.QtCore import QEvent, Qt, QTimer, Signal
from qtpy.QtGui import QKeySequence, QPixmap, QShortcut, QShowEvent
from qtpy.QtWidgets import QVBoxLayout, QWidget

from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.curve.caption import CurveCaption, number_text
from cueffmpeg_gui.gui.curve.legend import CurveLegend
from cueffmpeg_gui.gui.curve.models.curve_model import CurveModel
from cueffmpeg_gui.gui.curve.models.dips import next_dip, previous_dip
from cueffmpeg_gui.gui.curve.models.encode import Encode
from cueffmpeg_gui.gui.curve.navigation_bar import NavigationBar
from cueffmpeg_gui.gui.curve.options_bar import OptionsBar
from cueffmpeg_gui.gui.curve.plot import CurvePlot

# Not drawn more often than this, however quickly scores come.
DRAW_MILLISECONDS = 100


class CurveView(QWidget):
    """`cursor_moved` tells the frame when a person moves the cursor; `set_cursor` moves it and tells nobody.

    `compact` leaves out spread and bars, the legend while there is one encode, and of the caption what its owner says.
    `choices` and `caption` may be put elsewhere.
    """

    cursor_moved = Signal(int)
    removal_requested = Signal(str)

    def __init__(
        self, tasks: Tasks, parent: Optional[QWidget] = None, *, compact: bool = False, removable: bool = False
    ) -> None:
        super().__init__(parent)
        self.model = CurveModel(tasks, self)
        self.frame: Optional[int] = None
        self._is_compact = compact
        self.sheet = QWidget()
        self.legend, self.caption = CurveLegend(removable), CurveCaption(brief=compact)
        self.plot = CurvePlot(self.model, has_histogram=not compact)
        self.options_bar, self.navigation_bar = OptionsBar(self.model), NavigationBar(self.model)
        self._drawing = QTimer(self, singleShot=True, interval=DRAW_MILLISECONDS)
        self._is_due = False
        self._lay_out()
        self._connect()
        self._add_keys()

    def show_encodes(self, encodes: Sequence[Encode]) -> None:
        """Other encodes (each has a key and a number for its colour), or the same ones grown."""
        if not {one.key for one in encodes} & {one.key for one in self.model.encodes}:
            self.frame = None
            self.plot.hide_cursor()
        self.model.show(encodes)

    def set_cursor(self, frame: int) -> None:
        """Puts the cursor at a frame."""
        names = self.plot.names
        self.frame = min(max(frame, names.first), names.last)
        self.plot.show_cursor(self.frame)
        self._read(self.frame)

    def picture(self) -> QPixmap:
        """What is seen: legend, caption with model and what is missing, plot with its axes."""
        return self.sheet.grab()

    def go(self, frame: int) -> None:
        """Moves the cursor as a person does."""
        if self.model.encodes:
            self.set_cursor(frame)
            self.cursor_moved.emit(self.frame)

    def step(self, frames: int) -> None:
        """So many frames on, or back."""
        names = self.plot.names
        self.go((names.first if self.frame is None else self.frame) + frames)

    def go_to_dip(self, is_next: bool) -> None:
        """The dip after the cursor, or before; of all curves that are shown."""
        names = self.plot.names
        dips = [one.main.dips for one in self.model.visible if one.main]
        here = self.frame if self.frame is not None else names.first - 1
        found = next_dip(dips, here) if is_next else previous_dip(dips, here)
        if found is not None:
            self.go(found)

    def _lay_out(self) -> None:
        sheet = QVBoxLayout(self.sheet)
        sheet.setContentsMargins(0, 0, 0, 0)
        sheet.setSpacing(2)
        for widget in (self.legend, self.caption, self.plot):
            sheet.addWidget(widget, 1 if widget is self.plot else 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.options_bar, self.sheet, self.navigation_bar):
            column.addWidget(widget, 1 if widget is self.sheet else 0)
        for widget in (self.options_bar, self.navigation_bar, self.legend):
            widget.setVisible(not self._is_compact)
        self.plot.setMinimumHeight(72 if self._is_compact else 140)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self.plot)
        self.plot.setAccessibleName(self.tr("Scores by frame"))

    def _connect(self) -> None:
        self._drawing.timeout.connect(self._draw)
        self.model.changed.connect(self._wants_drawing)
        self.legend.toggled.connect(self.model.toggle)
        self.legend.removal_requested.connect(self.removal_requested)
        self.plot.clicked.connect(self.go)
        self.plot.hovered.connect(lambda frame: self._read(self.frame if frame is None else frame))
        self.plot.view_changed.connect(self._show_caption)
        self.options_bar.unit_changed.connect(self._show_unit)
        self.navigation_bar.pressed.connect(self._press)
        self.navigation_bar.goto.chosen.connect(self._went)
        self.navigation_bar.goto.left.connect(self._leave_goto)

    def _add_keys(self) -> None:
        keys = {
            "Left": lambda: self.step(-1), "Right": lambda: self.step(1),
            "Ctrl+Left": lambda: self.go_to_dip(False), "Ctrl+Right": lambda: self.go_to_dip(True),
            "[": lambda: self.go_to_dip(False), "]": lambda: self.go_to_dip(True),
            "Home": lambda: self.go(self.plot.names.first), "End": lambda: self.go(self.plot.names.last),
            "F": self.plot.fit, "W": self.plot.show_whole, "G": self._begin_goto,
        }  # fmt: skip
        for key, slot in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _press(self, name: str) -> None:
        {
            "fit": self.plot.fit,
            "whole": self.plot.show_whole,
            "previous": lambda: self.go_to_dip(False),
            "next": lambda: self.go_to_dip(True),
        }[name]()

    def _wants_drawing(self) -> None:
        self._is_due = True
        if self.isVisible() and not self._drawing.isActive():
            self._drawing.start()

    def _draw(self) -> None:
        if not self._is_due or not self.isVisible():
            return
        self._is_due = False
        self.plot.draw()
        self.legend.show_drawn(self.model.drawn, self.model.hidden)
        self.legend.setVisible(not self._is_compact or len(self.model.drawn) > 1)
        self._show_names()
        self._show_caption()
        self._read(self.frame)

    def _show_unit(self, unit: str) -> None:
        self.plot.show_unit(unit)
        self._show_names()

    def _show_names(self) -> None:
        self.options_bar.show_names(self.plot.names)
        self.navigation_bar.goto.show_names(self.plot.names, self.plot.unit)

    def _show_caption(self) -> None:
        self.caption.show_model(self.model, self.plot.cut_text)

    def _read(self, frame: Optional[int]) -> None:
        """Writes what the curves say of a frame."""
        metric = self.model.options.metric
        for one in self.model.drawn:
            entry = self.legend.entries.get(one.encode.key)
            if entry and one.main and frame is not None:
                entry.show_value(number_text(one.encode.value(metric, frame), one.main.scale.digits))
        self.caption.show_frame(self.plot.names, frame, self.model)

    def _begin_goto(self) -> None:
        self.navigation_bar.setVisible(True)
        self.navigation_bar.goto.begin()

    def _went(self, frame: int) -> None:
        self.go(frame)
        self._leave_goto()

    def _leave_goto(self) -> None:
        self.navigation_bar.setVisible(not self._is_compact)
        self.plot.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.plot.take_palette()
            self._wants_drawing()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw()
