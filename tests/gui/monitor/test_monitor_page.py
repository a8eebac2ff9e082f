# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The Monitor page on a fake backend: selecting, actions, and what it shows of them."""

from dataclasses import replace
from typing import Any

from fake_backend import FakeBackend, FakeFeed
from farm_values import make_job, make_news
from page_steps import button, select
from qtpy.QtCore import Qt
from qtpy.QtWidgets import QApplication

from cueffmpeg_gui.api.monitor.follower import JobChanges
from cueffmpeg_gui.api.monitor.log import LogPiece
from cueffmpeg_gui.api.monitor.summaries import JobSummary
from cueffmpeg_gui.errors import FarmUnreachable
from cueffmpeg_gui.gui.monitor.models.selected_item import SelectedItem
from cueffmpeg_gui.gui.monitor.monitor_page import MonitorPage


def test_without_jobs_it_says_what_to_do(qtbot: Any, page: MonitorPage) -> None:
    page.show()
    qtbot.waitUntil(lambda: "No jobs yet" in page.placeholder.text())


def test_a_job_that_was_sent_is_found_opened_and_selected(
    qtbot: Any, page: MonitorPage, backend: FakeBackend, show: Any
) -> None:
    show(make_job(1))
    page.toolbar.search.setText("nothing like it")
    qtbot.waitUntil(lambda: page.tree.filter.rowCount() == 0)
    assert page.placeholder.text() == "No job fits the search and filter."
    page.select_job("job2")
    backend.changes.append(JobChanges((make_job(2),), ()))
    qtbot.waitUntil(lambda: [one.job.id for one in page.tree.selected_items()] == ["job2"], timeout=10_000)
    assert page.tree.isExpanded(page.tree.index_of_job("job2"))


def test_the_log_of_a_failed_job_is_shown_with_its_sentence(
    qtbot: Any, page: MonitorPage, backend: FakeBackend, show: Any
) -> None:
    job = make_job(1, dead=1, waiting=1)
    error = "encode 1002: a.mov is cut short."
    backend.summaries_of["job1"] = JobSummary(0.0, failure=error)
    news = make_news(job, 3, lambda number: "DEAD" if number == 1002 else "WAITING")
    backend.news_of["job1"] = [replace(news, errors={"1002-encode": "a.mov is cut short."})]
    lines = ("+ ffmpeg", "error: a.mov is cut short.")
    backend.feeds["1002-encode"] = FakeFeed("b.rqlog", [LogPiece(True, lines, 0, ("b.rqlog",))])
    show(job)
    select(page, "job1")
    qtbot.waitUntil(lambda: page.message_bar.text == error, timeout=10_000)
    qtbot.waitUntil(lambda: "cut short" in page.tabs.log.text.toPlainText(), timeout=10_000)
    button(page, "Retry").click()
    qtbot.waitUntil(lambda: backend.acts == [("job1", "retry", ())])


def test_killing_asks_once_and_does_it(qtbot: Any, page: MonitorPage, backend: FakeBackend, show: Any) -> None:
    show(make_job(1))
    select(page, "job1")
    page.tree.setFocus()
    qtbot.keyClick(page.tree, Qt.Key.Key_Delete)
    assert page.message_bar.isVisible()
    assert make_job(1).name in page.message_bar.text
    button(page, "Cancel").click()
    assert not page.message_bar.isVisible()
    qtbot.keyClick(page.tree, Qt.Key.Key_Delete)
    button(page, "Kill").click()
    qtbot.waitUntil(lambda: backend.acts == [("job1", "kill", ())])


def test_space_pauses_and_resumes(qtbot: Any, page: MonitorPage, backend: FakeBackend, show: Any) -> None:
    show(make_job(1))
    select(page, "job1")
    qtbot.keyClick(page.tree, Qt.Key.Key_Space)
    backend.changes.append(JobChanges((make_job(1, paused=True),), ()))
    qtbot.waitUntil(page.action_menu.actions["resume"].isEnabled, timeout=10_000)
    qtbot.keyClick(page.tree, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: backend.acts == [("job1", "pause", ()), ("job1", "resume", ())])


def test_a_job_whose_folder_is_not_known_is_not_sent_again(qtbot: Any, page: MonitorPage, show: Any) -> None:
    show(make_job(1))
    select(page, "job1")
    asked: list[str] = []
    page.wants_submit_again.connect(asked.append)
    page.action_handler._tree.selected_items = lambda: [SelectedItem(make_job(1))]  # type: ignore[method-assign]
    page.action_handler.do("submit_again")
    assert asked == []
    assert "folder is not known yet" in page.message_bar.text


def test_a_priority_is_typed_into_the_line(qtbot: Any, page: MonitorPage, backend: FakeBackend, show: Any) -> None:
    show(make_job(1))
    select(page, "job1")
    page.action_menu.actions["priority"].trigger()
    qtbot.keyClicks(QApplication.focusWidget(), "250")
    button(page, "Set priority").click()
    qtbot.waitUntil(lambda: backend.acts == [("job1", "priority 250", ())])


def test_an_action_that_fails_says_so_and_can_be_tried_again(
    qtbot: Any, page: MonitorPage, backend: FakeBackend, show: Any
) -> None:
    show(make_job(1))
    select(page, "job1")
    backend.trouble = FarmUnreachable("The farm at x did not answer in time.")
    page.action_menu.actions["pause"].trigger()
    qtbot.waitUntil(lambda: page.message_bar.text == "The farm at x did not answer in time.")
    backend.trouble = None
    button(page, "Try again").click()
    qtbot.waitUntil(lambda: ("job1", "pause", ()) in backend.acts)


def test_a_question_is_not_overwritten_by_the_next_answer(
    qtbot: Any, page: MonitorPage, backend: FakeBackend, show: Any
) -> None:
    show(make_job(1))
    select(page, "job1")
    page.action_menu.actions["kill"].trigger()
    asked = page.message_bar.text
    backend.summaries_of["job1"] = JobSummary(0.0, failure="encode 1001: broken.")
    backend.changes.append(JobChanges((make_job(1, dead=1, running=1),), ()))
    page.poller.refresh()
    qtbot.waitUntil(lambda: page.tree_model.summary("job1") is not None, timeout=10_000)
    assert page.message_bar.text == asked


def test_everything_has_a_name_and_the_keyboard_reaches_it(page: MonitorPage, show: Any, qtbot: Any) -> None:
    show(make_job(1))
    for widget in (page.tree, page.toolbar.search, page.toolbar.owner, page.toolbar.state, page.tabs.log.text):
        assert widget.accessibleName()
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    page.tree.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.toolbar.search.hasFocus()
