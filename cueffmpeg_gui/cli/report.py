# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""``cueffmpeg report``: scores as one file to pass on."""

import click

from cueffmpeg_gui.cli.options import farm, settings_of
from cueffmpeg_gui.cli.output import print_line, printable, say


def register(group: click.Group) -> None:
    """Adds the command."""
    group.add_command(report)


@click.command()
@click.argument("targets", metavar="JOB|FOLDER|FILE…", nargs=-1, required=True)
@click.option("--output", required=True, metavar="R.html", help="The file; .html, .svg, .csv or .json.")
@click.option("--worst", type=click.IntRange(0, 100), default=10, metavar="N", help="Worst frames with pictures.")
@farm
def report(*, targets: tuple[str, ...], output: str, worst: int, farm: str | None) -> None:
    """Write one self-contained page: verdict, curve, table, worst frames with pictures. Needs no display."""
    from cueffmpeg_gui.api.review.builds import differing_builds
    from cueffmpeg_gui.api.review.load import load_review
    from cueffmpeg_gui.api.review.report import write_report

    settings = settings_of(farm=farm)
    reviews = [load_review(target, settings) for target in targets]
    trouble = differing_builds(reviews)
    if trouble:
        say(f"note: {printable(trouble)}")
    write_report(reviews, output, worst)
    print_line(output)
