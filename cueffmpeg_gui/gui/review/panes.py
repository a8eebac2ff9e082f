# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The parts of the review that show encodes, laid out: curve and numbers, worst frames beside, pictures below."""

from __future__ import annotations

from qtpy.QtCore import Qt
from qtpy.QtGui import QKeySequence, QShortcut
from qtpy.QtWidgets import QSplitter, QVBoxLayout, QWidget

from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.curve.curve_view import CurveView
from cueffmpeg_gui.gui.pictures.models.thumbnails import ThumbnailLoader
from cueffmpeg_gui.gui.pictures.picture_view import PictureView
from cueffmpeg_gui.gui.review.clip_question import ClipQuestion
from cueffmpeg_gui.gui.review.score_table import ScoreTable
from cueffmpeg_gui.gui.review.worst_frames import WorstFrames
from cueffmpeg_gui.gui.widgets.elided_label import ElidedLabel

WORST_WIDTH = 352
QWIDGETSIZE_MAX = (1 << 24) - 1
# For a small screen; larger ones share the rest.
UPPER_HEIGHT, LOWER_HEIGHT = 400, 260


class ReviewPanes(QSplitter):
    """Holds the widgets; the page connects them."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.curve = CurveView(tasks, removable=True)
        self.numbers = ScoreTable()
        self.worst, self.worst_title = WorstFrames(), ElidedLabel()
        self.thumbnails = ThumbnailLoader(tasks, self)
        self.clips = ClipQuestion()
        self.pictures = PictureView(tasks)
        self.setChildrenCollapsible(False)
        self.addWidget(self._upper())
        self._below = self._lower()
        self.addWidget(self._below)
        self.setSizes([UPPER_HEIGHT, LOWER_HEIGHT])
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 1)
        self._add_keys()

    def show_pictures(self, is_known: bool, has_scores: bool) -> None:
        """Pictures where the clips are known, else the line that asks for them, which takes only its own height."""
        self.clips.setVisible(has_scores and not is_known)
        self.pictures.setVisible(is_known)
        self._below.setMaximumHeight(QWIDGETSIZE_MAX if is_known else self.clips.sizeHint().height() + 4)

    def _add_keys(self) -> None:
        keys = {
            "J": lambda: self.pictures.play(-1), "K": lambda: self.pictures.play(0), "L": lambda: self.pictures.play(1),
        }  # fmt: skip
        for key, slot in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _upper(self) -> QWidget:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(4)
        column.addWidget(self.curve, 1)
        column.addWidget(self.numbers)
        right = QWidget()
        right.setMinimumWidth(WORST_WIDTH)
        listed = QVBoxLayout(right)
        listed.setContentsMargins(4, 0, 0, 4)
        listed.setSpacing(4)
        self.worst_title.setProperty("role", "title")
        listed.addWidget(self.worst_title)
        listed.addWidget(self.worst, 1)
        upper = QSplitter(Qt.Orientation.Horizontal)
        upper.setChildrenCollapsible(False)
        upper.addWidget(left)
        upper.addWidget(right)
        upper.setStretchFactor(0, 1)
        return upper

    def _lower(self) -> QWidget:
        lower = QWidget()
        column = QVBoxLayout(lower)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.clips)
        column.addWidget(self.pictures, 1)
        return lower
