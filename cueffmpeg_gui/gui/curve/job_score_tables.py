# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The tables below a job's curve: pooled scores, and the worst frames."""

from __future__ import annotations

from qtpy.QtCore import QObject, Signal

from cueffmpeg_gui.gui.curve.models.job_scores import JobScores
from cueffmpeg_gui.gui.widgets.number_table import NumberTable, number
from cueffmpeg_gui.media.statistics import sense_word, shown_statistics, shown_values


class JobScoreTables(QObject):
    """Fills both tables from JobScores; emits `frame_chosen` when one of the worst frames is double-clicked."""

    frame_chosen = Signal(int)

    def __init__(self, model: JobScores, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self.pooled, self.worst = NumberTable(self.tr("Pooled scores")), NumberTable(self.tr("Worst frames"))
        self.worst.cellActivated.connect(lambda row, _: self._choose(row))

    def fill(self) -> None:
        """Writes what is known; without scores the tables are empty."""
        summary = self._model.summary
        metrics = summary.scores.metrics if summary else ()
        names = shown_statistics(metrics)
        titles = [self.tr("Metric"), self.tr("better"), *(name.replace("_", " ") for name in names)]
        pooled = zip(metrics, summary.pooled) if summary else ()
        worst = summary.worst if summary else ()
        self.pooled.fill(titles, [_row(metric, label, values, names) for metric, (label, values) in pooled])
        rows = [[str(frame), *map(number, numbers)] for frame, numbers in worst]
        self.worst.fill([self.tr("Frame"), *self._model.metrics], rows)

    def _choose(self, row: int) -> None:
        summary = self._model.summary
        if summary and row < len(summary.worst):
            self.frame_chosen.emit(summary.worst[row][0])


def _row(metric: str, label: str, values: dict[str, float], names: tuple[str, ...]) -> list[str]:
    return [label, sense_word(metric), *map(number, shown_values(metric, values, names))]
