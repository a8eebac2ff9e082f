# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The tree of jobs, layers and frames. Changes come in as differences and are shown in slices; nothing is reset."""

from collections.abc import Iterator

from qtpy.QtCore import QModelIndex, QObject, Qt, Signal
from qtpy.QtGui import QStandardItem, QStandardItemModel

from cueffmpeg_gui.api.monitor.follower import JobChanges, JobNews, JobStatus
from cueffmpeg_gui.api.monitor.summaries import JobSummary
from cueffmpeg_gui.gui.monitor.models.job_entry import JobEntry
from cueffmpeg_gui.gui.monitor.models.selected_item import SelectedItem
from cueffmpeg_gui.gui.monitor.models.time_slices import TimeSlices
from cueffmpeg_gui.gui.rows.models.columns import RIGHT, Column, tr
from cueffmpeg_gui.gui.rows.models.tree_row import KEY, RowKind, kind_of


class JobTree(QStandardItemModel):
    """Rows are known by their kinds and keys. Emits `changed` after each batch."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(0, len(Column), parent)
        self._jobs: dict[str, JobEntry] = {}
        self.is_answered = False
        self.slices = TimeSlices(self)
        self._set_headers()

    @property
    def count(self) -> int:
        """How many jobs are known."""
        return len(self._jobs)

    def jobs(self) -> list[JobStatus]:
        """All jobs."""
        return [entry.job for entry in self._jobs.values()]

    def job(self, job_id: str) -> JobStatus | None:
        """A job as it is known."""
        entry = self._jobs.get(job_id)
        return entry.job if entry else None

    def summary(self, job_id: str) -> JobSummary | None:
        """The newest summary of a job."""
        entry = self._jobs.get(job_id)
        return entry.summary if entry else None

    def is_loaded(self, job_id: str) -> bool:
        """Whether the job's layers and frames are there."""
        entry = self._jobs.get(job_id)
        return entry is not None and entry.branch.is_loaded

    def apply_jobs(self, changes: JobChanges) -> None:
        """Shows new and changed jobs, and drops those that are gone."""
        self.slices.add(self._apply_jobs(changes))

    def apply_news(self, news: JobNews) -> None:
        """Shows what changed in a job."""
        self.slices.add(self._apply_news(news))

    def apply_summaries(self, summaries: dict[str, JobSummary]) -> None:
        """Shows the newest summaries of jobs."""
        self.slices.add(self._apply_summaries(summaries))

    def frame_to_read(self, selected: SelectedItem) -> str | None:
        """Whose log is of interest: the selected frame's own, else the one JobEntry.frame_to_read names."""
        if selected.frame:
            return selected.frame.name
        entry = self._jobs.get(selected.job.id)
        return entry.frame_to_read(selected.layer.name if selected.layer else None) if entry else None

    def show_more(self, index: QModelIndex) -> None:
        """Another page of frames, when the row is the one that says how many there are."""
        if kind_of(index) is not RowKind.MORE:
            return
        job, layer = self._entry_and_layer(index)
        if job and layer:
            self.slices.add(job.branch.show_more(layer))

    def make_openable(self, job_id: str) -> None:
        """Lets a row that has become visible be opened, also before its layers are known.

        Not all rows from the start: at each layout a proxy works on each row that has others below it.
        """
        entry = self._jobs.get(job_id)
        if entry and not entry.row.head.hasChildren():
            entry.row.head.appendRow(QStandardItem(self.tr("Loading …")))

    def forget(self) -> None:
        """Drops all jobs: another farm is asked, or for another user's jobs."""
        self.slices.clear()
        self._jobs.clear()
        self.removeRows(0, self.rowCount())
        self.is_answered = False
        self.changed.emit()

    def selected_item(self, index: QModelIndex) -> SelectedItem | None:
        """What a row stands for; None for a row that only says how many more there are."""
        entry, layer_name = self._entry_and_layer(index)
        kind = kind_of(index)
        if entry is None or kind is RowKind.MORE:
            return None
        branch, job = entry.branch, entry.job
        if layer_name is None:
            return SelectedItem(job, folder=branch.folder, error=entry.summary.failure if entry.summary else "")
        layer = branch.layers[layer_name]
        if kind is RowKind.LAYER:
            return SelectedItem(job, layer.layer, folder=branch.folder)
        frame = layer.frames[str(index.siblingAtColumn(0).data(KEY))].frame
        return SelectedItem(job, layer.layer, frame, branch.errors.get(frame.name, ""), branch.folder)

    def index_of_job(self, job_id: str) -> QModelIndex:
        """The row of a job; invalid when it is not there."""
        entry = self._jobs.get(job_id)
        return entry.row.head.index() if entry else QModelIndex()

    def index_of_frame(self, job_id: str, frame_name: str) -> QModelIndex:
        """The row of a frame; invalid while it is not shown."""
        entry = self._jobs.get(job_id)
        for layer in entry.branch.layers.values() if entry else ():
            for known in layer.frames.values():
                if known.frame.name == frame_name and known.row:
                    return known.row.head.index()
        return QModelIndex()

    def _apply_jobs(self, changes: JobChanges) -> Iterator[None]:
        for job_id in changes.gone:
            entry = self._jobs.pop(job_id, None)
            if entry:
                entry.row.remove()
                yield
        for job in changes.changed:
            self._apply_job(job)
            yield
        self.is_answered = True
        self.changed.emit()

    def _apply_job(self, job: JobStatus) -> None:
        entry = self._jobs.get(job.id)
        if entry is None:
            entry = self._jobs[job.id] = JobEntry(job)
            entry.row.append_to(self.invisibleRootItem())
        else:
            entry.apply_job(job)

    def _apply_news(self, news: JobNews) -> Iterator[None]:
        entry = self._jobs.get(news.job.id)
        if entry is None:
            return
        has_placeholder = not entry.branch.layers and entry.row.head.hasChildren()
        yield from entry.branch.apply(news)
        if has_placeholder:
            entry.row.head.removeRow(0)
        self.changed.emit()

    def _apply_summaries(self, summaries: dict[str, JobSummary]) -> Iterator[None]:
        for job_id, summary in summaries.items():
            entry = self._jobs.get(job_id)
            if entry is None:
                continue
            entry.apply_summary(summary)
            yield
        self.changed.emit()

    def _entry_and_layer(self, index: QModelIndex) -> tuple[JobEntry | None, str | None]:
        """The job of a row and the name of its layer."""
        if not index.isValid():
            return None, None
        path = [index.siblingAtColumn(0)]
        while path[0].parent().isValid():
            path.insert(0, path[0].parent())
        entry = self._jobs.get(str(path[0].data(KEY)))
        layer = str(path[1].data(Qt.ItemDataRole.DisplayRole)) if len(path) > 1 else None
        if entry is None or (layer is not None and layer not in entry.branch.layers):
            return None, None
        return entry, layer

    def _set_headers(self) -> None:
        for column in Column:
            item = QStandardItem(tr(column.spec.title))
            item.setToolTip(tr(column.spec.tip))
            if column.spec.side == RIGHT:
                item.setTextAlignment(RIGHT)
            self.setHorizontalHeaderItem(column, item)
