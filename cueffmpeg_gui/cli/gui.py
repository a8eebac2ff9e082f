# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""``cueffmpeg gui``: the window."""

import os
import sys
from collections.abc import Mapping
from typing import Any

import click

from cueffmpeg_gui.cli.options import farm
from cueffmpeg_gui.errors import HostNotFit


def register(group: click.Group) -> None:
    """Adds the command."""
    group.add_command(gui)


@click.command()
@click.option("--review", is_flag=True, help="Begin on the Review page, with the TARGETs.")
@click.argument("targets", nargs=-1, metavar="[JOB|FOLDER|FILE]...")
@farm
def gui(farm: str | None, review: bool, targets: tuple[str, ...]) -> int:
    """Open the window; with --review, on scores of jobs, job folders or files."""
    if targets and not review:
        raise click.UsageError("Jobs, folders and files are for --review: cueffmpeg gui --review TARGET...")
    if not has_screen(os.environ) and "QT_QPA_PLATFORM" not in os.environ:
        raise HostNotFit("There is no screen here (DISPLAY is not set), so no window can open; log in on a desktop.")
    return int(load_app().run_window(farm, dict(os.environ), review=targets if review else None))


def has_screen(environment: Mapping[str, str]) -> bool:
    """Whether there is a screen; without a screen Qt would end the program with many words."""
    return sys.platform == "darwin" or any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def load_app() -> Any:
    """The window's module; raises HostNotFit when Qt's libraries are missing."""
    from cueffmpeg_gui.api.qt_libraries import missing_packages

    os.environ.setdefault("QT_API", "pyside6")
    missing = missing_packages(os.environ)
    if missing:
        raise HostNotFit(
            f"The window lacks system libraries; on Debian or Ubuntu install them: apt-get install {' '.join(missing)}"
        )
    try:
        from cueffmpeg_gui.gui import app
    except ImportError as error:
        raise HostNotFit(f"The window cannot open: {error}. See: cueffmpeg doctor") from None
    return app
