# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Search criteria of clients → conditions in SQL, with Cuebot's meaning of every field."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from cueffmpeg_gui.localfarm.refusals import CallRefused
from cueffmpeg_gui.localfarm.spec.frame_ranges import parse_range
from cueffmpeg_gui.localfarm.states import JobState


@dataclass
class Conditions:
    """Conditions that must all hold, and their values."""

    parts: list[str] = field(default_factory=lambda: ["1"])
    values: list[Any] = field(default_factory=list)

    def one_of(self, column: str, wanted: Iterable[Any], operator: str = "=") -> Conditions:
        """The column compares to one of the wanted values; nothing wanted means anything goes."""
        wanted = list(wanted)
        if wanted:
            self.parts.append("(" + " OR ".join([f"{column} {operator} ?"] * len(wanted)) + ")")
            self.values += wanted
        return self

    def among(self, column: str, wanted: Iterable[Any]) -> Conditions:
        wanted = list(wanted)
        self.parts.append(f"{column} IN ({', '.join('?' * len(wanted))})")
        self.values += wanted
        return self

    def above(self, column: str, limit: float) -> Conditions:
        self.parts.append(f"{column} > ?")
        self.values.append(limit)
        return self

    def __str__(self) -> str:
        return " AND ".join(self.parts)


def job_conditions(criteria: Any) -> Conditions:
    """criteria: job.JobSearchCriteria. Raises CallRefused for a regular expression that is none."""
    for pattern in criteria.regex:
        _check_pattern(pattern)
    conditions = Conditions().one_of("job.id", criteria.ids).one_of("job.name", criteria.jobs)
    conditions.one_of("job.name", (f"%{text}%" for text in criteria.substr), "LIKE")
    conditions.one_of("job.name", criteria.regex, "REGEXP")
    conditions.one_of("job.shot", criteria.shots).one_of("job.show", criteria.shows)
    conditions.one_of("job.user", criteria.users)
    return conditions if criteria.include_finished else conditions.one_of("job.state", [int(JobState.PENDING)])


def frame_conditions(criteria: Any, conditions: Conditions) -> Conditions:
    """Add criteria (job.FrameSearchCriteria) to conditions. Raises CallRefused for a range that cannot be read."""
    conditions.one_of("frame.id", criteria.ids).one_of("frame.name", criteria.frames)
    conditions.one_of("layer.name", criteria.layers).one_of("frame.state", criteria.states.frame_states)
    if criteria.frame_range:
        conditions.among("frame.number", _numbers(criteria.frame_range))
    return conditions.above("frame.updated", criteria.change_date) if criteria.change_date > 0 else conditions


def page(criteria: Any) -> tuple[int, int]:
    """(limit, offset) as Cuebot counts them: pages from 1, and no limit means no rows."""
    number, limit = max(1, criteria.page), max(0, criteria.limit)
    return limit, (number - 1) * limit


def _numbers(text: str) -> set[int]:
    try:
        return set(parse_range(text))
    except ValueError:
        raise CallRefused("INVALID_ARGUMENT", f"The frame range {text} cannot be read.") from None


def _check_pattern(pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise CallRefused("INTERNAL", f"invalid regular expression: {error}") from None
