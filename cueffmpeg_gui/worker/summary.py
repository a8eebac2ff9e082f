# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The summary layer: the chunks' scores become one table, which is judged. A retry of the judgement costs seconds."""

from dataclasses import replace

from cueffmpeg_gui.errors import FrameFailed, OutputRejected
from cueffmpeg_gui.jobs.folder import scores_path
from cueffmpeg_gui.jobs.paths import JobPaths
from cueffmpeg_gui.jobs.score_numbers import named_pair
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.media.pair_measure import read_measure
from cueffmpeg_gui.media.scores import Scores, merge_scores, read_scores, scores_bytes
from cueffmpeg_gui.media.thresholds import FAIL
from cueffmpeg_gui.worker.part_files import write_made
from cueffmpeg_gui.worker.score_table import say_scores


def run_summary(folder: str, spec: JobSpec, frame: int) -> None:
    """Writes scores/scores.json and prints the table.

    Raises FrameFailed when a frame has no score; OutputRejected, with all of it written, when a threshold is not met,
    or when the pair is at fault.
    """
    places = JobPaths(spec, folder)
    merged = merge_scores([read_scores(places.chunk_scores(chunk)) for chunk in spec.chunks])
    merged = replace(merged, first=spec.frames.first, last=spec.frames.last)
    missing = [number for number in merged.wanted if number not in merged.rows]
    if missing:
        raise FrameFailed(f"{len(missing)} frames have no score, {missing[0]} first; retry the compare layer.")
    pair = named_pair(spec, [read_measure(places.chunk_pair(chunk)) for chunk in spec.chunks])
    judged = replace(merged, thresholds=spec.thresholds, pair=pair, allowed=spec.allowed_faults)
    write_made(scores_path(folder), scores_bytes(judged))
    say_scores(judged)
    if judged.verdict and judged.verdict.state == FAIL:
        raise OutputRejected(" ".join([judged.verdict.sentence, *_ways_out(judged)]))


def _ways_out(scores: Scores) -> list[str]:
    kinds = [fault.kind for fault in scores.grave]
    return [f"Put the pair right, or let it pass with allow_faults={','.join(kinds)}."] if kinds else []
