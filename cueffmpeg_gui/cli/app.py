# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The command group, and the one place where an error becomes a sentence and an exit code."""

import io
import logging
import sys
from collections.abc import Callable
from importlib import import_module

import click

import cueffmpeg_gui
from cueffmpeg_gui.cli.output import say
from cueffmpeg_gui.errors import (
    Cancelled,
    CueffmpegError,
    FarmRefused,
    FarmUnreachable,
    HostNotFit,
    InputRefused,
    JobFailed,
)

EXITS: dict[type[CueffmpegError], int] = {
    InputRefused: 3,
    FarmRefused: 3,
    HostNotFit: 3,
    FarmUnreachable: 4,
    JobFailed: 5,
}
UNEXPECTED, INTERRUPTED = 1, 130
MODULES = (
    "gui", "demo", "presets", "probe", "submit", "jobs", "actions", "scores", "report", "log", "farm",
    "cuegui", "doctor", "clean",
)  # fmt: skip


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(cueffmpeg_gui.__version__, prog_name="cueffmpeg")
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
def cueffmpeg(debug: bool) -> None:
    """Send ffmpeg work to an OpenCue farm, or to this computer, and see what it did to the picture."""


def run() -> None:
    """Runs the command line and exits."""
    for stream in (sys.stdout, sys.stderr):
        # Paths may hold bytes that are no text; they leave as they came.
        stream.reconfigure(errors="surrogateescape")  # type: ignore[union-attr]
    logging.disable(logging.WARNING)
    for name in MODULES:
        import_module(f"cueffmpeg_gui.cli.{name}").register(cueffmpeg)
    sys.exit(exit_code_of(lambda: cueffmpeg(prog_name="cueffmpeg", standalone_mode=False), debug="--debug" in sys.argv))


def exit_code_of(command: Callable[[], object], *, debug: bool = False) -> int:
    """Runs a command; says what went wrong in one sentence and returns the exit code."""
    try:
        result = command()
        return result if isinstance(result, int) else 0
    except click.ClickException as error:
        shown = io.StringIO()
        error.show(shown)
        for line in shown.getvalue().rstrip("\n").split("\n"):
            say(line)
        return error.exit_code
    except CueffmpegError as error:
        say(f"error: {error}")
        return next((code for kind, code in EXITS.items() if isinstance(error, kind)), UNEXPECTED)
    except (Cancelled, KeyboardInterrupt, click.Abort):
        say("stopped")
        return INTERRUPTED
    except BrokenPipeError:
        return 0
    except Exception as error:
        if debug:
            raise
        say(f"error: something unexpected happened ({type(error).__name__}: {error}); --debug shows where.")
        return UNEXPECTED
