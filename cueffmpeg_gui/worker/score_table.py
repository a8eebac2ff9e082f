# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Scores as a plain table in the log."""

from cueffmpeg_gui.media.metrics import metric_label
from cueffmpeg_gui.media.scores import Scores, every_word, worst_frames
from cueffmpeg_gui.media.statistics import sense_word, shown_statistics, shown_values
from cueffmpeg_gui.worker.report import say

SHOWN_WORST = 5


def say_scores(scores: Scores) -> None:
    """Prints pooled values of each metric, the worst frames, spaced apart, and each threshold beside its value.

    Then come the pair's faults.
    """
    for line in scores.provenance.lines if scores.provenance else ():
        say(line)
    of = f"{every_word(scores.every)} of " if scores.every > 1 else ""
    say(f"{len(scores.rows)} frames, {of}{scores.first}-{scores.last}")
    names = shown_statistics(scores.metrics)
    say("".join(f"{name:>14}" for name in names) + "  better")
    for metric in scores.metrics:
        values = shown_values(metric, scores.pooled[metric], names)
        numbers = "".join(f"{'-':>14}" if value is None else f"{value:14.3f}" for value in values)
        say(f"{numbers}  {sense_word(metric):6}  {metric_label(metric, scores.vmaf_model)}")
    worst = worst_frames(scores, scores.metrics[0], SHOWN_WORST)
    say("worst frames: " + ", ".join(f"{frame} ({scores.rows[frame][0]:.2f})" for frame in worst))
    for judged in scores.verdict.judged if scores.verdict else ():
        say(f"{judged.outcome}: {judged.label}: {judged.text}")
    for fault in scores.pair.faults if scores.pair else ():
        say(f"{'fail' if scores.verdict and fault in scores.grave else 'warning'}: {fault.sentence}")
