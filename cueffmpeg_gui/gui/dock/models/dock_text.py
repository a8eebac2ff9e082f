# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The lines of text in which the dock in CueGUI describes a job."""

from __future__ import annotations

from typing import Optional

from qtpy.QtCore import QCoreApplication

from cueffmpeg_gui.api.monitor.follower import JobStatus, state_of
from cueffmpeg_gui.api.monitor.scores import ScoreSummary
from cueffmpeg_gui.gui.dock.models.chunk_rows import NOTE
from cueffmpeg_gui.gui.dock.models.chunk_table import ChunkTable
from cueffmpeg_gui.media.scores import every_word
from cueffmpeg_gui.media.statistics import sense_of


def progress_text(job: JobStatus, chunks: ChunkTable) -> str:
    """ "running · encode 12 of 42 · compare 3 of 42 · 2 running"."""
    done: dict[str, list[int]] = {}
    for chunk in chunks.chunks:
        counts = done.setdefault(chunk.frame.layer, [0, 0])
        counts[0] += chunk.frame.state == "SUCCEEDED"
        counts[1] += 1
    words = [_tr(state_of(job))]
    words += [_tr("{} {} of {}").format(layer, some, total) for layer, (some, total) in done.items()]
    if job.counts.running:
        words.append(_tr("{} running").format(job.counts.running))
    return "  ·  ".join(words)


def failure_text(chunks: ChunkTable) -> str:
    """The first failed chunk and what it says, and how many more there are; "" for none."""
    failed = chunks.failed()
    if not failed:
        return ""
    first = failed[0]
    says = first.cells[NOTE][0] or _tr("it failed with exit status {}").format(first.frame.exit_status)
    more = _tr(" (and {} more)").format(len(failed) - 1) if len(failed) > 1 else ""
    return f"{first.frame.layer} {first.cells[0][0]}{more}: {says}"


def placeholder_text(name: str, is_known: bool) -> str:
    """The placeholder when no job is selected, or another program's job."""
    if not name:
        return _tr("Select a job of cueffmpeg to see its chunks and scores here.")
    if not is_known:
        return _tr("Looking at {} …").format(name)
    return _tr("{} was not sent by cueffmpeg; there is nothing to show of it here.").format(name)


def score_text(summary: Optional[ScoreSummary]) -> str:
    """ "VMAF v0.6.1 (0-100) · mean 94.81 · p5 88.02 · min 71.30 · 180 of 240 frames, partial"."""
    if summary is None:
        return ""
    values = summary.pooled[0][1] if summary.pooled else {}
    scores = summary.scores
    brief = sense_of(scores.metrics[0]).brief if scores.metrics else ()
    words = [f"{name} {values[name]:.2f}" for name in brief if name in values]
    known = _tr("all {} frames") if scores.is_complete else _tr("{} of {} frames, partial")
    if scores.is_complete and scores.every > 1:
        return "  ·  ".join([summary.model, *words, _tr("{} frame").format(every_word(scores.every))])
    counts = (scores.expected,) if scores.is_complete else (len(scores.rows), scores.expected)
    return "  ·  ".join([summary.model, *words, known.format(*counts)])


def _tr(text: str) -> str:
    return QCoreApplication.translate("dock", text)
