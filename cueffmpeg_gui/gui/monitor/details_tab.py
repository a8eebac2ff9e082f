# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The Details tab: ids, folder, paths and notes; everything can be selected and copied."""

from collections.abc import Iterator
from html import escape

from qtpy.QtGui import QTextOption
from qtpy.QtWidgets import QTextEdit, QVBoxLayout, QWidget

from cueffmpeg_gui.gui.monitor.models.job_folder import Papers
from cueffmpeg_gui.gui.monitor.models.job_tree import Chosen
from cueffmpeg_gui.gui.rows.models.cells import when
from cueffmpeg_gui.gui.widgets.theme import FAINT

Row = tuple[str, str]


class MonitorDetails(QWidget):
    """Facts of what is chosen."""

    def __init__(self, papers: Papers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._papers = papers
        self._chosen: Chosen | None = None
        self._rows: list[Row] = []
        self._text = QTextEdit(readOnly=True)
        self._text.setFrameShape(QTextEdit.Shape.NoFrame)
        self._text.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName(self.tr("Details"))
        self._text.setPlaceholderText(self.tr("Select a job, a layer or a frame."))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(self._text)
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
        bar = self._text.verticalScrollBar()
        place = bar.value()
        self._text.setHtml(f"<table cellpadding='2'>{''.join(map(_html, rows))}</table>" if rows else "")
        bar.setValue(place)

    def _facts(self) -> Iterator[Row]:
        chosen, job = self._chosen, self._chosen.job
        if chosen.frame:
            yield from self._frame_facts(chosen)
        yield self.tr("Job"), job.name
        if not chosen.frame and chosen.error:
            yield self.tr("Error"), chosen.error
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
        yield self.tr("Tries"), self.tr("{}, exit status {}").format(frame.retry_count + 1, frame.exit_status)
        yield self.tr("Frame id"), frame.id


def _html(row: Row) -> str:
    label, value = (escape(text).replace("\n", "<br>") for text in row)
    return f"<tr><td style='color: {FAINT}; padding-right: 16px' align='right'>{label}</td><td>{value}</td></tr>"
