# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Work off the window's thread."""

import threading
import time
from typing import Any

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.gui.common.tasks import Tasks


def refuse() -> None:
    raise InputRefused("a.mov is empty.")


def test_work_runs_elsewhere_and_its_result_comes_back_here(qtbot: Any, tasks: Tasks) -> None:
    told: list[tuple[bool, bool]] = []
    here = threading.current_thread()
    tasks.run(
        lambda: threading.current_thread() is here,
        lambda there: told.append((there, threading.current_thread() is here)),
    )
    qtbot.waitUntil(lambda: bool(told))
    assert told == [(False, True)]


def test_a_refusal_is_told_as_its_sentence(qtbot: Any, tasks: Tasks) -> None:
    told: list[str] = []
    tasks.run(refuse, failed=told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["a.mov is empty."]


def test_only_the_newest_of_a_key_is_told(qtbot: Any, tasks: Tasks) -> None:
    told: list[int] = []
    gate = threading.Event()
    tasks.run(lambda: gate.wait(10) and 1, told.append, key="probe")
    tasks.run(lambda: 2, told.append, key="probe")
    qtbot.waitUntil(lambda: told == [2])
    gate.set()
    qtbot.waitUntil(lambda: not tasks._running)
    tasks.run(lambda: 0, told.append)
    qtbot.waitUntil(lambda: 0 in told)
    assert told == [2, 0]


def test_what_a_task_held_is_let_go_on_the_windows_thread(qtbot: Any, tasks: Tasks) -> None:
    gone: list[bool] = []
    here = threading.current_thread()

    class Held:
        def work(self) -> None:
            time.sleep(0.01)

        def __del__(self) -> None:
            gone.append(threading.current_thread() is here)

    for _ in range(50):
        tasks.run(Held().work)
    qtbot.waitUntil(lambda: len(gone) == 50)
    assert all(gone)
