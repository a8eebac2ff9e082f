# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The Monitor page on a source of jobs out of thin air: asking, choosing, doing, and what is said meanwhile."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from curves import click, colour_near, line_extremes, wait_drawn
from monitor_fakes import FakeFeed, FakeSource, Watchdog, counts, make_job, make_news
from qtpy.QtCore import Qt
from qtpy.QtWidgets import QApplication, QPushButton

from cueffmpeg_gui.api.monitor.follower import JobChanges
from cueffmpeg_gui.api.monitor.log import LogPiece
from cueffmpeg_gui.api.monitor.summaries import JobSummary
from cueffmpeg_gui.errors import FarmUnreachable
from cueffmpeg_gui.gui.common.session import FarmState, Health, Session
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.monitor.models import job_poller
from cueffmpeg_gui.gui.monitor.models.notices import notice_of
from cueffmpeg_gui.gui.monitor.monitor_page import MonitorPage
from cueffmpeg_gui.media.scores import Scores
from cueffmpeg_gui.settings import load_settings

MOST_SECONDS = 0.05
# A call that hangs would hold the window up for this long or longer.
HANGS_SECONDS = 1.5


@pytest.fixture
def source() -> FakeSource:
    return FakeSource()


@pytest.fixture
def page(qtbot: Any, tasks: Tasks, source: FakeSource, monkeypatch: pytest.MonkeyPatch) -> Iterator[MonitorPage]:
    monkeypatch.setenv("CUEFFMPEG_USER", "alice")
    made = MonitorPage(Session(tasks, load_settings()), tasks, source)
    qtbot.addWidget(made)
    made.resize(1280, 640)
    yield made
    made.hide()
    made.poller.stop()


@pytest.fixture
def show(qtbot: Any, page: MonitorPage, source: FakeSource) -> Callable[..., None]:
    """Shows the page with jobs in it."""

    def with_jobs(*jobs: Any) -> None:
        source.changes.append(JobChanges(tuple(jobs), ()))
        page.show()
        qtbot.waitUntil(lambda: page.tree_model.count == len(jobs) and page.tree_model.slices.is_settled)

    return with_jobs


def choose(page: MonitorPage, job_id: str) -> None:
    page.tree.select(page.tree.index_of_job(job_id))


def button(page: MonitorPage, text: str) -> QPushButton:
    return next(b for b in page.line.findChildren(QPushButton) if b.text() == text and not b.isHidden())


def test_without_jobs_it_says_what_to_do(qtbot: Any, page: MonitorPage) -> None:
    page.show()
    qtbot.waitUntil(lambda: "No jobs yet" in page.empty.text())


def test_only_what_is_seen_is_asked_about(qtbot: Any, page: MonitorPage, source: FakeSource) -> None:
    assert source.calls == []
    source.changes.append(JobChanges((make_job(1),), ()))
    page.show()
    qtbot.waitUntil(lambda: "glances" in source.calls)
    assert "news" not in source.calls
    page.tree.expand(page.tree.index_of_job("job1"))
    qtbot.waitUntil(lambda: "news" in source.calls)


def test_a_hidden_page_asks_only_while_a_job_runs(qtbot: Any, page: MonitorPage, source: FakeSource, show: Any) -> None:
    show(make_job(1, user="alice", succeeded=4, state="FINISHED"))
    page.hide()
    qtbot.wait(300)
    source.calls.clear()
    qtbot.wait(600)
    assert source.calls == []


def test_a_hidden_page_still_tells_the_end_of_a_job(
    qtbot: Any, page: MonitorPage, source: FakeSource, show: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_poller, "HIDDEN_SECONDS", 0.2)
    told: list[Any] = []
    page.job_ended.connect(told.append)
    show(make_job(1))
    page.hide()
    source.calls.clear()
    source.changes.append(JobChanges((make_job(1, succeeded=4, state="FINISHED"),), ()))
    qtbot.waitUntil(lambda: len(told) == 1, timeout=10_000)
    assert set(source.calls) == {"jobs"}


def test_a_job_that_was_sent_but_never_looked_at_is_told_too(
    qtbot: Any, page: MonitorPage, source: FakeSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_poller, "HIDDEN_SECONDS", 0.2)
    told: list[Any] = []
    page.job_ended.connect(told.append)
    page.expect_job()
    source.changes.append(JobChanges((make_job(1),), ()))
    source.changes.append(JobChanges((make_job(1, succeeded=4, state="FINISHED"),), ()))
    qtbot.waitUntil(lambda: len(told) == 1, timeout=10_000)


def test_a_job_that_was_sent_is_found_opened_and_selected(
    qtbot: Any, page: MonitorPage, source: FakeSource, show: Any
) -> None:
    show(make_job(1))
    page.toolbar.search.setText("nothing like it")
    qtbot.waitUntil(lambda: page.tree.filter.rowCount() == 0)
    assert page.empty.text() == "No job fits the search and filter."
    page.select_job("job2")
    source.changes.append(JobChanges((make_job(2),), ()))
    qtbot.waitUntil(lambda: [one.job.id for one in page.tree.choice()] == ["job2"], timeout=10_000)
    assert page.tree.isExpanded(page.tree.index_of_job("job2"))


def test_the_log_of_a_failed_job_is_shown_with_its_sentence(
    qtbot: Any, page: MonitorPage, source: FakeSource, show: Any
) -> None:
    job = make_job(1, dead=1, waiting=1)
    error = "encode 1002: a.mov is cut short."
    source.glance_of["job1"] = JobSummary(0.0, failure=error)
    news = make_news(job, 3, lambda number: "DEAD" if number == 1002 else "WAITING")
    source.news_of["job1"] = [replace(news, errors={"1002-encode": "a.mov is cut short."})]
    lines = ("+ ffmpeg", "error: a.mov is cut short.")
    source.feeds["1002-encode"] = FakeFeed("b.rqlog", [LogPiece(True, lines, 0, ("b.rqlog",))])
    show(job)
    choose(page, "job1")
    qtbot.waitUntil(lambda: page.line.text == error, timeout=10_000)
    qtbot.waitUntil(lambda: "cut short" in page.tabs.log.text.toPlainText(), timeout=10_000)
    button(page, "Retry").click()
    qtbot.waitUntil(lambda: source.acts == [("job1", "retry", ())])


def test_killing_asks_once_and_does_it(qtbot: Any, page: MonitorPage, source: FakeSource, show: Any) -> None:
    show(make_job(1))
    choose(page, "job1")
    page.tree.setFocus()
    qtbot.keyClick(page.tree, Qt.Key.Key_Delete)
    assert page.line.isVisible()
    assert make_job(1).name in page.line.text
    button(page, "Cancel").click()
    assert not page.line.isVisible()
    qtbot.keyClick(page.tree, Qt.Key.Key_Delete)
    button(page, "Kill").click()
    qtbot.waitUntil(lambda: source.acts == [("job1", "kill", ())])


def test_space_pauses_and_resumes(qtbot: Any, page: MonitorPage, source: FakeSource, show: Any) -> None:
    show(make_job(1))
    choose(page, "job1")
    qtbot.keyClick(page.tree, Qt.Key.Key_Space)
    source.changes.append(JobChanges((make_job(1, paused=True),), ()))
    qtbot.waitUntil(page.actions_.actions["resume"].isEnabled, timeout=10_000)
    qtbot.keyClick(page.tree, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: source.acts == [("job1", "pause", ()), ("job1", "resume", ())])


def test_a_priority_is_typed_into_the_line(qtbot: Any, page: MonitorPage, source: FakeSource, show: Any) -> None:
    show(make_job(1))
    choose(page, "job1")
    page.actions_.actions["priority"].trigger()
    qtbot.keyClicks(QApplication.focusWidget(), "250")
    button(page, "Set priority").click()
    qtbot.waitUntil(lambda: source.acts == [("job1", "priority 250", ())])


def test_an_action_that_fails_says_so_and_can_be_tried_again(
    qtbot: Any, page: MonitorPage, source: FakeSource, show: Any
) -> None:
    show(make_job(1))
    choose(page, "job1")
    source.trouble = FarmUnreachable("The farm at x did not answer in time.")
    page.actions_.actions["pause"].trigger()
    qtbot.waitUntil(lambda: page.line.text == "The farm at x did not answer in time.")
    source.trouble = None
    button(page, "Try again").click()
    qtbot.waitUntil(lambda: ("job1", "pause", ()) in source.acts)


def test_the_end_of_a_job_is_told_once_with_its_reason(
    qtbot: Any, page: MonitorPage, source: FakeSource, show: Any
) -> None:
    told: list[Any] = []
    page.job_ended.connect(told.append)
    show(make_job(1), make_job(3))
    source.changes.append(JobChanges((make_job(1, dead=1, succeeded=3), make_job(2, dead=1)), ()))
    page.poller.refresh()
    qtbot.waitUntil(lambda: len(told) == 1, timeout=10_000)
    source.changes.append(JobChanges((make_job(3, succeeded=4, state="FINISHED"),), ()))
    page.poller.refresh()
    qtbot.waitUntil(lambda: len(told) == 2, timeout=10_000)
    assert [(notice_of(one).title, notice_of(one).text) for one in told] == [
        ("Job failed", f"{make_job(1).name}: encode 1001: a.mov is cut short."),
        ("Job succeeded", f"{make_job(3).name} is done."),
    ]


def test_scores_grow_and_are_called_partial(qtbot: Any, page: MonitorPage, source: FakeSource, show: Any) -> None:
    rows = {frame: (90.0 + frame % 7, 40.0) for frame in range(1001, 1181)}
    source.scores_of["job1"] = Scores("compare", 1001, 1240, ("vmaf", "psnr_y"), "vmaf_v0.6.1", rows)
    show(make_job(1))
    page.tabs.setCurrentWidget(page.tabs.scores)
    choose(page, "job1")
    qtbot.waitUntil(lambda: "partial" in page.tabs.scores.said.text())
    assert page.tabs.scores.said.text() == "VMAF v0.6.1 (0-100)  ·  180 of 240 frames  ·  partial"
    assert page.tabs.scores.pooled.item(0, 0).text() == "VMAF v0.6.1 (0-100)"
    assert page.tabs.scores.worst.item(0, 1).text() == "90.000"


@pytest.fixture
def scored(qtbot: Any, page: MonitorPage, source: FakeSource, show: Any) -> MonitorPage:
    """A page that shows the scores of a job, half of them there."""
    rows = {frame: (70.0 if frame == 1050 else 95.0, 40.0) for frame in range(1001, 1121)}
    source.scores_of["job1"] = Scores("compare", 1001, 1240, ("vmaf", "psnr_y"), "vmaf_v0.6.1", rows)
    show(make_job(1))
    page.tabs.setCurrentWidget(page.tabs.scores)
    choose(page, "job1")
    wait_drawn(qtbot, page.tabs.scores.curve)
    qtbot.waitUntil(lambda: bool(page.tabs.scores.curve.plot.lines.lines))
    return page


def test_the_curve_grows_with_the_scores(qtbot: Any, scored: MonitorPage, source: FakeSource) -> None:
    curve = scored.tabs.scores.curve
    assert line_extremes(curve) == [(70.0, 95.0)]
    assert len(colour_near(curve, 1200, 50, 4)) > 1, "what is missing is hatched"
    rows = {frame: (40.0 if frame == 1200 else 95.0, 40.0) for frame in range(1001, 1241)}
    source.scores_of["job1"] = replace(source.scores_of["job1"], rows=rows)
    qtbot.waitUntil(lambda: line_extremes(curve) == [(40.0, 95.0)], timeout=10_000)
    assert len(colour_near(curve, 1220, 50, 4)) == 1


def test_the_review_opens_at_the_frame_that_is_clicked(qtbot: Any, scored: MonitorPage) -> None:
    wanted: list[Any] = []
    scored.wants_review.connect(lambda *asked: wanted.append(asked))
    scores, name = scored.tabs.scores, make_job(1).name
    qtbot.mouseClick(scores.review, Qt.MouseButton.LeftButton)
    click(qtbot, scores.curve, 1033)
    item = scores.worst.visualItemRect(scores.worst.item(0, 0)).center()
    qtbot.mouseClick(scores.worst.viewport(), Qt.MouseButton.LeftButton, pos=item)
    qtbot.mouseDClick(scores.worst.viewport(), Qt.MouseButton.LeftButton, pos=item)
    assert wanted == [(name, None), (name, 1033), (name, 1050)]


def test_a_farm_that_goes_away_makes_the_list_old_and_coming_back_makes_it_new(
    qtbot: Any, page: MonitorPage, source: FakeSource, show: Any
) -> None:
    show(make_job(1))
    source.trouble = FarmUnreachable("No farm answers at x.")
    page.poller.refresh()
    page._session._set_health(Health(FarmState.AWAY, 0, "No farm answers at x."))
    qtbot.waitUntil(lambda: "old: the farm is away" in page.toolbar.age.text(), timeout=10_000)
    assert page.tree_model.count == 1
    source.trouble = None
    page._session._set_health(Health(FarmState.OK, 3))
    qtbot.waitUntil(lambda: page.toolbar.age.text().startswith("refreshed"), timeout=10_000)


def test_slow_answers_never_hold_the_window_up(qtbot: Any, page: MonitorPage, source: FakeSource, show: Any) -> None:
    jobs = tuple(make_job(number, running=1, waiting=3) for number in range(40, 0, -1))
    show(*jobs)
    choose(page, "job40")
    source.delay = HANGS_SECONDS
    watchdog = Watchdog()
    for step in range(4):
        source.changes.append(
            JobChanges(tuple(replace(job, counts=counts(running=1, waiting=step)) for job in jobs), ())
        )
        page.poller.refresh()
        qtbot.wait(700)
    assert watchdog.work < MOST_SECONDS
    assert watchdog.gap < HANGS_SECONDS / 2
    source.delay = 0.0


def test_a_question_is_not_overwritten_by_the_next_answer(
    qtbot: Any, page: MonitorPage, source: FakeSource, show: Any
) -> None:
    show(make_job(1))
    choose(page, "job1")
    page.actions_.actions["kill"].trigger()
    asked = page.line.text
    source.glance_of["job1"] = JobSummary(0.0, failure="encode 1001: broken.")
    source.changes.append(JobChanges((make_job(1, dead=1, running=1),), ()))
    page.poller.refresh()
    qtbot.waitUntil(lambda: page.tree_model.glance("job1") is not None, timeout=10_000)
    assert page.line.text == asked


def test_everything_has_a_name_and_the_keyboard_reaches_it(page: MonitorPage, show: Any, qtbot: Any) -> None:
    show(make_job(1))
    for widget in (page.tree, page.toolbar.search, page.toolbar.whose, page.toolbar.state, page.tabs.log.text):
        assert widget.accessibleName()
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    page.tree.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.toolbar.search.hasFocus()
