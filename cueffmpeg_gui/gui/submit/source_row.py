# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Paints one row: picture, name, facts, and below them errors, warnings or the job that was sent."""

import os

from qtpy.QtCore import QRect, QSize, Qt
from qtpy.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPalette, QPixmap, QTransform
from qtpy.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from cueffmpeg_gui.api.submit.source_info import Thumbnail
from cueffmpeg_gui.gui.common.model_index import AnyIndex
from cueffmpeg_gui.gui.submit.models.form import SubmitForm
from cueffmpeg_gui.gui.submit.models.source import Source, SourceState, facts_line, warnings_of
from cueffmpeg_gui.gui.submit.models.source_list import SOURCE_ROLE
from cueffmpeg_gui.gui.widgets.note_label import breakable
from cueffmpeg_gui.gui.widgets.theme import ERROR, GOOD, WARNING

PAD, PICTURE = 6, QSize(80, 45)
WRAP = int(Qt.TextFlag.TextWordWrap)
WAITING = {
    SourceState.READING: "Looking …",
    SourceState.CHECKING: "Checking for damage …",
    SourceState.SENDING: "Sending …",
}


def lines_of(source: Source, form: SubmitForm) -> list[tuple[str, str]]:
    """The (role, text) of each line below name and facts."""
    if source.trouble:
        # The folder is in the tooltip; the row is narrow.
        return [("error", "✗ " + source.trouble.replace(os.path.dirname(source.text) + os.sep, ""))]
    if source.state is SourceState.SENT:
        return [("good", f"✓ Sent: {source.job}")]
    if form.is_reference(source):
        return [("hint", "Reference of another row")]
    lines = [("hint", WAITING[source.state])] if source.state in WAITING else []
    if source.problem:
        lines.append(("error", f"✗ {source.problem}"))
    found = warnings_of(source.info.facts) if source.info else []
    return lines + ([("warning", "⚠ " + ", ".join(found))] if found else [])


class SourceRowDelegate(QStyledItemDelegate):
    """Draws a row; its height follows from its texts, so that no sentence is cut."""

    def __init__(self, form: SubmitForm, view: QListView) -> None:
        super().__init__(view)
        self._form, self._view = form, view
        self._pictures: dict[int, tuple[Thumbnail, QPixmap]] = {}
        self._heights: dict[object, int] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        source = index.data(SOURCE_ROLE)
        texts = (_facts(source), *(text for _, text in lines_of(source, self._form)))
        width = self._view.viewport().width() - PICTURE.width() - 3 * PAD
        key = (width, self._view.font().key(), texts)
        if key not in self._heights:
            metrics = QFontMetrics(self._view.font())
            self._heights[key] = metrics.height() + sum(_height(metrics, width, text) for text in texts)
        return QSize(0, max(self._heights[key], PICTURE.height()) + 2 * PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        source = index.data(SOURCE_ROLE)
        painter.save()
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_selected:
            self._paint_selection(painter, option.rect)
        area = option.rect.adjusted(PAD, PAD, -PAD, -PAD)
        self._paint_picture(painter, source, QRect(area.topLeft(), PICTURE))
        self._paint_texts(painter, source, area.adjusted(PICTURE.width() + PAD, 0, 0, 0), is_selected)
        painter.restore()

    def _paint_selection(self, painter: QPainter, area: QRect) -> None:
        """Fainter than usual, so that errors stay readable on it."""
        palette = self._view.palette()
        faint = QColor(palette.color(QPalette.ColorRole.Highlight))
        faint.setAlpha(110)
        painter.fillRect(area, faint)
        painter.fillRect(QRect(area.left(), area.top(), 2, area.height()), palette.color(QPalette.ColorRole.Link))

    def _paint_picture(self, painter: QPainter, source: Source, area: QRect) -> None:
        palette = self._view.palette()
        picture = self._picture(source)
        painter.fillRect(area, palette.color(QPalette.ColorRole.Window))
        if picture:
            shown = picture.rect()
            shown.moveCenter(area.center())
            painter.drawPixmap(shown, picture)

    def _paint_texts(self, painter: QPainter, source: Source, area: QRect, is_selected: bool) -> None:
        palette = self._view.palette()
        bright = palette.color(QPalette.ColorRole.HighlightedText if is_selected else QPalette.ColorRole.Text)
        faint = bright if is_selected else palette.color(QPalette.ColorRole.PlaceholderText)
        colours = {"error": QColor(ERROR), "warning": QColor(WARNING), "good": QColor(GOOD), "hint": faint}
        font = QFont(self._view.font())
        metrics = QFontMetrics(font)
        title = QFont(font)
        title.setBold(True)
        painter.setFont(title)
        painter.setPen(bright)
        name = QFontMetrics(title).elidedText(source.title, Qt.TextElideMode.ElideMiddle, area.width())
        painter.drawText(QRect(area.left(), area.top(), area.width(), metrics.height()), 0, name)
        painter.setFont(font)
        top = area.top() + metrics.height()
        for role, text in [("hint", _facts(source)), *lines_of(source, self._form)]:
            height = _height(metrics, area.width(), text)
            painter.setPen(colours[role])
            painter.drawText(QRect(area.left(), top, area.width(), height), WRAP, breakable(text))
            top += height

    def _picture(self, source: Source) -> QPixmap | None:
        thumbnail = source.info.thumbnail if source.info else None
        if thumbnail is None:
            return None
        shown = self._pictures.get(source.number)
        if shown is None or shown[0] is not thumbnail:
            image = QImage(
                thumbnail.rgb, thumbnail.width, thumbnail.height, 3 * thumbnail.width, QImage.Format.Format_RGB888
            )
            rotated = image.transformed(QTransform().rotate(-thumbnail.rotation)) if thumbnail.rotation else image
            scaled = rotated.scaled(
                PICTURE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            shown = self._pictures[source.number] = thumbnail, QPixmap.fromImage(scaled)
        return shown[1]


def _facts(source: Source) -> str:
    return facts_line(source.info.facts, source.rate) if source.info else os.path.dirname(source.text)


def _height(metrics: QFontMetrics, width: int, text: str) -> int:
    return metrics.boundingRect(QRect(0, 0, max(width, 40), 10000), WRAP, breakable(text)).height()
