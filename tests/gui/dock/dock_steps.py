# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Showing a job in the dock, and reading its table of chunks."""

from typing import Any

from cueffmpeg_gui.api.monitor.follower import JobStatus
from cueffmpeg_gui.gui.dock.panel import DockPanel


def show(qtbot: Any, panel: DockPanel, job: JobStatus) -> None:
    panel.follow(job.id, job.name)
    qtbot.waitUntil(lambda: panel.model.job is not None)


def texts(panel: DockPanel, column: int) -> list[str]:
    return [panel.chunks.sorted.index(row, column).data() for row in range(panel.chunks.sorted.rowCount())]
