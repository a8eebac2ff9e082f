# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The Scores tab: the curve, pooled scores and the worst frames, growing while the job runs."""

from __future__ import annotations

from qtpy.QtCore import Qt, Signal
from qtpy.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.curve.curve_view import CurveView
from cueffmpeg_gui.gui.curve.job_score_tables import JobScoreTables
from cueffmpeg_gui.gui.curve.models.job_scores import JobScores
from cueffmpeg_gui.media.scores import every_word

CURVE_SHARE, TABLES_SHARE = 3, 2


class ScoresTab(QWidget):
    """Shows JobScores. Emits `review_wanted` with the frame to review, None for no particular one."""

    review_wanted = Signal(object)

    def __init__(self, model: JobScores, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.status = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.curve = CurveView(tasks, compact=True)
        self.review = QPushButton(self.tr("Open &review"))
        self.review.setToolTip(self.tr("Curve, worst frames and pictures of this job on the Review page"))
        self._tables = JobScoreTables(model, self)
        self.pooled, self.worst = self._tables.pooled, self._tables.worst
        self._lay_out()
        model.changed.connect(self._show)
        self.review.clicked.connect(lambda: self.review_wanted.emit(self.curve.frame))
        self.curve.plot.clicked.connect(self.review_wanted.emit)
        self._tables.frame_chosen.connect(self.review_wanted.emit)
        self._show()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.status)
        head.addWidget(self.curve.caption, 1)
        head.addWidget(self.review)
        tables = QHBoxLayout()
        tables.addWidget(self.pooled, 3)
        tables.addWidget(self.worst, 2)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 4, 0, 0)
        self._layout.setSpacing(4)
        self._layout.addLayout(head)
        self._layout.addWidget(self.curve, CURVE_SHARE)
        self._layout.addLayout(tables, TABLES_SHARE)

    def _show(self) -> None:
        summary = self.model.summary
        for widget in (self.curve, self.curve.caption, self.review, self.pooled, self.worst):
            widget.setVisible(summary is not None)
        self._layout.setAlignment(Qt.AlignmentFlag.AlignTop if summary is None else Qt.AlignmentFlag(0))
        self.curve.show_encodes([self.model.encode] if self.model.encode else [])
        if summary is None:
            self.status.setText(self.model.trouble or self.tr("No scores: the job compares nothing, or not yet."))
            return
        scores = summary.scores
        known = self.tr("{} of {} frames").format(len(scores.rows), scores.expected)
        whole = f"{every_word(scores.every)} frame" if scores.every > 1 else f"all {scores.expected} frames"
        text = whole if scores.is_complete else known
        self.status.setText(f"{summary.model}  ·  {text}{'' if scores.is_complete else self.tr('  ·  partial')}")
        self._tables.fill()
