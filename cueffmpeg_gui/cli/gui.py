# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""``cueffmpeg gui``: the window."""

import os

import click

from cueffmpeg_gui.cli.options import farm


def register(group: click.Group) -> None:
    """Adds the command."""
    group.add_command(gui)


@click.command()
@farm
def gui(farm: str | None) -> int:
    """Open the window."""
    os.environ.setdefault("QT_API", "pyside6")
    from cueffmpeg_gui.errors import HostNotFit

    try:
        from cueffmpeg_gui.gui.app import run_window
    except ImportError as error:
        raise HostNotFit(f"The window cannot open: {error}. See: cueffmpeg doctor") from None
    return run_window(farm, dict(os.environ))
