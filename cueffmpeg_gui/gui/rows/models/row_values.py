# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What is known of a job, a layer or a frame, and each cell that its row can show of it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, Optional

from cueffmpeg_gui.api.monitor.follower import FrameCounts, FrameStatus, JobStatus, LayerStatus, state_of
from cueffmpeg_gui.api.monitor.progress import fraction_of, pace_of
from cueffmpeg_gui.api.monitor.summaries import JobSummary
from cueffmpeg_gui.media.timing import format_seconds

# A cell: its text, what it is sorted by, and what a delegate draws. Plain tuples, for there are many: Python's
# garbage collector does not follow tuples of texts and numbers, and so does not hold the window up.
Cell = tuple[str, Any, Any]
# A progress bar: (state, share of 0 … 1) from the left.
Bar = tuple[tuple[str, float], ...]
NO_SCORE = -1.0


def cell(text: str, sort: Any, drawn: Any = None) -> Cell:
    """A cell, drawn as its text unless something else is given."""
    return text, sort, drawn


@dataclass(frozen=True)
class JobValues:
    """A job; its summary once it is known, and the seconds it still takes, when that can be said."""

    job: JobStatus
    summary: Optional[JobSummary]
    remaining: Optional[float]

    @property
    def state(self) -> str:
        """The job's state in a word."""
        return state_of(self.job)

    @property
    def fraction(self) -> float:
        """How much is done, running frames counted by their progress."""
        return self.summary.fraction if self.summary else done_fraction(self.job.counts)

    def name(self) -> Cell:
        return cell(self.job.name, self.job.name)

    def state_cell(self) -> Cell:
        state = self.state
        return cell(state, state, state)

    def progress(self) -> Cell:
        fraction = self.fraction
        return cell(_percent(fraction), fraction, _bar(self.job.counts, fraction))

    def time(self) -> Cell:
        """How long it still takes while it runs, how long it took when it has ended."""
        job = self.job
        if self.remaining is not None and self.state == "running":
            return cell(f"{format_seconds(self.remaining)} left", self.remaining)
        if job.stop and job.start:
            return cell(format_seconds(job.stop - job.start), float(job.stop - job.start))
        return cell("", 0.0)

    def score(self) -> Cell:
        summary = self.summary
        if summary is None or summary.mean is None:
            return cell("", NO_SCORE)
        return cell(f"{summary.mean:.2f} partial" if summary.is_partial else f"{summary.mean:.2f}", summary.mean)

    def user(self) -> Cell:
        return cell(self.job.user, self.job.user)

    def started(self) -> Cell:
        return cell(when(self.job.start), -float(self.job.start))

    def note(self) -> Cell:
        """Why it failed, else how far it is."""
        summary = self.summary
        if summary is None:
            return cell("", "")
        note = (summary.failure if self.state in ("failed", "running") else "") or summary.line
        return cell(note, note)


@dataclass(frozen=True)
class LayerValues:
    """A layer, and its place among those of its job."""

    layer: LayerStatus
    position: int

    def name(self) -> Cell:
        return cell(self.layer.name, f"{self.position:06}")

    def state_cell(self) -> Cell:
        state = layer_state(self.layer.counts)
        return cell(state, state, state)

    def progress(self) -> Cell:
        counts = self.layer.counts
        fraction = done_fraction(counts)
        return cell(f"{counts.succeeded}/{counts.total}", fraction, _bar(counts, fraction))

    def started(self) -> Cell:
        return cell("", float(self.position))

    def no_number(self) -> Cell:
        return cell("", 0.0)

    def no_score(self) -> Cell:
        return cell("", NO_SCORE)

    def no_text(self) -> Cell:
        return cell("", "")


@dataclass(frozen=True)
class FrameValues:
    """A cue frame, the last picture it works on, its newest progress line, and what it failed with."""

    frame: FrameStatus
    last: int
    line: str
    error: str

    @property
    def fraction(self) -> float:
        """How much of it is done."""
        return 1.0 if self.frame.state == "SUCCEEDED" else fraction_of(self.line)

    def name(self) -> Cell:
        """The pictures it works on."""
        number = self.frame.number
        return cell(f"{number}-{self.last}" if self.last > number else str(number), f"{number:010}")

    def state_cell(self) -> Cell:
        shown = self.frame.state.lower()
        return cell(shown, shown, self.frame.state)

    def progress(self) -> Cell:
        state, fraction = self.frame.state, self.fraction
        text = _percent(fraction) if state in ("RUNNING", "SUCCEEDED") else ""
        return cell(text, fraction, ((state, 1.0 if self.frame.is_lost else fraction),))

    def time(self) -> Cell:
        """How long it runs or ran."""
        frame = self.frame
        has_run = frame.start and frame.state not in ("WAITING", "DEPEND", "SETUP")
        seconds = _run_seconds(frame)
        return cell(format_seconds(seconds) if has_run else "", seconds)

    def no_score(self) -> Cell:
        return cell("", NO_SCORE)

    def host(self) -> Cell:
        host = self.frame.last_resource.split("/")[0] if self.frame.start else ""
        return cell(host, host)

    def started(self) -> Cell:
        return cell(when(self.frame.start), float(self.frame.number))

    def note(self) -> Cell:
        """Why it failed, else what its progress line says after the percentage, else which try it is."""
        note = self.error or pace_of(self.line)
        if not note and self.frame.retry_count:
            note = f"try {self.frame.retry_count + 1}"
        return cell(note, note)


def layer_state(counts: FrameCounts) -> str:
    """The frame state that says most about a layer."""
    for state, count in (("RUNNING", counts.running), ("DEAD", counts.dead), ("WAITING", counts.waiting)):
        if count:
            return state.lower()
    if counts.depend:
        return "depend"
    return "eaten" if counts.eaten else "succeeded"


def done_fraction(counts: FrameCounts) -> float:
    """The share of frames that have succeeded."""
    return counts.succeeded / max(1, counts.total)


def when(seconds: int) -> str:
    """A time of today as 14:05, an earlier one with its day."""
    if not seconds:
        return ""
    local = time.localtime(seconds)
    is_today = local[:3] == time.localtime()[:3]
    return time.strftime("%H:%M" if is_today else "%d %b %H:%M", local)


def _percent(fraction: float) -> str:
    return f"{int(fraction * 100)} %"


def _bar(counts: FrameCounts, fraction: float) -> Bar:
    total = max(1, counts.total)
    done = counts.succeeded / total
    # What running frames have done already, and their rest.
    begun = max(0.0, fraction - done)
    return (("SUCCEEDED", done), ("RUNNING", begun), ("DEAD", counts.lost / total))


def _run_seconds(frame: FrameStatus) -> float:
    if not frame.start:
        return 0.0
    end = frame.stop if frame.stop >= frame.start and frame.state != "RUNNING" else time.time()
    return max(0.0, end - frame.start)
