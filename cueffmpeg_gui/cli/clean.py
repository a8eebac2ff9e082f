# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""``cueffmpeg clean``: frees the folders of jobs that have long ended."""

import os
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from cueffmpeg_gui.cli.options import as_json, farm, settings_of
from cueffmpeg_gui.cli.output import print_json, print_line, print_table

if TYPE_CHECKING:
    from cueffmpeg_gui.api.clean import Freed

DAY = 86400


def register(group: click.Group) -> None:
    """Adds the command."""
    group.add_command(clean)


@click.command()
@click.option("--older", default="30d", show_default=True, help="How long nothing has changed: 30d, 12h, 2w.")
@click.option("--keep-scores", is_flag=True, help="Keep what a review needs: job.json and scores.")
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@farm
@as_json
def clean(older: str, keep_scores: bool, dry_run: bool, farm: str | None, as_json: bool) -> None:
    """Free the folders of ended jobs in the job root; films are never touched, nor is a job that is live.

    The farm is asked first. Folders of other farms stay, and those that do not say whose they are for 7 days at least.
    """
    from cueffmpeg_gui.api.clean import clean_folders, read_age

    freed: list[Freed] = []
    clean_folders(
        settings_of(farm=farm),
        older=read_age(older),
        keep_scores=keep_scores,
        dry_run=dry_run,
        on_freed=freed.append,
    )
    total = sum(one.size for one in freed)
    if as_json:
        print_json({"dry_run": dry_run, "bytes": total, "folders": [asdict(one) for one in freed]})
        return
    rows = [(os.path.basename(one.folder), f"{one.age / DAY:.1f} d", _size(one.size)) for one in freed]
    print_table(("JOB", "UNTOUCHED", "SIZE"), rows, right=("UNTOUCHED", "SIZE"))
    print_line(f"{'would free' if dry_run else 'freed'} {_size(total)} of {len(freed)} jobs")


def _size(count: float) -> str:
    for unit in ("B", "KB", "MB", "GB"):
        if count < 1000:
            return f"{count:.0f} {unit}" if unit == "B" else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.1f} TB"
