# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The monitor's tree: what is shown of jobs, layers and frames, and what stays as it is while they change."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from farm_values import counts, make_frame, make_job, make_layer, make_news
from loop_watch import LoopWatch, StepClock
from qtpy.QtCore import Qt
from qtpy.QtTest import QAbstractItemModelTester

from cueffmpeg_gui.api.monitor.follower import JobChanges, JobNews
from cueffmpeg_gui.api.monitor.summaries import JobSummary
from cueffmpeg_gui.gui.monitor.models.job_branch import PAGE
from cueffmpeg_gui.gui.monitor.models.job_tree import JobTree
from cueffmpeg_gui.gui.monitor.models.time_slices import SLICE_SECONDS
from cueffmpeg_gui.gui.monitor.tree import MonitorTree
from cueffmpeg_gui.gui.rows.models.columns import Column

JOBS, FRAMES = 5000, 10_000
# What Python may do in one turn of the event loop; with all rows in one turn it would be about a million calls.
MOST_CALLS = 40_000
# A slice ends after 20 steps, on any machine.
STEP_SECONDS = SLICE_SECONDS / 20


def make_view(qtbot: Any) -> MonitorTree:
    widget = MonitorTree(JobTree())
    qtbot.addWidget(widget)
    widget.resize(1200, 600)
    widget.show()
    return widget


@pytest.fixture
def view(qtbot: Any) -> Iterator[MonitorTree]:
    """The tree, every change of its model checked by Qt."""
    widget = make_view(qtbot)
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(model, mode) for model in (widget.tree, widget.filter)]
    yield widget
    testers.clear()


@pytest.fixture
def big_view(qtbot: Any) -> MonitorTree:
    """The tree, unchecked: the checks would work with every row."""
    made = make_view(qtbot)
    made.tree.slices.clock = StepClock(STEP_SECONDS)
    return made


def settle(qtbot: Any, view: MonitorTree) -> None:
    qtbot.waitUntil(lambda: view.tree.slices.is_settled, timeout=60_000)


def next_turn(qtbot: Any, watch: LoopWatch) -> None:
    turns = watch.turns
    qtbot.waitUntil(lambda: watch.turns > turns + 1)


def names(view: MonitorTree) -> list[str]:
    return [view.filter.index(row, 0).data() for row in range(view.filter.rowCount())]


def text(view: MonitorTree, job_id: str, column: Column) -> str:
    return str(view.index_of_job(job_id).siblingAtColumn(column).data())


def test_jobs_come_change_and_go(qtbot: Any, view: MonitorTree) -> None:
    first, second = make_job(1), make_job(2)
    view.tree.apply_jobs(JobChanges((second, first), ()))
    settle(qtbot, view)
    assert names(view) == [second.name, first.name]
    ended = replace(first, state="FINISHED", counts=counts(succeeded=4), stop=first.start + 65)
    view.tree.apply_jobs(JobChanges((ended,), ("job2",)))
    settle(qtbot, view)
    assert names(view) == [first.name]
    assert text(view, "job1", Column.STATE) == "succeeded"
    assert text(view, "job1", Column.PROGRESS) == "100 %"
    assert text(view, "job1", Column.TIME) == "1:05"


def test_the_newest_job_is_on_top_also_when_it_comes_later(qtbot: Any, view: MonitorTree) -> None:
    view.tree.apply_jobs(JobChanges((make_job(1),), ()))
    view.tree.apply_jobs(JobChanges((make_job(2),), ()))
    settle(qtbot, view)
    assert names(view) == [make_job(2).name, make_job(1).name]


def test_a_glance_gives_progress_score_and_failure(qtbot: Any, view: MonitorTree) -> None:
    view.tree.apply_jobs(JobChanges((make_job(1), make_job(2, dead=1, succeeded=3)), ()))
    settle(qtbot, view)
    view.tree.apply_summaries(
        {
            "job1": JobSummary(0.62, "encode 1001-1100  48 %  30.1 fps  ETA 0:12", mean=94.8123, is_partial=True),
            "job2": JobSummary(0.75, "", "encode 1001: a.mov is cut short."),
        }
    )
    settle(qtbot, view)
    assert text(view, "job1", Column.PROGRESS) == "62 %"
    assert text(view, "job1", Column.SCORE) == "94.81 partial"
    assert text(view, "job1", Column.NOTE).startswith("encode 1001-1100")
    assert text(view, "job2", Column.STATE) == "failed"
    assert text(view, "job2", Column.NOTE) == "encode 1001: a.mov is cut short."


def test_layers_and_frames_hang_below_their_job(qtbot: Any, view: MonitorTree) -> None:
    job = make_job(1)
    view.tree.apply_jobs(JobChanges((job,), ()))
    layer = replace(make_layer(job, "encode", 100), chunk=24)
    frames = tuple(make_frame(layer, number) for number in (1001, 1025, 1049, 1073, 1097))
    view.tree.apply_news(JobNews(job, (layer,), frames, {}, {}, "/jobs/one"))
    settle(qtbot, view)
    row = view.index_of_job("job1")
    assert view.filter.rowCount(row) == 1
    layer_row = view.filter.index(0, 0, row)
    listed = [view.filter.index(number, 0, layer_row).data() for number in range(view.filter.rowCount(layer_row))]
    assert listed == ["1001-1024", "1025-1048", "1049-1072", "1073-1096", "1097-1100"]
    running = replace(frames[0], state="RUNNING", start=1, last_resource="render07/2.0/0")
    line = {running.name: "encode 1001-1024  71 %  31.0 fps  ETA 0:11"}
    view.tree.apply_news(JobNews(job, (layer,), (running,), {}, line, "/jobs/one"))
    settle(qtbot, view)
    cells = [view.filter.index(0, column, layer_row).data() for column in (1, 2, 5, 7)]
    assert cells == ["running", "71 %", "render07", "31.0 fps  ETA 0:11"]


def test_a_failed_frame_says_why_until_it_is_tried_again(qtbot: Any, view: MonitorTree) -> None:
    job = make_job(1, dead=1)
    view.tree.apply_jobs(JobChanges((job,), ()))
    news = make_news(job, 3, lambda number: "DEAD" if number == 1002 else "WAITING")
    view.tree.apply_news(replace(news, errors={"1002-encode": "a.mov is cut short."}))
    settle(qtbot, view)
    failed = view.filter.mapFromSource(view.tree.index_of_frame("job1", "1002-encode"))
    assert failed.siblingAtColumn(Column.NOTE).data() == "a.mov is cut short."
    again = replace(news.frames[1], state="RUNNING", retry_count=1)
    view.tree.apply_news(JobNews(job, news.layers, (again,), {}, {}, None))
    settle(qtbot, view)
    failed = view.filter.mapFromSource(view.tree.index_of_frame("job1", "1002-encode"))
    assert failed.siblingAtColumn(Column.NOTE).data() == "try 2"


def test_five_thousand_jobs_never_hold_the_window_up(qtbot: Any, big_view: MonitorTree) -> None:
    jobs = tuple(make_job(number) for number in range(JOBS, 0, -1))
    with LoopWatch() as watch:
        big_view.tree.apply_jobs(JobChanges(jobs, ()))
        settle(qtbot, big_view)
        assert big_view.filter.rowCount() == big_view.tree.count == JOBS
        assert watch.most_calls < MOST_CALLS
        watch.reset()
        big_view.filter.set_filter("all", "sh0004 v003")
        next_turn(qtbot, watch)
        assert 0 < big_view.filter.rowCount() < JOBS
        big_view.filter.set_filter("all", "")
        big_view.sortByColumn(Column.NAME, Qt.SortOrder.AscendingOrder)
        next_turn(qtbot, watch)
        assert names(big_view)[0] == make_job(1).name
    assert watch.most_calls < MOST_CALLS


def test_updates_keep_selection_expansion_and_place(qtbot: Any, big_view: MonitorTree) -> None:
    jobs = tuple(make_job(number) for number in range(300, 0, -1))
    big_view.tree.apply_jobs(JobChanges(jobs, ()))
    big_view.tree.apply_news(make_news(jobs[150], 20))
    settle(qtbot, big_view)
    selected = big_view.index_of_job(jobs[150].id)
    big_view.select(selected)
    big_view.expand(selected)
    big_view.expand(big_view.filter.index(0, 0, selected))
    top = big_view.indexAt(big_view.viewport().rect().topLeft()).data()
    with LoopWatch() as watch:
        for step in range(5):
            changed = tuple(replace(job, counts=counts(succeeded=step, running=1, waiting=4 - step)) for job in jobs)
            fresh = make_job(1000 + step, start=10 + step)
            big_view.tree.apply_jobs(JobChanges((*changed, fresh), (f"job{step + 1}",)))
            settle(qtbot, big_view)
    selected = big_view.index_of_job(jobs[150].id)
    assert [one.job.id for one in big_view.selected_items()] == [jobs[150].id]
    assert big_view.isExpanded(selected)
    assert big_view.isExpanded(big_view.filter.index(0, 0, selected))
    assert big_view.indexAt(big_view.viewport().rect().topLeft()).data() == top
    assert watch.most_calls < MOST_CALLS


def test_ten_thousand_frames_come_in_pages_and_failed_ones_are_always_shown(qtbot: Any, big_view: MonitorTree) -> None:
    job = make_job(1)
    big_view.tree.apply_jobs(JobChanges((job,), ()))
    settle(qtbot, big_view)
    news = make_news(job, FRAMES, lambda number: "DEAD" if number == 9000 else "WAITING")
    done = tuple(replace(frame, state="SUCCEEDED") for frame in news.frames)
    with LoopWatch() as watch:
        big_view.tree.apply_news(news)
        settle(qtbot, big_view)
        row = big_view.index_of_job("job1")
        big_view.expand(row)
        layer = big_view.filter.index(0, 0, row)
        big_view.expand(layer)
        assert big_view.filter.rowCount(layer) == PAGE + 2
        assert big_view.tree.index_of_frame("job1", "9000-encode").isValid()
        big_view.scrollToBottom()
        settle(qtbot, big_view)
        qtbot.waitUntil(lambda: big_view.filter.rowCount(layer) == 2 * PAGE + 2)
        big_view.tree.apply_news(JobNews(job, news.layers, done, {}, {}, None))
        settle(qtbot, big_view)
        assert big_view.filter.index(0, Column.STATE, layer).data() == "succeeded"
    assert watch.most_calls < MOST_CALLS


@pytest.mark.parametrize(
    ("state", "found"),
    [("all", {"job1", "job2", "job3", "job4"}), ("active", {"job1", "job4"}), ("failed", {"job2", "job4"})],
)
def test_a_filter_shows_what_it_names(qtbot: Any, view: MonitorTree, state: str, found: set[str]) -> None:
    jobs = (
        make_job(1),
        make_job(2, dead=1, succeeded=1),
        make_job(3, succeeded=4, state="FINISHED"),
        make_job(4, dead=1, running=1, waiting=2),
    )
    view.tree.apply_jobs(JobChanges(jobs, ()))
    settle(qtbot, view)
    view.filter.set_filter(state, "")
    assert {job.id for job in jobs if view.index_of_job(job.id).isValid()} == found


def test_a_search_takes_every_word_and_no_pattern(qtbot: Any, view: MonitorTree) -> None:
    view.tree.apply_jobs(JobChanges((make_job(1), make_job(2), make_job(3, name="testing-x-bob_a.b")), ()))
    settle(qtbot, view)
    view.filter.set_filter("all", "BOB comp")
    assert names(view) == [make_job(2).name]
    view.filter.set_filter("all", "a.b")
    assert names(view) == ["testing-x-bob_a.b"]
    view.filter.set_filter("all", "(")
    assert names(view) == []
