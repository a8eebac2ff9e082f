# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Options that several commands share."""

from collections.abc import Callable
from typing import Any

import click

Command = Callable[..., Any]

as_json = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON on stdout.")
farm = click.option("--farm", metavar="local|HOST[:PORT]", help="The farm: this computer, or a Cuebot's address.")


def settings_of(**given: str | None) -> Any:
    """The settings, with what was given on the command line on top."""
    from cueffmpeg_gui.settings import load_settings

    return load_settings(**given)
