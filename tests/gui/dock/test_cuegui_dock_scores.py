# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The scores of the dock in CueGUI: curve, tables, one cursor for all, and a CueGUI that lacks numpy."""

from typing import Any

from dock_steps import show, texts
from fake_backend import FakeBackend
from farm_values import CHUNKS, chunked, make_job, scored

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.dock.dock_scores import DockScores
from cueffmpeg_gui.gui.dock.lazy_scores import LazyScoresPane
from cueffmpeg_gui.gui.dock.models.dock_job import DockJob
from cueffmpeg_gui.gui.dock.panel import DockPanel
from cueffmpeg_gui.gui.dock.scores_pane import ScoresPane
from cueffmpeg_gui.gui.widgets.wrapped_label import WrappedLabel


def test_the_curve_and_the_worst_frames_are_the_scores(qtbot: Any, panel: DockPanel, backend: FakeBackend) -> None:
    job = make_job(1, succeeded=10)
    summary = backend.scores_of[job.id] = scored()
    backend.put(job, chunked(job))
    show(qtbot, panel, job)
    qtbot.waitUntil(lambda: bool(panel.scores_pane.curve.model.encodes))
    encode = panel.scores_pane.curve.model.encodes[0]
    assert [encode.value("vmaf", frame) for frame in summary.scores.rows] == summary.scores.values("vmaf")
    worst = [int(panel.scores_pane.worst.item(row, 0).text()) for row in range(panel.scores_pane.worst.rowCount())]
    assert worst == [frame for frame, _ in summary.worst]
    assert summary.model in panel.scores_pane.line.text()


def test_partial_scores_are_called_partial(qtbot: Any, panel: DockPanel, backend: FakeBackend) -> None:
    job = make_job(1)
    backend.scores_of[job.id] = scored(100)
    backend.put(job, chunked(job))
    show(qtbot, panel, job)
    qtbot.waitUntil(lambda: "100 of 240 frames, partial" in panel.scores_pane.line.text())


def test_one_cursor_for_curve_table_and_cuegui(qtbot: Any, panel: DockPanel, backend: FakeBackend) -> None:
    job = make_job(1, succeeded=10)
    backend.scores_of[job.id] = scored()
    backend.put(job, chunked(job))
    show(qtbot, panel, job)
    qtbot.waitUntil(lambda: bool(panel.scores_pane.curve.model.encodes))
    qtbot.waitUntil(lambda: panel.scores_pane.curve.plot.names.last > 1001)
    panel.show_frame(job.id, "1097-encode", 1097)
    assert panel.scores_pane.curve.frame == 1097
    assert panel.chunks.currentIndex().row() == 2
    panel.scores_pane.curve.go(1150)
    assert panel.chunks.currentIndex().row() == CHUNKS + 3
    panel.show_frame("another job", "1001-encode", 1001)
    assert panel.scores_pane.curve.frame == 1150


def test_without_numpy_the_chunks_are_there_and_a_sentence(qtbot: Any, tasks: Tasks, backend: FakeBackend) -> None:
    panel = DockPanel(DockJob(backend, tasks), ScoresPane("Curve and scores need numpy and pyqtgraph."))
    qtbot.addWidget(panel)
    panel.show()
    job = make_job(1)
    backend.put(job, chunked(job))
    show(qtbot, panel, job)
    assert texts(panel, 1)[0] == "encode"
    assert panel.tabs.count() == 1
    panel.show_frame(job.id, "1049-encode", 1049)
    assert panel.chunks.currentIndex().row() == 1
    panel.hide()


def test_the_curve_is_brought_when_a_job_needs_it_and_once(qtbot: Any, tasks: Tasks, backend: FakeBackend) -> None:
    brought: list[DockScores] = []

    def make() -> DockScores:
        brought.append(DockScores(backend, tasks))
        return brought[-1]

    panel = DockPanel(DockJob(backend, tasks), LazyScoresPane(tasks, lambda: make))
    qtbot.addWidget(panel)
    panel.show()
    show(qtbot, panel, backend.put(make_job(1), None))
    assert not brought
    for number in (2, 3):
        job = make_job(number, succeeded=10)
        backend.scores_of[job.id] = scored()
        backend.put(job, chunked(job))
        show(qtbot, panel, job)
        qtbot.waitUntil(lambda job=job: bool(brought) and [e.key for e in brought[0].curve.model.encodes] == [job.id])
    assert (len(brought), panel.tabs.count()) == (1, 3)
    assert panel.scores_pane.isVisible()
    panel.show_frame("job3", "1097-encode", 1097)
    assert brought[0].curve.frame == 1097
    panel.hide()


def test_a_curve_that_cannot_be_brought_is_a_sentence(qtbot: Any, tasks: Tasks, backend: FakeBackend) -> None:
    def refuse() -> Any:
        raise InputRefused("There is no curve.")

    panel = DockPanel(DockJob(backend, tasks), LazyScoresPane(tasks, refuse))
    qtbot.addWidget(panel)
    panel.show()
    job = make_job(1)
    backend.put(job, chunked(job))
    show(qtbot, panel, job)
    qtbot.waitUntil(
        lambda: "There is no curve." in [one.text() for one in panel.scores_pane.findChildren(WrappedLabel)]
    )
    panel.hide()
