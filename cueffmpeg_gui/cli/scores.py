# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""``cueffmpeg scores``: per-frame and pooled scores."""

import csv
import sys
from typing import TYPE_CHECKING

import click

from cueffmpeg_gui.cli.options import as_json, farm, settings_of
from cueffmpeg_gui.cli.output import print_json, print_line, print_table, printable, say

if TYPE_CHECKING:
    from cueffmpeg_gui.media.scores import Scores
    from cueffmpeg_gui.media.thresholds import Threshold


def register(group: click.Group) -> None:
    """Adds the command."""
    group.add_command(scores)


@click.command()
@click.argument("target", metavar="JOB|FOLDER|FILE")
@click.option("--from-logs", is_flag=True, help="Read them out of the rqd logs, not from the job folder.")
@click.option("--csv", "as_csv", is_flag=True, help="Print every frame as CSV.")
@click.option("--worst", type=click.IntRange(1, 1000), metavar="N", help="How many of the worst frames to show.")
@farm
@as_json
def scores(*, target: str, from_logs: bool, as_csv: bool, worst: int | None, farm: str | None, as_json: bool) -> None:
    """Show the scores of a job, a job folder or a file (ours, or another program's)."""
    from cueffmpeg_gui.api.review.load import load_review
    from cueffmpeg_gui.media.scores import scores_document, worst_frames

    review = load_review(target, settings_of(farm=farm), from_logs=from_logs)
    found = review.scores
    if review.trouble:
        say(f"note: {printable(review.trouble)}")
    if as_json:
        extra = {"worst": worst_frames(found, found.metrics[0], worst)} if worst else {}
        print_json({**scores_document(found), **extra})
    elif as_csv:
        _print_csv(found)
    else:
        print_scores(found, worst or 5)


def print_scores(found: "Scores", worst: int) -> None:
    """Pooled values of every metric and the worst frames, for people."""
    from cueffmpeg_gui.media.metrics import metric_label, model_label, reading_note
    from cueffmpeg_gui.media.scores import every_word, partial_count, worst_frames
    from cueffmpeg_gui.media.statistics import sense_word, shown_statistics, shown_values

    partial = "" if found.is_complete else f"{partial_count(len(found.rows), found.expected)} frames, "
    of = f"{every_word(found.every)} of " if found.every > 1 else ""
    print_line(f"{partial}{of}frames {found.first}-{found.last}, {model_label(found.vmaf_model)}")
    names = shown_statistics(found.pooled)
    rows = [
        (
            metric_label(metric, found.vmaf_model),
            sense_word(metric),
            *("-" if value is None else f"{value:.3f}" for value in shown_values(metric, values, names)),
        )
        for metric, values in found.pooled.items()
    ]
    print_table(("METRIC", "BETTER", *names), rows, right=names)
    lead = found.metrics[0]
    chosen = worst_frames(found, lead, worst)
    print_line(f"worst by {lead}: " + ", ".join(f"{frame} ({found.rows[frame][0]:.2f})" for frame in chosen))
    for line in filter(None, [reading_note(found.metrics), *(found.provenance.lines if found.provenance else ())]):
        print_line(printable(line))
    _print_pair(found)
    if found.verdict:
        print_line(f"verdict: {found.verdict.state}")
        for judged in found.verdict.judged:
            print_line(f"  {judged.outcome}  {judged.label}: {judged.text}; {_short_of(found, judged.threshold)}")


def _print_pair(found: "Scores") -> None:
    if found.pair and not found.pair.faults:
        print_line(f"pair: {found.pair.summary}")
    for fault in found.pair.faults if found.pair else ():
        print_line(f"{'fail' if found.verdict and fault in found.grave else 'warning'}: {fault.sentence}")


def _short_of(found: "Scores", threshold: "Threshold") -> str:
    from cueffmpeg_gui.media.statistics import shortfall

    values = zip(found.frames, found.values(threshold.metric), strict=True)
    short = shortfall(values, threshold.limit, threshold.at_most)
    longest = f", longest run {short.longest}" if short.longest else ""
    return f"{short.count} frames {'above' if threshold.at_most else 'below'}{longest}"


def _print_csv(found: "Scores") -> None:
    from cueffmpeg_gui.media.csv_cells import text_cell

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["frame", *(text_cell(printable(metric)) for metric in found.metrics)])
    for frame in sorted(found.rows):
        writer.writerow([frame, *(f"{value:.6f}" for value in found.rows[frame])])
