# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Scores as CSV and JSON: of one encode, or of several in one file."""

import csv
import io
import math
from collections.abc import Iterator, Sequence
from typing import Any

from cueffmpeg_gui.media.csv_cells import text_cell
from cueffmpeg_gui.media.documents import json_bytes
from cueffmpeg_gui.media.provenance import build_trouble
from cueffmpeg_gui.media.scores import SCHEMA as SCORES_SCHEMA
from cueffmpeg_gui.media.scores import Scores, scores_document
from cueffmpeg_gui.report.items import ReportItem

SCHEMA = "cueffmpeg.report/1"


def csv_of(items: Sequence[ReportItem]) -> str:
    """Every frame: a column a metric, and before them the encode's name where there are several."""
    metrics = list(dict.fromkeys(metric for item in items for metric in item.scores.metrics))
    several = len(items) > 1
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*(["encode"] if several else []), "frame", *map(text_cell, metrics)])
    for item in items:
        lead = [text_cell(item.label)] if several else []
        writer.writerows([*lead, *row] for row in _rows(item.scores, metrics))
    return text.getvalue()


def json_of(items: Sequence[ReportItem]) -> str:
    """All that is known: of one encode a scores document, which reads back; of several one that holds theirs."""
    if len(items) == 1:
        return json_bytes(SCORES_SCHEMA, _encode(items[0])).decode()
    trouble = build_trouble([(item.label, item.scores.provenance) for item in items])
    return json_bytes(
        SCHEMA, {**({"trouble": trouble} if trouble else {}), "encodes": [_encode(item) for item in items]}
    ).decode()


def _rows(scores: Scores, metrics: Sequence[str]) -> Iterator[list[object]]:
    columns = [scores.metrics.index(metric) if metric in scores.metrics else None for metric in metrics]
    for frame in sorted(scores.rows):
        row = scores.rows[frame]
        yield [frame, *("" if column is None else _number(row[column]) for column in columns)]


def _number(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.6f}"


def _encode(item: ReportItem) -> dict[str, Any]:
    return {
        "label": item.label,
        "origin": item.origin,
        **({"trouble": item.trouble} if item.trouble else {}),
        **scores_document(item.scores),
    }
