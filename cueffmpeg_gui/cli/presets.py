# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""``cueffmpeg presets``: what can be done."""

import click

from cueffmpeg_gui.cli.options import as_json, settings_of
from cueffmpeg_gui.cli.output import print_json, print_table


def register(group: click.Group) -> None:
    """Adds the command."""
    group.add_command(presets)


@click.command()
@as_json
def presets(as_json: bool) -> None:
    """List the presets, each with its level: built-in, site, show or user."""
    from cueffmpeg_gui.api.submit.user_presets import read_presets
    from cueffmpeg_gui.media.documents import to_plain

    found = read_presets(settings_of()).values()
    if as_json:
        print_json([to_plain(preset) for preset in found])
        return
    rows = [(p.name, p.kind, p.level, p.version, p.description) for p in sorted(found, key=lambda p: (p.kind, p.name))]
    print_table(("PRESET", "KIND", "LEVEL", "VERSION", "WHAT IT DOES"), rows, right=("VERSION",))
