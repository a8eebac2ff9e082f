# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""``cueffmpeg jobs``, ``status`` and ``wait``: what happens on the farm."""

import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from cueffmpeg_gui.cli.options import as_json, farm, settings_of
from cueffmpeg_gui.cli.output import print_json, print_line, print_table, say
from cueffmpeg_gui.cli.waiting import wait_with_bar

if TYPE_CHECKING:
    from cueffmpeg_gui.api.monitor.jobs import JobStatus


def register(group: click.Group) -> None:
    """Adds the commands."""
    for command in (jobs, status, wait):
        group.add_command(command)


@click.command()
@click.option("--user", help="Only this user's jobs.")
@farm
@as_json
def jobs(user: str | None, farm: str | None, as_json: bool) -> None:
    """List this program's jobs, the newest first, ended ones too."""
    from cueffmpeg_gui.api.monitor.jobs import list_jobs

    found = list_jobs(settings_of(farm=farm), user)
    if as_json:
        print_json([_summary(job) for job in found])
        return
    rows = [
        (job.name, _state(job), f"{job.counts.succeeded}/{job.counts.total}", job.user, _when(job)) for job in found
    ]
    print_table(("JOB", "STATE", "DONE", "USER", "STARTED"), rows, right=("DONE",))
    if not rows:
        say("No jobs yet; send one with: cueffmpeg submit PRESET --source CLIP")


@click.command()
@click.argument("job")
@farm
@as_json
def status(job: str, farm: str | None, as_json: bool) -> None:
    """Show the layers and frames of JOB (its name, the end of its name, or its id)."""
    from cueffmpeg_gui.api.monitor.jobs import describe_job

    found = describe_job(settings_of(farm=farm), job)
    if as_json:
        print_json(
            {
                **_summary(found.job),
                "folder": found.folder,
                "layers": [asdict(layer) for layer in found.layers],
                "frames": [{**vars(frame), "error": found.errors.get(frame.name)} for frame in found.frames],
            }
        )
        return
    print_line(f"{found.job.name}  {_state(found.job)}  priority {found.job.priority}  {found.folder or ''}")
    rows = [
        (f.layer, f.number, f.state, f.retry_count, _seconds(f), found.errors.get(f.name, "")) for f in found.frames
    ]
    print_table(("LAYER", "FRAME", "STATE", "RETRIES", "TIME", "ERROR"), rows, right=("FRAME", "RETRIES", "TIME"))


@click.command()
@click.argument("job")
@farm
def wait(job: str, farm: str | None) -> None:
    """Wait for the end of JOB; exit with 5 when it fails."""
    wait_with_bar(settings_of(farm=farm), job)


def _summary(job: "JobStatus") -> dict[str, Any]:
    return {**asdict(job), "outcome": _state(job)}


def _state(job: "JobStatus") -> str:
    from cueffmpeg_gui.api.monitor.follower import state_of

    return state_of(job)


def _when(job: "JobStatus") -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(job.start)) if job.start else ""


def _seconds(frame: Any) -> str:
    if not frame.start:
        return ""
    from cueffmpeg_gui.media.timing import format_seconds

    return format_seconds((frame.stop or time.time()) - frame.start)
