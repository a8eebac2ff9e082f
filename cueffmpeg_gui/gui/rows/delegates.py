# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Draws the tree's states as a dot and a word, and progress as a bar in the colours of states."""

from __future__ import annotations

from qtpy.QtCore import QRectF, Qt
from qtpy.QtGui import QColor, QPainter, QPalette
from qtpy.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from cueffmpeg_gui.gui.common.model_index import AnyIndex
from cueffmpeg_gui.gui.rows.models.tree_row import DRAWN
from cueffmpeg_gui.gui.rows.state_colours import state_colour

DOT = 10
GAP = 6
BAR_HEIGHT = 8
TEXT_WIDTH = 52
TRACK = QColor(128, 128, 128, 70)


def _draw_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    style = option.widget.style() if option.widget else QApplication.style()
    style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)


def _text_colour(option: QStyleOptionViewItem) -> QColor:
    is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
    return option.palette.color(QPalette.ColorRole.HighlightedText if is_selected else QPalette.ColorRole.Text)


class StateDelegate(QStyledItemDelegate):
    """A dot in the state's colour, and the state as a word."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        _draw_ground(painter, option)
        state = index.data(DRAWN)
        if state is None:
            return
        rect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(0, 0, 0, 120))
        painter.setBrush(state_colour(state))
        painter.drawEllipse(QRectF(rect.left() + GAP, rect.center().y() - DOT / 2 + 0.5, DOT, DOT))
        painter.setPen(_text_colour(option))
        words = rect.adjusted(DOT + 2 * GAP, 0, 0, -1)
        text = option.fontMetrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)
        painter.restore()


class BarDelegate(QStyledItemDelegate):
    """Shares of a bar from the left, each in its state's colour, and the number right of it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        _draw_ground(painter, option)
        bar = index.data(DRAWN)
        if bar is None:
            return
        rect = option.rect
        painter.save()
        painter.setPen(_text_colour(option))
        text = index.data()
        text_width = max(TEXT_WIDTH, option.fontMetrics.horizontalAdvance(text) + 2 * GAP)
        words = rect.adjusted(rect.width() - text_width, 0, -GAP, -1)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), text)
        track = QRectF(
            rect.left() + GAP,
            rect.center().y() - BAR_HEIGHT / 2 + 0.5,
            max(0, rect.width() - text_width - GAP),
            BAR_HEIGHT,
        )
        painter.fillRect(track, TRACK)
        left = track.left()
        for state, share in bar:
            width = track.width() * share
            painter.fillRect(QRectF(left, track.top(), width, BAR_HEIGHT), state_colour(state))
            left += width
        painter.restore()
