# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""One page that shows it all and needs nothing from outside: verdict, curve, table, worst frames with pictures."""

import base64
import json
import math
import sys
from array import array
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import cueffmpeg_gui
from cueffmpeg_gui.media.provenance import build_trouble
from cueffmpeg_gui.media.scores import Scores
from cueffmpeg_gui.media.statistics import sense_word, shown_statistics, shown_values
from cueffmpeg_gui.media.thresholds import FAIL, OPEN, PASS
from cueffmpeg_gui.report.chart import plan_chart, svg_of
from cueffmpeg_gui.report.colours import COLOURS, DASHES
from cueffmpeg_gui.report.items import Picture, ReportItem
from cueffmpeg_gui.report.templates import render

WORDS = {PASS: "Pass", FAIL: "Fail", OPEN: "Open: scores are missing"}


@dataclass(frozen=True)
class Shown:
    """A worst frame as the page shows it: its numbers, its time, and pictures as data addresses."""

    frame: int
    time: str
    numbers: tuple[tuple[str, str], ...]
    reference: str
    encode: str
    trouble: str


@dataclass(frozen=True)
class PooledTable:
    """Pooled values as text: the statistics, and of each metric its label, which way is better, and its numbers."""

    names: tuple[str, ...]
    rows: list[tuple[str, str, list[str]]]


def page_of(items: Sequence[ReportItem], made: str) -> str:
    """The page as HTML; `made` is the time to be written on it."""
    metric = items[0].scores.metrics[0]
    return render(
        "page.html.j2",
        items=items,
        pooled=[_pooled(item) for item in items],
        words=WORDS,
        worst=[[_shown(item, picture) for picture in item.pictures] for item in items],
        chart=svg_of(plan_chart(items, metric)),
        data=_island([_curves(item, index) for index, item in enumerate(items)]),
        made=made,
        builds=build_trouble([(item.label, item.scores.provenance) for item in items]),
        version=cueffmpeg_gui.__version__,
    )


def _pooled(item: ReportItem) -> PooledTable:
    pooled = item.scores.pooled
    names = shown_statistics(pooled)
    rows = [
        (item.metric_label(metric), sense_word(metric), [_number(one) for one in shown_values(metric, values, names)])
        for metric, values in pooled.items()
    ]
    return PooledTable(names, rows)


def _shown(item: ReportItem, picture: Picture) -> Shown:
    row = item.scores.rows[picture.frame]
    numbers = tuple((item.metric_label(m), _number(value)) for m, value in zip(item.scores.metrics, row, strict=True))
    return Shown(
        picture.frame,
        item.time_of(picture.frame),
        numbers,
        _address(picture.reference),
        _address(picture.encode),
        picture.trouble,
    )


def _number(value: float | None) -> str:
    return "-" if value is None or math.isnan(value) else f"{value:.3f}"


def _address(jpeg: bytes) -> str:
    return f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}" if jpeg else ""


def _curves(item: ReportItem, index: int) -> dict[str, Any]:
    scores = item.scores
    return {
        "label": item.label,
        "colour": COLOURS[index % len(COLOURS)],
        "dash": [int(length) for length in DASHES[index % len(DASHES)].split()],
        "first": scores.first,
        "every": scores.every,
        "borders": item.borders[1:],
        "metrics": [
            _metric(item, metric, packed) for metric, packed in zip(scores.metrics, _packed(item), strict=True)
        ],
    }


def _metric(item: ReportItem, metric: str, packed: str) -> dict[str, Any]:
    return {
        "name": metric,
        "label": item.metric_label(metric),
        "limits": [asdict(limit) for limit in item.limits_of(metric)],
        "values": packed,
    }


def _packed(item: ReportItem) -> list[str]:
    """A metric's values first … last as little-endian 32-bit floats in base64; what is missing is not a number."""
    scores = item.scores
    return [base64.b64encode(_little_endian(_column(scores, place))).decode() for place in range(len(scores.metrics))]


def _column(scores: Scores, place: int) -> "array[float]":
    values = array("f", [math.nan]) * scores.span
    for frame, row in scores.rows.items():
        values[frame - scores.first] = row[place]
    return values


def _little_endian(values: "array[float]") -> bytes:
    if sys.byteorder == "big":
        values.byteswap()
    return values.tobytes()


def _island(data: Any) -> str:
    # In a script element "</" would end it, whatever stands around it.
    return json.dumps(data).replace("<", "\\u003c")
