# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""One task at a time, the newest request next."""

import threading
from typing import Any

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.gui.common.latest import Latest
from cueffmpeg_gui.gui.common.tasks import Tasks


def test_of_requests_that_wait_only_the_newest_runs(qtbot: Any, tasks: Tasks) -> None:
    latest, gate = Latest(tasks), threading.Event()
    ran: list[int] = []
    done: list[int] = []

    def work(number: int) -> int:
        gate.wait(10)
        ran.append(number)
        return number

    for number in (1, 2, 3):
        latest.run(lambda number=number: work(number), done.append, lambda _: None)
    assert latest.is_busy
    gate.set()
    qtbot.waitUntil(lambda: not latest.is_busy)
    assert ran == done == [1, 3]


def test_a_refused_request_lets_the_next_one_run(qtbot: Any, tasks: Tasks) -> None:
    latest = Latest(tasks)
    ends: list[object] = []

    def refuse() -> None:
        raise InputRefused("a.mov is empty.")

    latest.run(refuse, ends.append, ends.append)
    latest.run(lambda: 2, ends.append, ends.append)
    qtbot.waitUntil(lambda: len(ends) == 2)
    assert ends == ["a.mov is empty.", 2]


def test_a_dropped_request_never_runs(qtbot: Any, tasks: Tasks) -> None:
    latest, gate = Latest(tasks), threading.Event()
    done: list[object] = []
    latest.run(lambda: gate.wait(10), done.append, done.append)
    latest.run(lambda: 2, done.append, done.append)
    latest.drop()
    gate.set()
    qtbot.waitUntil(lambda: not latest.is_busy)
    assert done == [True]


def test_a_callback_may_ask_again(qtbot: Any, tasks: Tasks) -> None:
    latest = Latest(tasks)
    done: list[int] = []

    def take(number: int) -> None:
        done.append(number)
        if number < 3:
            latest.run(lambda: number + 1, take, lambda _: None)

    latest.run(lambda: 1, take, lambda _: None)
    qtbot.waitUntil(lambda: done == [1, 2, 3])
