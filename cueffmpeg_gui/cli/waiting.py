# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Waiting for a job, with a progress bar where there is a terminal."""

import sys
from typing import TYPE_CHECKING

from cueffmpeg_gui.cli.output import printable, say

if TYPE_CHECKING:
    from cueffmpeg_gui.settings import Settings


def wait_with_bar(settings: "Settings", job_id: str) -> None:
    """Returns when the job has succeeded; raises JobFailed."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from cueffmpeg_gui.api.farm import connect_farm
    from cueffmpeg_gui.api.monitor.progress import JobProgress, wait_for_job

    if not sys.stderr.isatty():
        _wait_with_lines(settings, job_id)
        return
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.percentage:.0f} %"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("waiting", total=1.0)

        def show(progress: JobProgress) -> None:
            bar.update(task, completed=progress.fraction, description=printable(progress.text))

        wait_for_job(connect_farm(settings), job_id, show)


def _wait_with_lines(settings: "Settings", job_id: str) -> None:
    from cueffmpeg_gui.api.farm import connect_farm
    from cueffmpeg_gui.api.monitor.progress import JobProgress, wait_for_job

    shown = ""

    def show(progress: JobProgress) -> None:
        nonlocal shown
        if progress.state != shown:
            shown = progress.state
            say(shown)

    wait_for_job(connect_farm(settings), job_id, show)
