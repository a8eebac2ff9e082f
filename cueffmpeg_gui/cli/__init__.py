# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The command line: thin commands over the api. Importing it is cheap; each command brings what it needs."""


def main() -> None:
    """Entry point: runs the command line and exits with its code."""
    from cueffmpeg_gui.cli.app import run

    run()
