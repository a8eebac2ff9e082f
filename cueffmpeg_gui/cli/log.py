# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""``cueffmpeg log``: what a frame printed."""

import click

from cueffmpeg_gui.cli.options import farm, settings_of
from cueffmpeg_gui.cli.output import print_log


def register(group: click.Group) -> None:
    """Adds the command."""
    group.add_command(log)


@click.command()
@click.argument("job")
@click.argument("layer")
@click.argument("frame", type=int)
@farm
def log(job: str, layer: str, frame: int, farm: str | None) -> None:
    """Print the log of FRAME (any frame of its chunk) in LAYER of JOB."""
    from cueffmpeg_gui.api.monitor.jobs import log_of
    from cueffmpeg_gui.media.open_file import open_regular

    with open_regular(log_of(settings_of(farm=farm), job, layer, frame)) as file:
        for line in file:
            print_log(line)
