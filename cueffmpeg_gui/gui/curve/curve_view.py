# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The curve as a widget: legend, caption, plot, bars and shortcuts around one cursor.

It has no style of its own: all colours but those of curves and verdicts come from the palette.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Optional

from qtpy.QtCore import QEvent, Qt, QTimer, Signal
from qtpy.QtGui import QKeySequence, QPixmap, QShortcut, QShowEvent
from qtpy.QtWidgets import QVBoxLayout, QWidget

from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.curve.caption import CurveCaption, score_text
from cueffmpeg_gui.gui.curve.legend import CurveLegend
from cueffmpeg_gui.gui.curve.models.curve_model import CurveModel
from cueffmpeg_gui.gui.curve.models.dips import next_dip, previous_dip
from cueffmpeg_gui.gui.curve.models.encode import Encode
from cueffmpeg_gui.gui.curve.navigation_bar import NavigationBar
from cueffmpeg_gui.gui.curve.options_bar import OptionsBar
from cueffmpeg_gui.gui.curve.plot import CurvePlot

# The plot is drawn at most this often, however fast scores arrive.
DRAW_MILLISECONDS = 100


class CurveView(QWidget):
    """`cursor_moved` emits the frame when the user moves the cursor; `set_cursor` moves it without a signal.

    `compact` leaves out histogram and bars, the legend while there is one encode, and the caption's first part.
    The owner may move `options_bar` and `caption` elsewhere.
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
        """Sets the encodes: other ones, or the same with more frames. Each has its own key and number."""
        if not {one.key for one in encodes} & {one.key for one in self.model.encodes}:
            self.frame = None
            self.plot.hide_cursor()
        self.model.show(encodes)

    def set_cursor(self, frame: int) -> None:
        """Moves the cursor to a frame."""
        names = self.plot.names
        self.frame = min(max(frame, names.first), names.last)
        self.plot.show_cursor(self.frame)
        self._show_scores(self.frame)

    def picture(self) -> QPixmap:
        """A picture of legend, caption and plot."""
        return self.sheet.grab()

    def go(self, frame: int) -> None:
        """Moves the cursor to a frame, and emits it."""
        if self.model.encodes:
            self.set_cursor(frame)
            self.cursor_moved.emit(self.frame)

    def step(self, frames: int) -> None:
        """Moves the cursor forward by frames; back where negative."""
        names = self.plot.names
        self.go((names.first if self.frame is None else self.frame) + frames)

    def go_to_dip(self, is_next: bool) -> None:
        """Moves the cursor to the next or previous dip of all visible curves."""
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
        sheet.addWidget(self.legend)
        sheet.addWidget(self.caption)
        sheet.addWidget(self.plot, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.options_bar)
        column.addWidget(self.sheet, 1)
        column.addWidget(self.navigation_bar)
        optional: tuple[QWidget, ...] = (self.options_bar, self.navigation_bar, self.legend)
        for widget in optional:
            widget.setVisible(not self._is_compact)
        self.plot.setMinimumHeight(72 if self._is_compact else 140)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self.plot)
        self.plot.setAccessibleName(self.tr("Scores by frame"))

    def _connect(self) -> None:
        self._drawing.timeout.connect(self._draw)
        self.model.changed.connect(self._schedule_drawing)
        self.legend.toggled.connect(self.model.toggle)
        self.legend.removal_requested.connect(self.removal_requested)
        self.plot.clicked.connect(self.go)
        self.plot.hovered.connect(lambda frame: self._show_scores(self.frame if frame is None else frame))
        self.plot.view_changed.connect(self._show_caption)
        self.options_bar.unit_changed.connect(self._show_unit)
        self.navigation_bar.pressed.connect(self._press)
        self.navigation_bar.goto.chosen.connect(self._go_from_field)
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
        actions: dict[str, Callable[[], None]] = {
            "fit": self.plot.fit,
            "whole": self.plot.show_whole,
            "previous": lambda: self.go_to_dip(False),
            "next": lambda: self.go_to_dip(True),
        }
        actions[name]()

    def _schedule_drawing(self) -> None:
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
        self._show_scores(self.frame)

    def _show_unit(self, unit: str) -> None:
        self.plot.show_unit(unit)
        self._show_names()

    def _show_names(self) -> None:
        self.options_bar.show_names(self.plot.names)
        self.navigation_bar.goto.show_names(self.plot.names, self.plot.unit)

    def _show_caption(self) -> None:
        self.caption.show_model(self.model, self.plot.cut_text)

    def _show_scores(self, frame: Optional[int]) -> None:
        """Shows the scores of a frame in legend and caption."""
        metric = self.model.options.metric
        for one in self.model.drawn:
            entry = self.legend.entries.get(one.encode.key)
            if entry and one.main and frame is not None:
                entry.show_value(score_text(one.encode.value(metric, frame), one.main.scale.digits))
        self.caption.show_frame(self.plot.names, frame, self.model)

    def _begin_goto(self) -> None:
        self.navigation_bar.setVisible(True)
        self.navigation_bar.goto.begin()

    def _go_from_field(self, frame: int) -> None:
        self.go(frame)
        self._leave_goto()

    def _leave_goto(self) -> None:
        self.navigation_bar.setVisible(not self._is_compact)
        self.plot.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.plot.take_palette()
            self._schedule_drawing()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw()
