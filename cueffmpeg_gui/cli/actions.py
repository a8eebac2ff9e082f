# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""``cueffmpeg pause|resume|kill|retry|eat``: one shape, so a table."""

import click

from cueffmpeg_gui.cli.options import farm, settings_of
from cueffmpeg_gui.cli.output import say

ACTIONS = {
    "pause": "Start no more frames of JOB; running ones go on.",
    "resume": "Let the paused JOB go on.",
    "kill": "End JOB for good; with a layer or frames, kill those (they start again by themselves).",
    "retry": "Run the failed frames of JOB again; with --frames, those frames whatever they are.",
    "eat": "Give up the failed frames of JOB, so that it can end.",
}


def register(group: click.Group) -> None:
    """Adds the commands."""
    for name, text in ACTIONS.items():
        group.add_command(_command(name, text))


def _command(name: str, text: str) -> click.Command:
    @click.command(name=name, help=text)
    @click.argument("job")
    @click.argument("layer", required=False)
    @click.option("--frames", metavar="FIRST-LAST", help="Only the chunks that hold one of these frames.")
    @farm
    def command(job: str, layer: str | None, frames: str | None, farm: str | None) -> None:
        from cueffmpeg_gui.api.monitor.actions import act_by_name
        from cueffmpeg_gui.media.frames import parse_range

        chosen = parse_range(frames) if frames else None
        say(act_by_name(settings_of(farm=farm), name, job, layer, chosen))

    return command
