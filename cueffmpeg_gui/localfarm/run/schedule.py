# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Which waiting frame runs next: priority of its job, then age of the job, then its place in the job."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from cueffmpeg_gui.localfarm.states import FrameState, JobState

# How long (seconds) smaller work may overtake the frame whose turn it is while there is no room for that one.
PATIENCE = 30.0


@dataclass(frozen=True)
class Resources:
    """Cores (points) and memory (KB)."""

    cores: int
    memory: int

    def holds(self, other: Resources) -> bool:
        return other.cores <= self.cores and other.memory <= self.memory

    def __add__(self, other: Resources) -> Resources:
        return Resources(self.cores + other.cores, self.memory + other.memory)

    def __sub__(self, other: Resources) -> Resources:
        return Resources(self.cores - other.cores, self.memory - other.memory)


@dataclass(frozen=True)
class Candidate:
    """A frame that could run, and the resources it takes."""

    frame: int
    job: int
    needs: Resources


def resources_needed(cores: int, memory: int, computer: Resources) -> Resources:
    """What a layer takes of this computer. One that asks for more than there is runs alone: elsewhere a bigger host
    would take it, here it would wait for ever. Zero or negative cores mean all but so many, as in Cuebot."""
    wanted = cores if cores > 0 else computer.cores + cores
    return Resources(max(1, min(wanted, computer.cores)), min(memory, computer.memory))


_WAITING = (
    "SELECT job.pk AS job, job.max_cores, layer.pk AS layer, layer.min_cores, layer.min_memory, layer.dispatch_order "
    "FROM job CROSS JOIN layer ON layer.job = job.pk CROSS JOIN frame_count ON frame_count.layer = layer.pk "
    f"AND frame_count.state = {FrameState.WAITING:d} AND frame_count.n > 0 "
    f"WHERE job.state = {JobState.PENDING:d} AND job.paused = 0 ORDER BY job.priority DESC, job.submitted, job.pk"
)
_FIRST = (
    "SELECT pk, dispatch_order FROM frame "
    f"WHERE layer = ? AND state = {FrameState.WAITING:d} ORDER BY dispatch_order LIMIT 1"
)


def candidates(db: sqlite3.Connection, computer: Resources, busy: Mapping[int, int]) -> Iterator[Candidate]:
    """The next frame of every waiting layer, in turn. busy: core points each job runs on, held against its maximum."""
    for job, layers in groupby(db.execute(_WAITING), key=lambda row: int(row["job"])):
        found = []
        for layer in layers:
            needs = resources_needed(layer["min_cores"], layer["min_memory"], computer)
            running = busy.get(job, 0)
            if running and running + needs.cores > layer["max_cores"]:
                continue
            first = db.execute(_FIRST, (layer["layer"],)).fetchone()
            found.append(((first["dispatch_order"], layer["dispatch_order"]), Candidate(first["pk"], job, needs)))
        yield from (candidate for _, candidate in sorted(found, key=lambda pair: pair[0]))


class Chooser:
    """Remembers whose turn it is and how long that frame has been waiting for resources."""

    def __init__(self) -> None:
        self._blocked: tuple[int, float] | None = None

    def choose(self, waiting: Iterator[Candidate], free: Resources, now: float) -> Candidate | None:
        """The first candidate that fits into what is free. The very first one may be overtaken, but not for ever."""
        head = next(waiting, None)
        if head is None or free.holds(head.needs):
            self._blocked = None
            return head
        if self._blocked is None or self._blocked[0] != head.frame:
            self._blocked = (head.frame, now)
        if now - self._blocked[1] > PATIENCE:
            return None
        return next((candidate for candidate in waiting if free.holds(candidate.needs)), None)
