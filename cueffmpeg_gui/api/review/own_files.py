# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Reads back what we have written: scores and reports as JSON, and tables as CSV, of one encode or of several."""

from __future__ import annotations

import csv
import math
import os
from collections.abc import Iterator, Mapping

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.documents import check_values, read_json
from cueffmpeg_gui.media.foreign.read import UNKNOWN_MODEL
from cueffmpeg_gui.media.open_file import SCORES_DOCUMENT, read_limited
from cueffmpeg_gui.media.scores import SCHEMA as SCORES
from cueffmpeg_gui.media.scores import Scores, scores_of
from cueffmpeg_gui.report.tables import SCHEMA as REPORT

# What stands between a file and the name of one of its encodes.
MARK = "#"
Encodes = Mapping[str, Scores]


def is_scores_file(target: str) -> bool:
    """Whether a target is a file, perhaps with the name of an encode in it."""
    return os.path.isfile(target) or os.path.isfile(_split(target)[0])


def read_own(target: str) -> tuple[str, Scores] | None:
    """An encode's name and scores out of a file of ours; None when it is another program's. Raises InputRefused."""
    path, wanted = _split(target)
    encodes = _encodes(path)
    if encodes is None:
        return None
    if wanted is None and len(encodes) == 1:
        return next(iter(encodes.items()))
    if wanted is None or wanted not in encodes:
        names = ", ".join(encodes)
        example = f"{path}{MARK}{next(iter(encodes))}"
        raise InputRefused(f"{path} holds the encodes {names}; name one of them, like {example}.")
    return wanted, encodes[wanted]


def _split(target: str) -> tuple[str, str | None]:
    path, mark, name = target.rpartition(MARK)
    return (path, name) if mark and not os.path.isfile(target) else (target, None)


def _encodes(path: str) -> Encodes | None:
    start = read_limited(path, SCORES_DOCUMENT)[:200].decode("utf-8", "replace").lstrip("\ufeff \n")
    name = os.path.basename(path)
    if SCORES.partition("/")[0] in start:
        return {name: scores_of(read_json(path, SCORES, SCORES_DOCUMENT), path)}
    if REPORT.partition("/")[0] in start:
        return _of_report(path)
    if start.startswith(("frame,", "encode,frame,")):
        return dict(_of_csv(path, name))
    return None


def _of_report(path: str) -> Encodes:
    encodes = read_json(path, REPORT, SCORES_DOCUMENT).get("encodes")
    if not isinstance(encodes, list) or not encodes or not all(isinstance(one, dict) for one in encodes):
        raise InputRefused(f"{path} is no whole report.")
    return {str(one.get("label", number)): scores_of(one, path) for number, one in enumerate(encodes, 1)}


def _of_csv(path: str, name: str) -> Iterator[tuple[str, Scores]]:
    content = read_limited(path, SCORES_DOCUMENT)
    try:
        check_values(content, (b",", b"\n"))
        head, *lines = csv.reader(content.decode("utf-8-sig", "replace").splitlines())
    except (ValueError, csv.Error):
        raise InputRefused(f"{path} is no CSV of scores.") from None
    if not content.endswith(b"\n") or not lines or any(len(line) != len(head) for line in lines):
        raise InputRefused(f"{path} is no whole CSV of scores; it may have been cut.")
    place = head.index("frame")
    for encode in dict.fromkeys(line[0] if place else name for line in lines):
        own = [line[place:] for line in lines if not place or line[0] == encode]
        yield encode, _table(path, head[place + 1 :], own)


def _table(path: str, metrics: list[str], lines: list[list[str]]) -> Scores:
    try:
        rows = {int(line[0]): tuple(float(cell) if cell else math.nan for cell in line[1:]) for line in lines}
    except ValueError:
        raise InputRefused(f"{path} is no CSV of scores: it has something else than numbers.") from None
    # A metric that this encode has nowhere is another encode's.
    kept = [place for place in range(len(metrics)) if not all(math.isnan(row[place]) for row in rows.values())]
    steps = {later - earlier for earlier, later in zip(sorted(rows), sorted(rows)[1:], strict=False)}
    return Scores(
        "compare",
        min(rows),
        max(rows),
        tuple(metrics[place] for place in kept),
        UNKNOWN_MODEL,
        {frame: tuple(row[place] for place in kept) for frame, row in rows.items()},
        every=steps.pop() if len(steps) == 1 else 1,
    )
