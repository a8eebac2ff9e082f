# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What the Monitor page asks the farm and when: visible or hidden, while answers hang, and while the farm is away."""

from dataclasses import replace
from typing import Any

import pytest
from fake_backend import FakeBackend
from farm_values import counts, make_job
from loop_watch import LoopWatch
from page_steps import select

from cueffmpeg_gui.api.monitor.follower import JobChanges
from cueffmpeg_gui.errors import FarmUnreachable
from cueffmpeg_gui.gui.common.session import FarmState, Health
from cueffmpeg_gui.gui.monitor.models import job_poller
from cueffmpeg_gui.gui.monitor.models.notices import notice_of
from cueffmpeg_gui.gui.monitor.monitor_page import MonitorPage

# Turns of the event loop while a call hangs, and what Python may do in one turn: about a hundredth of all.
TURNS = 50
MOST_CALLS = 40_000


def test_only_what_is_seen_is_asked_about(qtbot: Any, page: MonitorPage, backend: FakeBackend) -> None:
    assert backend.calls == []
    backend.changes.append(JobChanges((make_job(1),), ()))
    page.show()
    qtbot.waitUntil(lambda: "summaries" in backend.calls)
    assert "news" not in backend.calls
    page.tree.expand(page.tree.index_of_job("job1"))
    qtbot.waitUntil(lambda: "news" in backend.calls)


def test_a_hidden_page_asks_only_while_a_job_runs(
    qtbot: Any, page: MonitorPage, backend: FakeBackend, show: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_poller, "HIDDEN_SECONDS", 0.0)
    show(make_job(1, user="alice", succeeded=4, state="FINISHED"))
    page.hide()
    poller = page.poller
    qtbot.waitUntil(lambda: not any(one.is_running for one in (poller._jobs, poller._open, poller._summaries)))
    backend.calls.clear()
    ticks: list[int] = []
    poller._timer.timeout.connect(lambda: ticks.append(1))
    qtbot.waitUntil(lambda: len(ticks) == 3)
    assert backend.calls == []


def test_a_hidden_page_still_tells_the_end_of_a_job(
    qtbot: Any, page: MonitorPage, backend: FakeBackend, show: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_poller, "HIDDEN_SECONDS", 0.2)
    told: list[Any] = []
    page.job_ended.connect(told.append)
    show(make_job(1))
    page.hide()
    backend.calls.clear()
    backend.changes.append(JobChanges((make_job(1, succeeded=4, state="FINISHED"),), ()))
    qtbot.waitUntil(lambda: len(told) == 1, timeout=10_000)
    assert set(backend.calls) == {"jobs"}


def test_a_job_that_was_sent_but_never_looked_at_is_told_too(
    qtbot: Any, page: MonitorPage, backend: FakeBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_poller, "HIDDEN_SECONDS", 0.2)
    told: list[Any] = []
    page.job_ended.connect(told.append)
    page.expect_job()
    backend.changes.append(JobChanges((make_job(1),), ()))
    backend.changes.append(JobChanges((make_job(1, succeeded=4, state="FINISHED"),), ()))
    qtbot.waitUntil(lambda: len(told) == 1, timeout=10_000)


def test_the_end_of_a_job_is_told_once_with_its_reason(
    qtbot: Any, page: MonitorPage, backend: FakeBackend, show: Any
) -> None:
    told: list[Any] = []
    page.job_ended.connect(told.append)
    show(make_job(1), make_job(3))
    backend.changes.append(JobChanges((make_job(1, dead=1, succeeded=3), make_job(2, dead=1)), ()))
    page.poller.refresh()
    qtbot.waitUntil(lambda: len(told) == 1, timeout=10_000)
    backend.changes.append(JobChanges((make_job(3, succeeded=4, state="FINISHED"),), ()))
    page.poller.refresh()
    qtbot.waitUntil(lambda: len(told) == 2, timeout=10_000)
    assert [(notice_of(one).title, notice_of(one).text) for one in told] == [
        ("Job failed", f"{make_job(1).name}: encode 1001: a.mov is cut short."),
        ("Job succeeded", f"{make_job(3).name} is done."),
    ]


def test_a_farm_that_goes_away_makes_the_list_old_and_coming_back_makes_it_new(
    qtbot: Any, page: MonitorPage, backend: FakeBackend, show: Any
) -> None:
    show(make_job(1))
    backend.trouble = FarmUnreachable("No farm answers at x.")
    page.poller.refresh()
    page._session._set_health(Health(FarmState.AWAY, 0, "No farm answers at x."))
    qtbot.waitUntil(lambda: "old: the farm is away" in page.toolbar.age.text(), timeout=10_000)
    assert page.tree_model.count == 1
    backend.trouble = None
    page._session._set_health(Health(FarmState.OK, 3))
    qtbot.waitUntil(lambda: page.toolbar.age.text().startswith("refreshed"), timeout=10_000)


def test_answers_that_hang_never_hold_the_window_up(
    qtbot: Any, page: MonitorPage, backend: FakeBackend, show: Any
) -> None:
    jobs = tuple(make_job(number, running=1, waiting=3) for number in range(40, 0, -1))
    show(*jobs)
    select(page, "job40")
    with LoopWatch() as watch:
        for step in range(4):
            backend.answers.clear()
            changed = tuple(replace(job, counts=counts(running=1, waiting=step)) for job in jobs)
            backend.changes.append(JobChanges(changed, ()))
            page.poller.refresh()
            qtbot.waitUntil(lambda: backend.hanging > 0)
            turns = watch.turns
            qtbot.waitUntil(lambda turns=turns: watch.turns > turns + TURNS)
            backend.answers.set()
            qtbot.waitUntil(lambda: not backend.changes)
    assert watch.most_calls < MOST_CALLS
