# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What a row of the monitor says, column by column: pure, from the farm's values to texts and sort keys."""

from __future__ import annotations

import time
from enum import IntEnum
from typing import Any

from cueffmpeg_gui.api.monitor.follower import FrameCounts, FrameStatus, JobStatus, LayerStatus, state_of
from cueffmpeg_gui.api.monitor.summaries import JobSummary
from cueffmpeg_gui.media.timing import format_seconds

PERCENT_WORDS = " % "


class Column(IntEnum):
    """The columns in their order."""

    NAME = 0
    STATE = 1
    PROGRESS = 2
    TIME = 3
    SCORE = 4
    USER = 5
    STARTED = 6
    NOTE = 7


# A cell: its text, what it is sorted by, and what a delegate draws. Plain tuples, for there are many: Python's
# garbage collector does not follow tuples of texts and numbers, and so does not hold the window up.
Cell = tuple[str, Any, Any]
# A progress bar: (state, share of 0 … 1) from the left.
Bar = tuple[tuple[str, float], ...]


def cell(text: str, sort: Any, drawn: Any = None) -> Cell:
    """A cell, drawn as its text unless told otherwise."""
    return text, sort, drawn


def job_cells(job: JobStatus, glance: JobSummary | None, remaining: float | None) -> tuple[Cell, ...]:
    """A job's row."""
    state = state_of(job)
    fraction = glance.fraction if glance else _fraction(job.counts)
    note = (glance.failure if state in ("failed", "running") else "") or glance.line if glance else ""
    score = _score(glance)
    return (
        cell(job.name, job.name),
        cell(state, state, state),
        cell(_percent(fraction), fraction, _bar(job.counts, fraction)),
        _job_time(job, state, remaining),
        cell(score, glance.mean if glance and glance.mean is not None else -1.0),
        cell(job.user, job.user),
        cell(when(job.start), -float(job.start)),
        cell(note, note),
    )


def layer_cells(layer: LayerStatus, position: int) -> tuple[Cell, ...]:
    """A layer's row."""
    counts = layer.counts
    state = layer_state(counts)
    fraction = _fraction(counts)
    return (
        cell(layer.name, f"{position:06}"),
        cell(state, state, state),
        cell(f"{counts.succeeded}/{counts.total}", fraction, _bar(counts, fraction)),
        cell("", 0.0),
        cell("", -1.0),
        cell("", ""),
        cell("", float(position)),
        cell("", ""),
    )


def frame_cells(frame: FrameStatus, last: int, line: str, error: str) -> tuple[Cell, ...]:
    """A frame's row: the pictures it works on, to `last`; how far it is, where it runs, what it said last."""
    name = f"{frame.number}-{last}" if last > frame.number else str(frame.number)
    fraction = 1.0 if frame.state == "SUCCEEDED" else fraction_in(line)
    host = frame.last_resource.split("/")[0] if frame.start else ""
    note = error or _after_percent(line)
    if not note and frame.retry_count:
        note = f"try {frame.retry_count + 1}"
    shown = frame.state.lower()
    return (
        cell(name, f"{frame.number:010}"),
        cell(shown, shown, frame.state),
        cell(
            _percent(fraction) if frame.state in ("RUNNING", "SUCCEEDED") else "", fraction, _frame_bar(frame, fraction)
        ),
        cell(_frame_time(frame), _frame_seconds(frame)),
        cell("", -1.0),
        cell(host, host),
        cell(when(frame.start), float(frame.number)),
        cell(note, note),
    )


def layer_state(counts: FrameCounts) -> str:
    """The frame state that says most about a layer."""
    for state, count in (("RUNNING", counts.running), ("DEAD", counts.dead), ("WAITING", counts.waiting)):
        if count:
            return state.lower()
    if counts.depend:
        return "depend"
    return "eaten" if counts.eaten else "succeeded"


def fraction_in(line: str) -> float:
    """The share that a progress line tells."""
    words = line.partition(PERCENT_WORDS)[0].split()
    return int(words[-1]) / 100 if line and words and words[-1].isdigit() else 0.0


def when(seconds: int) -> str:
    """A time of today as 14:05, an earlier one with its day."""
    if not seconds:
        return ""
    local = time.localtime(seconds)
    is_today = local[:3] == time.localtime()[:3]
    return time.strftime("%H:%M" if is_today else "%d %b %H:%M", local)


def _after_percent(line: str) -> str:
    return line.partition(PERCENT_WORDS)[2].strip() if PERCENT_WORDS in line else line


def _percent(fraction: float) -> str:
    return f"{int(fraction * 100)} %"


def _fraction(counts: FrameCounts) -> float:
    return counts.succeeded / max(1, counts.total)


def _bar(counts: FrameCounts, fraction: float) -> Bar:
    total = max(1, counts.total)
    done = counts.succeeded / total
    lost = (counts.dead + counts.eaten) / total
    # What running frames have done already, and their rest.
    begun = max(0.0, fraction - done)
    return (("SUCCEEDED", done), ("RUNNING", begun), ("DEAD", lost))


def _frame_bar(frame: FrameStatus, fraction: float) -> Bar:
    if frame.state in ("DEAD", "EATEN"):
        return ((frame.state, 1.0),)
    return ((frame.state, fraction),)


def _job_time(job: JobStatus, state: str, remaining: float | None) -> Cell:
    if state == "running" and remaining is not None:
        return cell(f"{format_seconds(remaining)} left", remaining)
    if job.stop and job.start:
        return cell(format_seconds(job.stop - job.start), float(job.stop - job.start))
    return cell("", 0.0)


def _frame_seconds(frame: FrameStatus) -> float:
    if not frame.start:
        return 0.0
    end = frame.stop if frame.stop >= frame.start and frame.state != "RUNNING" else time.time()
    return max(0.0, end - frame.start)


def _frame_time(frame: FrameStatus) -> str:
    is_over = frame.state not in ("WAITING", "DEPEND", "SETUP")
    return format_seconds(_frame_seconds(frame)) if frame.start and is_over else ""


def _score(glance: JobSummary | None) -> str:
    if glance is None or glance.mean is None:
        return ""
    return f"{glance.mean:.2f} partial" if glance.is_partial else f"{glance.mean:.2f}"
