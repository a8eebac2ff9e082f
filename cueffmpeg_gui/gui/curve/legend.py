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
from cueffmpeg_gui.gui.curve.models.encode import Encode

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
        self._number, self._value, self._state, self._distinct = 0, "", "", ""
        self._is_removable = is_removable
        if is_removable:
            self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            self.customContextMenuRequested.connect(self._open_menu)

    def show_encode(self, drawn: DrawnCurve, is_shown: bool, distinct: str) -> None:
        """Sets the encode; `distinct` is the part of its name that differs from the other names."""
        encode, self._state = drawn.encode, drawn.verdict.state if drawn.verdict else ""
        self._number, self._distinct = encode.number, distinct
        self.setText(encode.name)
        self.setChecked(is_shown)
        self.setToolTip(
            "\n".join([encode.name, _coverage(encode), *_verdict_lines(drawn), self.tr("Click: hide or show")])
        )
        self.setAccessibleName(encode.name)
        self.updateGeometry()
        self.update()

    def show_value(self, text: str) -> None:
        """Shows the score at the cursor."""
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
        width = LINE + 4 * GAP + metrics.horizontalAdvance(self.text()) + self._value_width() + self._state_width()
        return QSize(min(width, MOST_WIDTH), metrics.height() + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, middle = QPainter(self), self.height() // 2
        pen = curve_pen(self._number, self.palette(), is_pale=not self.isChecked())
        pen.setWidth(2)
        painter.setPen(pen)
        painter.drawLine(GAP, middle, GAP + LINE - 4, middle)
        self._paint_texts(painter)
        if self.hasFocus():
            option = QStyleOptionFocusRect()
            option.initFrom(self)
            self.style().drawPrimitive(QStyle.PrimitiveElement.PE_FrameFocusRect, option, painter, self)
        painter.end()

    def _paint_texts(self, painter: QPainter) -> None:
        text = self.palette().color(QPalette.ColorRole.WindowText)
        painter.setPen(text if self.isChecked() else faint(self.palette(), 0.5))
        area = self.rect().adjusted(2 * GAP + LINE, 0, -GAP, 0)
        value = self._value if self.isChecked() else self.tr("hidden")
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | MIDDLE, value)
        names = QRect(area.left(), 0, area.width() - self._value_width() - self._state_width(), self.height())
        painter.drawText(names, Qt.AlignmentFlag.AlignLeft | MIDDLE, self._name(names.width()))
        if self._state and self.isChecked():
            painter.setPen(QColor(VERDICTS[self._state]))
            place = QRect(names.right() + GAP, 0, self._state_width(), self.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | MIDDLE, self._state)

    def _name(self, width: int) -> str:
        """As much of the name's end as fits, or of the part that differs from the other names."""
        metrics = self.fontMetrics()
        if metrics.horizontalAdvance(self._distinct) <= width:
            return metrics.elidedText(self.text(), Qt.TextElideMode.ElideLeft, width)
        return metrics.elidedText(self._distinct, Qt.TextElideMode.ElideMiddle, width)

    def _value_width(self) -> int:
        return self.fontMetrics().horizontalAdvance("no score") + GAP

    def _state_width(self) -> int:
        return self.fontMetrics().horizontalAdvance(self._state) + GAP if self._state else 0


def _coverage(encode: Encode) -> str:
    return encode.partial_text or encode.whole_text


def _verdict_lines(drawn: DrawnCurve) -> list[str]:
    if drawn.verdict is None:
        return []
    sentences = {
        "pass": "It passes its thresholds.",
        "fail": "It fails.",
        "open": "Not judged before all scores are there.",
    }
    return [sentences[drawn.verdict.state], *filter(None, [drawn.verdict.sentence])]


class CurveLegend(QWidget):
    """Emits the key of the encode to hide or show, or to remove."""

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
        """Sets the encodes, and which of them are hidden."""
        for key in set(self.entries) - {one.encode.key for one in drawn}:
            entry = self.entries.pop(key)
            self._grid.removeWidget(entry)
            entry.hide()
            entry.deleteLater()
        distinct = distinct_names([one.encode.name for one in drawn])
        for place, one in enumerate(drawn):
            key = one.encode.key
            entry = self.entries.get(key) or self._new(key)
            entry.show_encode(one, key not in hidden, distinct[place])
            self._grid.addWidget(entry, place // COLUMNS, place % COLUMNS)

    def _new(self, key: str) -> LegendEntry:
        entry = self.entries[key] = LegendEntry(self._is_removable)
        entry.clicked.connect(lambda: self.toggled.emit(key))
        entry.removal_requested.connect(lambda: self.removal_requested.emit(key))
        return entry


def distinct_names(names: Sequence[str]) -> list[str]:
    """Names without the beginning that they all share, for entries that are too narrow for the whole name."""
    common = takewhile(lambda letters: len(set(letters)) == 1, zip(*names))
    shared = len(list(common)) if len(names) > 1 else 0
    return [f"…{name[shared:]}" if shared >= LEAST_PREFIX and name[shared:] else name for name in names]
