# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The Monitor page on a fake backend."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fake_backend import FakeBackend

from cueffmpeg_gui.api.monitor.follower import JobChanges
from cueffmpeg_gui.gui.common.session import Session
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.monitor.monitor_page import MonitorPage
from cueffmpeg_gui.settings import load_settings


@pytest.fixture
def backend() -> Iterator[FakeBackend]:
    made = FakeBackend()
    yield made
    made.answers.set()


@pytest.fixture
def page(qtbot: Any, tasks: Tasks, backend: FakeBackend, monkeypatch: pytest.MonkeyPatch) -> Iterator[MonitorPage]:
    monkeypatch.setenv("CUEFFMPEG_USER", "alice")
    made = MonitorPage(Session(tasks, load_settings()), tasks, backend)
    qtbot.addWidget(made)
    made.resize(1280, 640)
    yield made
    made.hide()
    made.poller.stop()


@pytest.fixture
def show(qtbot: Any, page: MonitorPage, backend: FakeBackend) -> Callable[..., None]:
    """Shows the page with jobs in it."""

    def with_jobs(*jobs: Any) -> None:
        backend.changes.append(JobChanges(tuple(jobs), ()))
        page.show()
        qtbot.waitUntil(lambda: page.tree_model.count == len(jobs) and page.tree_model.slices.is_settled)

    return with_jobs
