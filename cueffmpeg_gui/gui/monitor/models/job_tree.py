# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The tree of jobs, layers and frames. Changes come in as differences and are shown in slices; nothing is reset."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from qtpy.QtCore import QModelIndex, QObject, Qt, Signal
from qtpy.QtGui import QStandardItem, QStandardItemModel

from cueffmpeg_gui.api.monitor.follower import FrameStatus, JobChanges, JobNews, JobStatus, LayerStatus, state_of
from cueffmpeg_gui.api.monitor.summaries import JobSummary
from cueffmpeg_gui.gui.monitor.models.eta import Eta
from cueffmpeg_gui.gui.monitor.models.job_branch import JobBranch
from cueffmpeg_gui.gui.monitor.models.time_slices import Slices
from cueffmpeg_gui.gui.rows.models.cells import Cell, Column, job_cells
from cueffmpeg_gui.gui.rows.models.tree_row import ALIGNED, FILTER, KEY, RIGHT, TreeRow

__all__ = ["Chosen", "JobStatus", "JobTree"]


@dataclass(frozen=True)
class Chosen:
    """What a row stands for: a job, or a layer or frame of it; with what the frame's log says and the job folder."""

    job: JobStatus
    layer: LayerStatus | None = None
    frame: FrameStatus | None = None
    error: str = ""
    folder: str | None = None

    @property
    def key(self) -> str:
        """The row's key."""
        if self.frame:
            return f"f:{self.frame.id}"
        return f"l:{self.layer.id}" if self.layer else f"j:{self.job.id}"


class _JobEntry:
    __slots__ = ("_branch", "_eta", "glance", "job", "row")

    def __init__(self, job: JobStatus) -> None:
        self.job = job
        self.glance: JobSummary | None = None
        self._eta: Eta | None = None
        self._branch: JobBranch | None = None
        self.row = TreeRow(f"j:{job.id}", self.cells())

    @property
    def branch(self) -> JobBranch:
        """What hangs below it; most jobs are never opened."""
        if self._branch is None:
            self._branch = JobBranch(self.row.head)
        return self._branch

    def take_glance(self, glance: JobSummary) -> None:
        self.glance = glance
        if state_of(self.job) == "running":
            self._eta = self._eta or Eta()
            self._eta.add(time.monotonic(), glance.fraction)

    def cells(self) -> tuple[Cell, ...]:
        return job_cells(self.job, self.glance, self._eta.remaining() if self._eta else None)


class JobTree(QStandardItemModel):
    """Rows are known by their keys. `changed` is told after each batch."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(0, len(Column), parent)
        self._jobs: dict[str, _JobEntry] = {}
        self.is_answered = False
        self.slices = Slices(self)
        self._head()

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

    def glance(self, job_id: str) -> JobSummary | None:
        """What was seen of a job at a glance."""
        entry = self._jobs.get(job_id)
        return entry.glance if entry else None

    def is_loaded(self, job_id: str) -> bool:
        """Whether the job's layers and frames are there."""
        entry = self._jobs.get(job_id)
        return entry is not None and entry.branch.is_loaded

    def take_jobs(self, changes: JobChanges) -> None:
        """Shows new and changed jobs, and drops those that are gone."""
        self.slices.add(self._take_jobs(changes))

    def take_news(self, news: JobNews) -> None:
        """Shows what changed in a job."""
        self.slices.add(self._take_news(news))

    def take_glances(self, glances: dict[str, JobSummary]) -> None:
        """Shows what jobs look like at a glance."""
        self.slices.add(self._take_glances(glances))

    def frame_to_read(self, chosen: Chosen) -> str | None:
        """Whose log is of interest: the frame's own, else a failed one, else one that runs, else the last to end."""
        if chosen.frame:
            return chosen.frame.name
        branch = self._jobs[chosen.job.id].branch if chosen.job.id in self._jobs else None
        known_layers = branch.layers if branch else {}
        layers = [entry for name, entry in known_layers.items() if not chosen.layer or name == chosen.layer.name]
        frames = [known.frame for entry in layers for known in entry.frames.values()]
        return max(frames, key=_interest).name if frames else None

    def show_more(self, index: QModelIndex) -> None:
        """Another page of frames, when the row is the one that says how many there are."""
        if not str(index.siblingAtColumn(0).data(KEY)).startswith("m:"):
            return
        job, layer = self._place(index)
        if job and layer:
            self.slices.add(job.branch.show_more(layer))

    def make_openable(self, job_id: str) -> None:
        """A row that has come into sight can be opened, also before its layers are known.

        Not all rows from the begin: a proxy works on each row that has others below it, at each layout.
        """
        entry = self._jobs.get(job_id)
        if entry and not entry.row.head.hasChildren():
            entry.row.head.appendRow(QStandardItem(self.tr("Loading …")))

    def forget(self) -> None:
        """Another farm, or other jobs: begins anew."""
        self.slices.clear()
        self._jobs.clear()
        self.removeRows(0, self.rowCount())
        self.is_answered = False
        self.changed.emit()

    def chosen(self, index: QModelIndex) -> Chosen | None:
        """What a row stands for; None for a row that only says how many more there are."""
        entry, layer_name = self._place(index)
        key = index.siblingAtColumn(0).data(KEY)
        if entry is None or key.startswith("m:"):
            return None
        branch, job = entry.branch, entry.job
        if layer_name is None:
            return Chosen(job, folder=branch.folder, error=entry.glance.failure if entry.glance else "")
        layer = branch.layers[layer_name]
        if key.startswith("l:"):
            return Chosen(job, layer.layer, folder=branch.folder)
        frame = layer.frames[key[2:]].frame
        return Chosen(job, layer.layer, frame, branch.errors.get(frame.name, ""), branch.folder)

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

    def _take_jobs(self, changes: JobChanges) -> Iterator[None]:
        for job_id in changes.gone:
            entry = self._jobs.pop(job_id, None)
            if entry:
                entry.row.remove()
                yield
        for job in changes.changed:
            self._take_job(job)
            yield
        self.is_answered = True
        self.changed.emit()

    def _take_job(self, job: JobStatus) -> None:
        entry = self._jobs.get(job.id)
        if entry is None:
            entry = self._jobs[job.id] = _JobEntry(job)
            _mark(entry)
            entry.row.append_to(self.invisibleRootItem())
            return
        entry.job = job
        entry.row.write(entry.cells())
        _mark(entry)

    def _take_news(self, news: JobNews) -> Iterator[None]:
        entry = self._jobs.get(news.job.id)
        if entry is None:
            return
        has_placeholder = not entry.branch.layers and entry.row.head.hasChildren()
        yield from entry.branch.take(news)
        if has_placeholder:
            entry.row.head.removeRow(0)
        self.changed.emit()

    def _take_glances(self, glances: dict[str, JobSummary]) -> Iterator[None]:
        for job_id, glance in glances.items():
            entry = self._jobs.get(job_id)
            if entry is None:
                continue
            entry.take_glance(glance)
            entry.row.write(entry.cells())
            yield
        self.changed.emit()

    def _place(self, index: QModelIndex) -> tuple[_JobEntry | None, str | None]:
        """The job of a row and the name of its layer."""
        if not index.isValid():
            return None, None
        path = [index.siblingAtColumn(0)]
        while path[0].parent().isValid():
            path.insert(0, path[0].parent())
        entry = self._jobs.get(str(path[0].data(KEY))[2:])
        layer = str(path[1].data(Qt.ItemDataRole.DisplayRole)) if len(path) > 1 else None
        if entry is None or (layer is not None and layer not in entry.branch.layers):
            return None, None
        return entry, layer

    def _head(self) -> None:
        titles = {
            Column.NAME: (self.tr("Job / layer / frames"), self.tr("A job, its layers, and their frames")),
            Column.STATE: (self.tr("State"), self.tr("The state, as the farm has it")),
            Column.PROGRESS: (self.tr("Progress"), self.tr("What is done, in the colours of states")),
            Column.TIME: (self.tr("Time"), self.tr("How long a running job still takes; how long an ended one took")),
            Column.SCORE: (self.tr("Score"), self.tr("The mean of the main metric; partial while frames lack theirs")),
            Column.USER: (self.tr("User / host"), self.tr("Whose job; on which host a frame runs or ran")),
            Column.STARTED: (self.tr("Started"), self.tr("When it was sent, or last begun")),
            Column.NOTE: (self.tr("Last line"), self.tr("What it says: progress, or why it failed")),
        }
        for column, (title, tip) in titles.items():
            item = QStandardItem(title)
            item.setToolTip(tip)
            if column in RIGHT:
                item.setTextAlignment(ALIGNED)
            self.setHorizontalHeaderItem(column, item)


def _interest(frame: FrameStatus) -> tuple[int, int]:
    rank = {"DEAD": 3, "RUNNING": 2, "EATEN": 1}.get(frame.state, 0)
    return rank, -frame.number if rank else frame.stop


def _mark(entry: _JobEntry) -> None:
    """What filters look at."""
    job = entry.job
    mark = f"<{state_of(job)}{' lost' if job.counts.dead or job.counts.eaten else ''}> {job.name} {job.user} {job.shot}"
    if entry.row.head.data(FILTER) != mark:
        entry.row.head.setData(mark, FILTER)
