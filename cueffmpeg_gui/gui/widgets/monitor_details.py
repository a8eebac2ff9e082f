# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The Details tab: ids, folder, paths and notes; everything can be selected and copied."""

from collections.abc import Iterator

from qtpy.QtCore import Qt
from qtpy.QtWidgets import QFormLayout, QLabel, QScrollArea, QWidget

from cueffmpeg_gui.gui.models.job_papers import Papers
from cueffmpeg_gui.gui.models.job_rows import when
from cueffmpeg_gui.gui.models.job_tree import Chosen

Row = tuple[str, str]


class MonitorDetails(QScrollArea):
    """Facts of what is chosen."""

    def __init__(self, papers: Papers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._papers = papers
        self._chosen: Chosen | None = None
        self._rows: list[Row] = []
        self._labels: list[tuple[QLabel, QLabel]] = []
        inner = QWidget()
        self._form = QFormLayout(inner)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self._form.setHorizontalSpacing(16)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        papers.changed.connect(self._show)

    def show_chosen(self, chosen: Chosen | None) -> None:
        """Shows the facts of this."""
        if chosen != self._chosen:
            self._chosen = chosen
            self._show()

    def text(self) -> str:
        """All that is shown."""
        return "\n".join(f"{label}: {value}" for label, value in self._rows)

    def _show(self) -> None:
        rows = list(self._facts()) if self._chosen else []
        if rows == self._rows:
            return
        self._rows = rows
        while len(self._labels) < len(rows):
            self._labels.append(self._add())
        for number, (label, value) in enumerate(self._labels):
            is_used = number < len(rows)
            self._form.setRowVisible(number, is_used)
            label.setText(rows[number][0] if is_used else "")
            value.setText(rows[number][1] if is_used else "")

    def _add(self) -> tuple[QLabel, QLabel]:
        label, value = QLabel(), QLabel()
        label.setProperty("role", "hint")
        value.setTextFormat(Qt.TextFormat.PlainText)
        value.setWordWrap(True)
        flags = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        value.setTextInteractionFlags(flags)
        self._form.addRow(label, value)
        return label, value

    def _facts(self) -> Iterator[Row]:
        chosen, job = self._chosen, self._chosen.job
        if chosen.frame:
            yield from self._frame_facts(chosen)
        yield self.tr("Job"), job.name
        if self._papers.papers:
            yield from self._papers.papers.facts
        yield self.tr("User"), self.tr("{}, priority {}").format(job.user, job.priority)
        yield self.tr("Started"), when(job.start) + (self.tr(", ended {}").format(when(job.stop)) if job.stop else "")
        if chosen.folder:
            yield self.tr("Job folder"), chosen.folder
        yield self.tr("Logs"), job.loki_url or job.log_dir
        yield self.tr("Job id"), job.id
        if self._papers.papers and self._papers.papers.notes:
            yield self.tr("Notes"), "\n".join(self._papers.papers.notes)

    def _frame_facts(self, chosen: Chosen) -> Iterator[Row]:
        frame = chosen.frame
        yield self.tr("Frame"), self.tr("{}, {}").format(frame.name, frame.state.lower())
        if chosen.error:
            yield self.tr("Error"), chosen.error
        if frame.last_resource:
            yield self.tr("Host"), frame.last_resource
        tries = self.tr("{} retries, exit status {}").format(frame.retry_count, frame.exit_status)
        yield self.tr("Tries"), tries
        yield self.tr("Frame id"), frame.id
