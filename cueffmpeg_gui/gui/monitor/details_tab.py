# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The Details tab: ids, folder, paths and notes; everything can be selected and copied."""

from collections.abc import Iterator
from html import escape

from qtpy.QtGui import QTextOption
from qtpy.QtWidgets import QTextEdit, QVBoxLayout, QWidget

from cueffmpeg_gui.api.monitor.follower import FrameStatus
from cueffmpeg_gui.gui.monitor.models.job_folder import JobFolder
from cueffmpeg_gui.gui.monitor.models.selected_item import SelectedItem
from cueffmpeg_gui.gui.rows.models.row_values import when
from cueffmpeg_gui.gui.widgets.theme import FAINT

Fact = tuple[str, str]


class DetailsTab(QWidget):
    """Facts of the selected item."""

    def __init__(self, job_folder: JobFolder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job_folder = job_folder
        self._item: SelectedItem | None = None
        self._shown: list[Fact] = []
        self._text = QTextEdit(readOnly=True)
        self._text.setFrameShape(QTextEdit.Shape.NoFrame)
        self._text.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName(self.tr("Details"))
        self._text.setPlaceholderText(self.tr("Select a job, a layer or a frame."))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(self._text)
        job_folder.changed.connect(self._show)

    def show_item(self, item: SelectedItem | None) -> None:
        """Shows the facts of this."""
        if item != self._item:
            self._item = item
            self._show()

    def text(self) -> str:
        """All that is shown."""
        return "\n".join(f"{label}: {value}" for label, value in self._shown)

    def _show(self) -> None:
        facts = list(self._facts(self._item)) if self._item else []
        if facts == self._shown:
            return
        self._shown = facts
        bar = self._text.verticalScrollBar()
        place = bar.value()
        self._text.setHtml(f"<table cellpadding='2'>{''.join(map(_html, facts))}</table>" if facts else "")
        bar.setValue(place)

    def _facts(self, item: SelectedItem) -> Iterator[Fact]:
        job, details = item.job, self._job_folder.details
        if item.frame:
            yield from self._frame_facts(item.frame, item.error)
        yield self.tr("Job"), job.name
        if not item.frame and item.error:
            yield self.tr("Error"), item.error
        if details:
            yield from details.facts
        yield self.tr("User"), self.tr("{}, priority {}").format(job.user, job.priority)
        yield self.tr("Started"), when(job.start) + (self.tr(", ended {}").format(when(job.stop)) if job.stop else "")
        if item.folder:
            yield self.tr("Job folder"), item.folder
        yield self.tr("Logs"), job.loki_url or job.log_dir
        yield self.tr("Job id"), job.id
        if details and details.notes:
            yield self.tr("Notes"), "\n".join(details.notes)

    def _frame_facts(self, frame: FrameStatus, error: str) -> Iterator[Fact]:
        yield self.tr("Frame"), self.tr("{}, {}").format(frame.name, frame.state.lower())
        if error:
            yield self.tr("Error"), error
        if frame.last_resource:
            yield self.tr("Host"), frame.last_resource
        yield self.tr("Tries"), self.tr("{}, exit status {}").format(frame.retry_count + 1, frame.exit_status)
        yield self.tr("Frame id"), frame.id


def _html(fact: Fact) -> str:
    label, value = (escape(text).replace("\n", "<br>") for text in fact)
    return f"<tr><td style='color: {FAINT}; padding-right: 16px' align='right'>{label}</td><td>{value}</td></tr>"
