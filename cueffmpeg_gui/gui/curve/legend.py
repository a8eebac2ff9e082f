# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The legend: an entry for each encode with its line, name, verdict and score; clicked, it hides or shows the curve."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Optional

from qtpy.QtCore import QPoint, QRect, QSize, Qt, Signal
from qtpy.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPalette
from qtpy.QtWidgets import QAbstractButton, QGridLayout, QMenu, QSizePolicy, QStyle, QStyleOptionFocusRect, QWidget

from cueffmpeg_gui.gui.curve.colours import VERDICTS, curve_pen, faint
from cueffmpeg_gui.gui.curve.models.curve_model import DrawnCurve

COLUMNS = 4
LEAST_PREFIX = 4
LINE, GAP, MOST_WIDTH, LEAST_WIDTH = 26, 6, 340, 120
MIDDLE = Qt.AlignmentFlag.AlignVCenter


class LegendEntry(QAbstractButton):
    """Checked means shown. `removal_requested` comes from its menu and from Delete."""

    removal_requested = Signal()

    def __init__(self, is_removable: bool, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setChecked(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(LEAST_WIDTH)
        self.setMaximumWidth(MOST_WIDTH)
        self._number, self._value, self._state, self._telling = 0, "", "", ""
        self._is_removable = is_removable
        if is_removable:
            self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            self.customContextMenuRequested.connect(self._open_menu)

    def show_encode(self, drawn: DrawnCurve, is_shown: bool, telling: str) -> None:
        """What it stands for; `telling` is the end of the name that tells it from others."""
        encode, self._state = drawn.encode, drawn.verdict.state if drawn.verdict else ""
        self._number, self._telling = encode.number, telling
        self.setText(encode.name)
        self.setChecked(is_shown)
        self.setToolTip("\n".join([encode.name, _known(drawn), *_judged(drawn), self.tr("Click: hide or show")]))
        self.setAccessibleName(encode.name)
        self.updateGeometry()
        self.update()

    def show_value(self, text: str) -> None:
        """The number at the cursor."""
        if text != self._value:
            self._value = text
            self.update()

    def _open_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.addAction(self.tr("Remove\tDel")).triggered.connect(self.removal_requested)
        menu.popup(self.mapToGlobal(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self._is_removable:
            self.removal_requested.emit()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        wide = LINE + 4 * GAP + metrics.horizontalAdvance(self.text()) + self._value_width() + self._state_width()
        return QSize(min(wide, MOST_WIDTH), metrics.height() + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, middle = QPainter(self), self.height() // 2
        pen = curve_pen(self._number, self.palette(), is_pale=not self.isChecked())
        pen.setWidth(2)
        painter.setPen(pen)
        painter.drawLine(GAP, middle, GAP + LINE - 4, middle)
        self._paint_words(painter)
        if self.hasFocus():
            option = QStyleOptionFocusRect()
            option.initFrom(self)
            self.style().drawPrimitive(QStyle.PrimitiveElement.PE_FrameFocusRect, option, painter, self)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        text = self.palette().color(QPalette.ColorRole.WindowText)
        painter.setPen(text if self.isChecked() else faint(self.palette(), 0.5))
        room = self.rect().adjusted(2 * GAP + LINE, 0, -GAP, 0)
        value = self._value if self.isChecked() else self.tr("hidden")
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | MIDDLE, value)
        names = QRect(room.left(), 0, room.width() - self._value_width() - self._state_width(), self.height())
        painter.drawText(names, Qt.AlignmentFlag.AlignLeft | MIDDLE, self._name(names.width()))
        if self._state and self.isChecked():
            painter.setPen(QColor(VERDICTS[self._state]))
            place = QRect(names.right() + GAP, 0, self._state_width(), self.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | MIDDLE, self._state)

    def _name(self, width: int) -> str:
        """As much of the name's end as fits, or of the part that tells it from others."""
        metrics = self.fontMetrics()
        if metrics.horizontalAdvance(self._telling) <= width:
            return metrics.elidedText(self.text(), Qt.TextElideMode.ElideLeft, width)
        return metrics.elidedText(self._telling, Qt.TextElideMode.ElideMiddle, width)

    def _value_width(self) -> int:
        return self.fontMetrics().horizontalAdvance("no score") + GAP

    def _state_width(self) -> int:
        return self.fontMetrics().horizontalAdvance(self._state) + GAP if self._state else 0


def _known(drawn: DrawnCurve) -> str:
    encode = drawn.encode
    if encode.is_complete:
        return f"all {encode.expected:,} frames"
    return f"partial: {encode.known:,} of {encode.expected:,} frames"


def _judged(drawn: DrawnCurve) -> list[str]:
    if drawn.verdict is None:
        return []
    words = {
        "pass": "It passes its thresholds.",
        "fail": "It fails.",
        "open": "Not judged before all scores are there.",
    }
    return [words[drawn.verdict.state], *filter(None, [drawn.verdict.sentence])]


class CurveLegend(QWidget):
    """Tells the key of the encode that is to be hidden or shown, or removed."""

    toggled = Signal(str)
    removal_requested = Signal(str)

    def __init__(self, is_removable: bool, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._is_removable = is_removable
        self.entries: dict[str, LegendEntry] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._grid.setColumnStretch(COLUMNS, 1)

    def show_drawn(self, drawn: Sequence[DrawnCurve], hidden: frozenset[str]) -> None:
        """The encodes there are."""
        for key in set(self.entries) - {one.encode.key for one in drawn}:
            entry = self.entries.pop(key)
            self._grid.removeWidget(entry)
            entry.hide()
            entry.deleteLater()
        tellings = distinct_names([one.encode.name for one in drawn])
        for place, one in enumerate(drawn):
            key = one.encode.key
            entry = self.entries.get(key) or self._new(key)
            entry.show_encode(one, key not in hidden, tellings[place])
            self._grid.addWidget(entry, place // COLUMNS, place % COLUMNS)

    def _new(self, key: str) -> LegendEntry:
        entry = self.entries[key] = LegendEntry(self._is_removable)
        entry.clicked.connect(lambda: self.toggled.emit(key))
        entry.removal_requested.connect(lambda: self.removal_requested.emit(key))
        return entry


def distinct_names(names: Sequence[str]) -> list[str]:
    """Names without the begin that all of them share, for places where they do not fit."""
    alike = takewhile(lambda letters: len(set(letters)) == 1, zip(*names))
    shared = len(list(alike)) if len(names) > 1 else 0
    return [f"…{name[shared:]}" if shared >= LEAST_PREFIX and name[shared:] else name for name in names]
