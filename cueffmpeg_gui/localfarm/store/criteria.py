# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Search criteria of clients → conditions in SQL, with Cuebot's meaning of every field."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from cueffmpeg_gui.errors import quoted
from cueffmpeg_gui.localfarm.refusals import AbsurdValue, CallRefused
from cueffmpeg_gui.localfarm.spec.frame_ranges import parse_range
from cueffmpeg_gui.localfarm.states import JobState

MOST_QUOTED = 200


@dataclass
class Conditions:
    """Conditions that must all hold, and their values."""

    parts: list[str] = field(default_factory=lambda: ["1"])
    values: list[Any] = field(default_factory=list)

    def one_of(self, column: str, wanted: Iterable[Any]) -> Conditions:
        """The column is one of the wanted values; nothing wanted means anything goes."""
        wanted = list(wanted)
        return self.among(column, wanted) if wanted else self

    def among(self, column: str, wanted: Iterable[Any]) -> Conditions:
        """The column is one of the wanted values, however many; nothing wanted means nothing goes."""
        wanted = list(wanted)
        self.parts.append(f"{column} = ?" if len(wanted) == 1 else f"{column} IN (SELECT value FROM json_each(?))")
        self.values.append(wanted[0] if len(wanted) == 1 else json.dumps(wanted))
        return self

    def like(self, column: str, texts: Sequence[str]) -> Conditions:
        """The column holds one of the texts, in which _ stands for any character; no texts mean anything goes."""
        if texts:
            self.parts.append(f"EXISTS (SELECT 1 FROM json_each(?) WHERE {column} LIKE value)")
            self.values.append(json.dumps([f"%{text}%" for text in texts]))
        return self

    def above(self, column: str, limit: float) -> Conditions:
        self.parts.append(f"{column} > ?")
        self.values.append(limit)
        return self

    def listed(self, border: float) -> Conditions:
        """The job has not ended, or later than at the border (see archive.py)."""
        self.parts.append("(job.state <> ? OR job.stopped > ?)")
        self.values += [int(JobState.FINISHED), border]
        return self

    def of_service(self, service: str) -> Conditions:
        """The job has a layer whose first service it is."""
        first = "json_extract(layer.services, '$[0]')"
        self.parts.append(f"EXISTS (SELECT 1 FROM layer WHERE layer.job = job.pk AND {first} = ?)")
        self.values.append(service)
        return self

    def __str__(self) -> str:
        return " AND ".join(self.parts)


def job_conditions(criteria: Any, matching: Callable[[Sequence[str]], list[int]]) -> Conditions:
    """criteria: job.JobSearchCriteria. matching(regular expressions) gives row numbers, or raises CallRefused."""
    conditions = Conditions().one_of("job.id", criteria.ids).one_of("job.name", criteria.jobs)
    plain = [text for text in criteria.substr if "%" not in text]
    patterns = [_like_pattern(text) for text in criteria.substr if "%" in text]
    if patterns:
        conditions.among("job.pk", matching([*patterns, *map(_like_pattern, plain)]))
    else:
        conditions.like("job.name", plain)
    if criteria.regex:
        conditions.among("job.pk", matching(criteria.regex))
    conditions.one_of("job.shot", criteria.shots).one_of("job.show", criteria.shows)
    conditions.one_of("job.user", criteria.users)
    return conditions if criteria.include_finished else conditions.one_of("job.state", [int(JobState.PENDING)])


def _like_pattern(text: str) -> str:
    """What LIKE makes of a text, as a regular expression: many % take LIKE itself for ever."""
    return "".join({"%": ".*", "_": "."}.get(character) or re.escape(character) for character in text)


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
    except AbsurdValue as error:
        raise CallRefused("INVALID_ARGUMENT", f"The frame range {quoted(text)} {error}.") from None
    except ValueError:
        raise CallRefused("INVALID_ARGUMENT", f"The frame range {text[:MOST_QUOTED]} cannot be read.") from None
