# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The dock in CueGUI on a fake backend."""

from collections.abc import Iterator
from typing import Any

import pytest
from fake_backend import FakeBackend

from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.dock.dock_scores import DockScores
from cueffmpeg_gui.gui.dock.models.dock_job import DockJob
from cueffmpeg_gui.gui.dock.panel import DockPanel


@pytest.fixture
def backend() -> FakeBackend:
    return FakeBackend()


@pytest.fixture
def panel(qtbot: Any, tasks: Tasks, backend: FakeBackend) -> Iterator[DockPanel]:
    made = DockPanel(DockJob(backend, tasks), DockScores(backend, tasks))
    qtbot.addWidget(made)
    made.resize(1000, 320)
    made.show()
    yield made
    made.hide()
