# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The dock in CueGUI on jobs out of thin air: what it shows, what it says, what it asks for, and how it goes away."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from dock_fakes import CHUNKS, SENTENCE, FakeSource, chunked, scored
from monitor_fakes import Watchdog, make_frame, make_job, make_layer
from qtpy.QtCore import Qt

from cueffmpeg_gui.api.monitor.cuegui_jobs import CueJob
from cueffmpeg_gui.api.monitor.follower import JobNews, JobStatus
from cueffmpeg_gui.errors import FarmUnreachable, InputRefused
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.dock.dock_scores import DockScores
from cueffmpeg_gui.gui.dock.lazy_scores import LateSide
from cueffmpeg_gui.gui.dock.models.chunk_rows import NOTE
from cueffmpeg_gui.gui.dock.models.dock_job import DockJob
from cueffmpeg_gui.gui.dock.models.menu_actions import ACTIONS, MOST_SHOWN, failing, offer, waiting
from cueffmpeg_gui.gui.dock.panel import DockPanel
from cueffmpeg_gui.gui.dock.scores_pane import DockSide
from cueffmpeg_gui.gui.widgets.wrapped_label import WrappedLabel

MOST_SECONDS = 0.1


@pytest.fixture
def source() -> FakeSource:
    return FakeSource()


@pytest.fixture
def panel(qtbot: Any, tasks: Tasks, source: FakeSource) -> Iterator[DockPanel]:
    made = DockPanel(DockJob(source, tasks), DockScores(source, tasks))
    qtbot.addWidget(made)
    made.resize(1000, 320)
    made.show()
    yield made
    made.hide()


def show(qtbot: Any, panel: DockPanel, job: JobStatus) -> None:
    panel.follow(job.id, job.name)
    qtbot.waitUntil(lambda: panel.model.job is not None)


def texts(panel: DockPanel, column: int) -> list[str]:
    return [panel.chunks.sorted.index(row, column).data() for row in range(panel.chunks.sorted.rowCount())]


def test_without_a_job_it_says_how_to_get_one(panel: DockPanel) -> None:
    assert "Select a job" in panel.quiet.text()
    assert panel.quiet.isVisible()


def test_another_programs_job_gets_one_quiet_sentence(qtbot: Any, panel: DockPanel, source: FakeSource) -> None:
    job = source.put(make_job(1), None)
    show(qtbot, panel, job)
    assert panel.quiet.isVisible()
    assert not panel.chunks.isVisible()
    assert panel.quiet.text().startswith(f"{job.name} was not sent by cueffmpeg")


def test_a_job_of_ours_shows_its_chunks(qtbot: Any, panel: DockPanel, source: FakeSource) -> None:
    job = make_job(1)
    source.put(job, chunked(job, {1097: "RUNNING"}, lines={"1097-encode": "encode 1097-1144  62 %  48.1 fps"}))
    show(qtbot, panel, job)
    assert texts(panel, 0)[:3] == ["1001-1048", "1049-1096", "1097-1144"]
    assert texts(panel, 1) == ["encode"] * CHUNKS + ["compare"] * CHUNKS
    assert (texts(panel, 2)[2], texts(panel, 3)[2]) == ("running", "62 %")
    assert "encode 4 of 5" in panel.head.progress.text()


def test_the_last_chunk_ends_with_the_layer(qtbot: Any, panel: DockPanel, source: FakeSource) -> None:
    job = make_job(1)
    news = chunked(job)
    short = tuple(replace(layer, range="1001-1200") for layer in news.layers)
    source.put(job, replace(news, layers=short))
    show(qtbot, panel, job)
    assert texts(panel, 0)[CHUNKS - 1] == "1193-1200"


def test_a_failed_chunk_says_its_plain_error_and_is_a_click_away(
    qtbot: Any, panel: DockPanel, source: FakeSource
) -> None:
    job = make_job(1, dead=2, waiting=8)
    source.put(job, chunked(job, {1097: "DEAD", 1145: "DEAD"}, errors={"1097-encode": SENTENCE}))
    show(qtbot, panel, job)
    assert panel.head.failure.toolTip() == f"encode 1097-1144 (and 1 more): {SENTENCE}"
    assert texts(panel, NOTE)[2] == SENTENCE
    qtbot.mouseClick(panel.head.failure, Qt.MouseButton.LeftButton)
    assert panel.chunks.currentIndex().row() == 2


def test_a_chunk_that_runs_again_has_no_error_any_more(qtbot: Any, panel: DockPanel, source: FakeSource) -> None:
    job = make_job(1, dead=1, waiting=9)
    source.put(job, chunked(job, {1097: "DEAD"}, errors={"1097-encode": SENTENCE}))
    show(qtbot, panel, job)
    source.put(job, chunked(job, {1097: "RUNNING"}))
    panel.model.refresh()
    qtbot.waitUntil(lambda: texts(panel, 2)[2] == "running")
    assert not panel.head.failure.isVisible()
    assert texts(panel, NOTE)[2] == ""


def test_what_to_do_is_offered_where_it_applies(qtbot: Any, panel: DockPanel, source: FakeSource) -> None:
    job = make_job(1, succeeded=10)
    source.put(job, chunked(job))
    show(qtbot, panel, job)
    assert (panel.head.retry.isVisible(), panel.head.review.isVisible()) == (False, True)
    failed = make_job(2, dead=1, waiting=9)
    source.put(failed, chunked(failed, {1001: "DEAD"}))
    show(qtbot, panel, failed)
    with qtbot.waitSignal(panel.retry_wanted) as wanted:
        qtbot.mouseClick(panel.head.retry, Qt.MouseButton.LeftButton)
    assert wanted.args[0].status == failed


def test_the_curve_and_the_worst_frames_are_the_scores(qtbot: Any, panel: DockPanel, source: FakeSource) -> None:
    job = make_job(1, succeeded=10)
    summary = source.summaries[job.id] = scored()
    source.put(job, chunked(job))
    show(qtbot, panel, job)
    qtbot.waitUntil(lambda: bool(panel.side.curve.model.encodes))
    encode = panel.side.curve.model.encodes[0]
    assert [encode.value("vmaf", frame) for frame in summary.scores.rows] == summary.scores.values("vmaf")
    worst = [int(panel.side.worst.item(row, 0).text()) for row in range(panel.side.worst.rowCount())]
    assert worst == [frame for frame, _ in summary.worst]
    assert summary.model in panel.side.line.text()


def test_partial_scores_are_called_partial(qtbot: Any, panel: DockPanel, source: FakeSource) -> None:
    job = make_job(1)
    source.summaries[job.id] = scored(100)
    source.put(job, chunked(job))
    show(qtbot, panel, job)
    qtbot.waitUntil(lambda: "100 of 240 frames, partial" in panel.side.line.text())


def test_one_cursor_for_curve_table_and_cuegui(qtbot: Any, panel: DockPanel, source: FakeSource) -> None:
    job = make_job(1, succeeded=10)
    source.summaries[job.id] = scored()
    source.put(job, chunked(job))
    show(qtbot, panel, job)
    qtbot.waitUntil(lambda: bool(panel.side.curve.model.encodes))
    qtbot.waitUntil(lambda: panel.side.curve.plot.names.last > 1001)
    panel.show_frame(job.id, "1097-encode", 1097)
    assert panel.side.curve.frame == 1097
    assert panel.chunks.currentIndex().row() == 2
    panel.side.curve.go(1150)
    assert panel.chunks.currentIndex().row() == CHUNKS + 3
    panel.show_frame("another job", "1001-encode", 1001)
    assert panel.side.curve.frame == 1150


def test_a_double_click_on_a_chunk_asks_for_its_frame(qtbot: Any, panel: DockPanel, source: FakeSource) -> None:
    job = make_job(1)
    source.put(job, chunked(job))
    show(qtbot, panel, job)
    place = panel.chunks.visualRect(panel.chunks.sorted.index(1, 1)).center()
    qtbot.mouseClick(panel.chunks.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(panel.chunk_opened) as opened:
        qtbot.mouseDClick(panel.chunks.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert (opened.args[0], opened.args[1].frame.name) == (job.id, "1049-encode")


def test_sorted_by_state_the_double_click_still_means_its_row(qtbot: Any, panel: DockPanel, source: FakeSource) -> None:
    job = make_job(1, dead=1, waiting=9)
    source.put(job, chunked(job, {1145: "DEAD"}))
    show(qtbot, panel, job)
    panel.chunks.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    assert texts(panel, 2)[0] == "dead"
    with qtbot.waitSignal(panel.chunk_opened) as opened:
        panel.chunks.activated.emit(panel.chunks.sorted.index(0, 0))
    assert opened.args[1].frame.name == "1145-encode"


def test_a_farm_that_is_away_is_a_sentence_and_what_was_known_stays(
    qtbot: Any, panel: DockPanel, source: FakeSource
) -> None:
    job = make_job(1)
    source.put(job, chunked(job))
    show(qtbot, panel, job)
    source.trouble = FarmUnreachable("No farm answers at cuebot:8443.")
    panel.model.poll()
    qtbot.waitUntil(lambda: panel.head.trouble.text() == "No farm answers at cuebot:8443.")
    assert len(texts(panel, 0)) == 2 * CHUNKS
    source.trouble = None
    panel.model.poll()
    qtbot.waitUntil(lambda: not panel.head.trouble.isVisible())


def test_logs_that_are_not_mounted_are_a_sentence_with_their_path(
    qtbot: Any, panel: DockPanel, source: FakeSource
) -> None:
    job = make_job(1)
    source.put(job, chunked(job), missing="The logs are in /nowhere, which is not mounted here.")
    show(qtbot, panel, job)
    assert "/nowhere" in panel.head.trouble.text()


def test_a_job_that_left_the_farm_is_a_quiet_sentence(qtbot: Any, panel: DockPanel, source: FakeSource) -> None:
    source.trouble = InputRefused("The job has left the farm; finished jobs do after some days.")
    panel.follow("gone", "testing-gone")
    qtbot.waitUntil(lambda: panel.quiet.text() == str(source.trouble))


def test_kept_it_stays_with_its_job(qtbot: Any, panel: DockPanel, source: FakeSource) -> None:
    first, second = make_job(1), make_job(2)
    for job in (first, second):
        source.put(job, chunked(job))
    show(qtbot, panel, first)
    qtbot.mouseClick(panel.head.keep, Qt.MouseButton.LeftButton)
    panel.follow(second.id, second.name)
    assert panel.model.job_id == first.id
    qtbot.mouseClick(panel.head.keep, Qt.MouseButton.LeftButton)
    panel.follow(second.id, second.name)
    assert panel.model.job_id == second.id


def test_nobody_asks_while_nobody_looks(qtbot: Any, panel: DockPanel, source: FakeSource) -> None:
    job = source.put(make_job(1), None)
    panel.hide()
    panel.follow(job.id, job.name)
    panel.model.poll()
    assert source.asked == 0
    panel.show()
    qtbot.waitUntil(lambda: source.asked == 1)


def test_a_job_at_rest_is_asked_about_once(qtbot: Any, panel: DockPanel, source: FakeSource) -> None:
    job = make_job(1, succeeded=10, state="FINISHED")
    source.put(job, chunked(job))
    show(qtbot, panel, job)
    panel.model.poll()
    assert source.asked == 1


def test_a_long_name_and_a_long_error_ask_for_no_width(qtbot: Any, panel: DockPanel, source: FakeSource) -> None:
    job = replace(make_job(1, dead=1), name="testing-sh010-ana_" + "x" * 300)
    source.put(job, chunked(job, {1001: "DEAD"}, errors={"1001-encode": SENTENCE * 10}))
    show(qtbot, panel, job)
    assert panel.minimumSizeHint().width() < 480


def test_ten_thousand_chunks_never_hold_the_window_up(qtbot: Any, panel: DockPanel, source: FakeSource) -> None:
    job = make_job(1)
    layer = replace(make_layer(job, "encode", 10_000 * 48), chunk=48)
    frames = tuple(make_frame(layer, 1001 + 48 * n) for n in range(10_000))
    source.put(job, JobNews(job, (layer,), frames, {}, {}, "/jobs/a"))
    watchdog = Watchdog()
    show(qtbot, panel, job)
    qtbot.waitUntil(lambda: panel.chunks.sorted.rowCount() == 10_000)
    watchdog.stop()
    assert watchdog.work < MOST_SECONDS


def test_without_numpy_the_chunks_are_there_and_a_sentence(qtbot: Any, tasks: Tasks, source: FakeSource) -> None:
    panel = DockPanel(DockJob(source, tasks), DockSide("Curve and scores need numpy and pyqtgraph."))
    qtbot.addWidget(panel)
    panel.show()
    job = make_job(1)
    source.put(job, chunked(job))
    show(qtbot, panel, job)
    assert texts(panel, 1)[0] == "encode"
    assert panel.tabs.count() == 1
    panel.show_frame(job.id, "1049-encode", 1049)
    assert panel.chunks.currentIndex().row() == 1
    panel.hide()


def test_the_curve_is_brought_when_a_job_needs_it_and_once(qtbot: Any, tasks: Tasks, source: FakeSource) -> None:
    brought: list[DockScores] = []

    def make() -> DockScores:
        brought.append(DockScores(source, tasks))
        return brought[-1]

    panel = DockPanel(DockJob(source, tasks), LateSide(tasks, lambda: make))
    qtbot.addWidget(panel)
    panel.show()
    show(qtbot, panel, source.put(make_job(1), None))
    assert not brought
    for number in (2, 3):
        job = make_job(number, succeeded=10)
        source.summaries[job.id] = scored()
        source.put(job, chunked(job))
        show(qtbot, panel, job)
        qtbot.waitUntil(lambda job=job: bool(brought) and [e.key for e in brought[0].curve.model.encodes] == [job.id])
    assert (len(brought), panel.tabs.count()) == (1, 3)
    assert panel.side.isVisible()
    panel.show_frame("job3", "1097-encode", 1097)
    assert brought[0].curve.frame == 1097
    panel.hide()


def test_a_curve_that_cannot_be_brought_is_a_sentence(qtbot: Any, tasks: Tasks, source: FakeSource) -> None:
    def refuse() -> Any:
        raise InputRefused("There is no curve.")

    panel = DockPanel(DockJob(source, tasks), LateSide(tasks, refuse))
    qtbot.addWidget(panel)
    panel.show()
    job = make_job(1)
    source.put(job, chunked(job))
    show(qtbot, panel, job)
    qtbot.waitUntil(lambda: "There is no curve." in [one.text() for one in panel.side.findChildren(WrappedLabel)])
    panel.hide()


OURS = CueJob(make_job(1, succeeded=3, waiting=1), "/jobs/a", compares=True)
FAILED = CueJob(make_job(2, dead=1, waiting=1), "/jobs/b", compares=True)
ENDED = CueJob(make_job(3, dead=1, state="FINISHED"), "/jobs/c", compares=True)
PLAIN = CueJob(make_job(4, succeeded=1), "/jobs/d", compares=False)
THEIRS = CueJob(make_job(6, dead=1, waiting=1, user="another"), "/jobs/e", compares=True)
OTHER = CueJob(make_job(5), None, compares=False)


@pytest.mark.parametrize(
    ("jobs", "expected"),
    [
        ([OURS], ["Show VMAF", "Resubmit failed chunks (no chunk has failed)", "Open output folder"]),
        ([FAILED], ["Show VMAF", "Resubmit failed chunks", "Open output folder"]),
        ([ENDED], ["Show VMAF", "Resubmit failed chunks (the job has ended; submit it again)", "Open output folder"]),
        ([PLAIN], ["Show VMAF (the job compares nothing)", "Resubmit failed chunks (no chunk has failed)"]),
        ([OTHER], ["Show VMAF (not a job of cueffmpeg)", "Resubmit failed chunks (not a job of cueffmpeg)"]),
        ([THEIRS], ["Show VMAF", "Resubmit failed chunks (the job is another's, and Job Interaction is off)"]),
        ([OURS, FAILED, OTHER], ["Show VMAF (2 of 3 jobs)", "Resubmit failed chunks (1 of 3 jobs)"]),
        ([OURS] * (MOST_SHOWN + 1), [f"Show VMAF (at most {MOST_SHOWN} jobs at a time)"]),
    ],
)
def test_menu_items_say_why_they_do_not_apply(jobs: list[CueJob], expected: list[str]) -> None:
    offers = [offer(action, jobs, len(jobs), lambda user: user != "another") for action in ACTIONS]
    assert [one.text for one in offers][: len(expected)] == expected
    has_reason = [one.text.endswith(")") and " of 3 jobs" not in one.text for one in offers]
    assert [not one.jobs for one in offers] == has_reason


def test_menu_items_wait_for_the_farm_and_say_when_it_does_not_answer() -> None:
    assert all(not waiting(action).jobs and "looking" in waiting(action).text for action in ACTIONS)
    assert failing(ACTIONS[0], "No farm answers.").tip == "No farm answers."
    assert offer(ACTIONS[0], [], 1, lambda user: True).text == "Show VMAF (the job has left the farm)"
