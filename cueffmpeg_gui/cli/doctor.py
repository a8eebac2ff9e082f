# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""``cueffmpeg doctor``: what this computer lacks."""

import click

from cueffmpeg_gui.cli.options import as_json, farm, settings_of
from cueffmpeg_gui.cli.output import print_json, print_line, print_table


def register(group: click.Group) -> None:
    """Adds the command."""
    group.add_command(doctor)


@click.command()
@farm
@click.option("--brief", is_flag=True, help="Say only what is missing.")
@as_json
def doctor(farm: str | None, brief: bool, as_json: bool) -> int:
    """Check Qt libraries, ffmpeg, libvmaf, farm and storage; say what is missing, and the fix."""
    from cueffmpeg_gui.api.doctor import examine
    from cueffmpeg_gui.media.documents import to_plain

    findings = examine(settings_of(farm=farm))
    missing = [finding for finding in findings if not finding.is_good]
    if as_json:
        print_json([to_plain(finding) for finding in findings])
    elif brief:
        for finding in missing:
            print_line(f"{finding.name}: {finding.fix}")
    else:
        print_table(("WHAT", "FOUND", "FIX"), [(f.name, f.found, f.fix or "ok") for f in findings])
    return 1 if missing else 0
