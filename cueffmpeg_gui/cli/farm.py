# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""``cueffmpeg farm start|stop|status``: the local farm."""

from dataclasses import asdict

import click

from cueffmpeg_gui.cli.options import as_json, settings_of
from cueffmpeg_gui.cli.output import print_json, print_line


def register(group: click.Group) -> None:
    """Adds the commands."""
    group.add_command(farm)


@click.group()
def farm() -> None:
    """The local farm: this computer as a farm of one."""


@farm.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port on 127.0.0.1; 0 takes a free one.")
def start(port: int) -> None:
    """Start it, or find the running one. Unfinished jobs go on."""
    from cueffmpeg_gui.api.farm import start_local_farm

    print_line(str(start_local_farm(settings_of(farm="local"), port)))


@farm.command()
def stop() -> None:
    """Stop it; running frames run again after the next start."""
    from cueffmpeg_gui.api.farm import stop_local_farm

    stopped = stop_local_farm(settings_of())
    print_line("stopped" if stopped else "it was not running")


@farm.command()
@as_json
def status(as_json: bool) -> None:
    """Show address, process, slots and version."""
    from cueffmpeg_gui.api.farm import local_farm_status

    found = local_farm_status(settings_of())
    if as_json:
        print_json({"running": found is not None, **(asdict(found) if found else {})})
    elif found is None:
        print_line("not running")
    else:
        for name, value in asdict(found).items():
            print_line(f"{name:10} {value}")
