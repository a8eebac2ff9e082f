# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""One metric of one or several encodes as a drawing: planned in numbers here, written as SVG by a template."""

from collections.abc import Sequence
from dataclasses import dataclass

from cueffmpeg_gui.media.frames import FrameRange, gaps_between
from cueffmpeg_gui.media.scores import partial_count
from cueffmpeg_gui.report.axis import Axis, value_limits
from cueffmpeg_gui.report.colours import COLOURS, DASHES
from cueffmpeg_gui.report.items import ReportItem
from cueffmpeg_gui.report.reduction import known_spans, reduced
from cueffmpeg_gui.report.templates import render

WIDTH, HEIGHT = 1200, 420
LEFT, RIGHT, TOP, BOTTOM = 64, 16, 44, 44


@dataclass(frozen=True)
class Curve:
    """One encode's line: SVG path data, and hatched stretches (x, width) where frames are missing."""

    label: str
    colour: str
    dash: str
    path: str
    gaps: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Mark:
    """A line across the drawing with a text beside it."""

    place: float
    text: str


@dataclass(frozen=True)
class Chart:
    """A whole drawing; places are pixels from its upper left corner. `is_broken`: its y axis does not begin at 0."""

    title: str
    curves: tuple[Curve, ...]
    x_ticks: tuple[Mark, ...]
    y_ticks: tuple[Mark, ...]
    limits: tuple[Mark, ...]
    borders: tuple[float, ...]
    is_broken: bool
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


def plan_chart(items: Sequence[ReportItem], metric: str) -> Chart:
    """The drawing of a metric; items that do not measure it are left out. There must be one that does."""
    shown = [item for item in items if metric in item.scores.metrics]
    first, last = min(item.scores.first for item in shown), max(item.scores.last for item in shown)
    limits = dict.fromkeys(limit for item in shown for limit in item.limits_of(metric))
    numbers = [value for item in shown for value in item.scores.values(metric)]
    low, high = value_limits([*numbers, *(limit.value for limit in limits)])
    across = Axis(first, last, LEFT, WIDTH - RIGHT)
    up = Axis(low, high, HEIGHT - BOTTOM, TOP)
    return Chart(
        title=_title(shown, metric),
        curves=tuple(_curve(item, metric, index, across, up) for index, item in enumerate(items) if item in shown),
        x_ticks=tuple(Mark(across.place(tick), f"{tick:g}") for tick in across.ticks(10, whole=True)),
        y_ticks=tuple(Mark(up.place(tick), f"{tick:g}") for tick in up.ticks(5)),
        limits=tuple(Mark(up.place(limit.value), limit.text) for limit in limits),
        borders=tuple(across.place(frame) for frame in sorted({b for item in shown for b in item.borders[1:]})),
        is_broken=low > 0,
    )


def svg_of(chart: Chart) -> str:
    """The drawing as an SVG document."""
    return render("chart.svg.j2", chart=chart)


def _title(items: Sequence[ReportItem], metric: str) -> str:
    labels = " / ".join(dict.fromkeys(item.metric_label(metric) for item in items))
    partial = "; ".join(
        f"{item.label} {partial_count(len(item.scores.rows), item.scores.expected)} frames"
        for item in items
        if not item.scores.is_complete
    )
    return f"{labels}{', ' if partial else ''}{partial}"


def _curve(item: ReportItem, metric: str, index: int, across: Axis, up: Axis) -> Curve:
    scores = item.scores
    column = scores.metrics.index(metric)
    # By number: of every n-th frame the line goes from one to the next. What is infinite is at the top.
    numbers = {frame: number for number, frame in enumerate(scores.wanted)}
    values = {numbers[frame]: min(row[column], up.high) for frame, row in scores.rows.items() if frame in numbers}
    spans = known_spans(values)
    width = max(1, scores.expected // (WIDTH - LEFT - RIGHT))
    lines = [[(across.place(scores.wanted[x]), up.place(y)) for x, y in reduced(values, span, width)] for span in spans]
    missing = gaps_between(spans, FrameRange(0, scores.expected - 1))
    return Curve(
        item.label,
        COLOURS[index % len(COLOURS)],
        DASHES[index % len(DASHES)],
        "".join(_path(line) for line in lines),
        tuple(_stretch(FrameRange(scores.wanted[gap.first], scores.wanted[gap.last]), across) for gap in missing),
    )


def _path(points: Sequence[tuple[float, float]]) -> str:
    # A frame alone between gaps is drawn as a short stroke, or it would be invisible.
    tail = "h1" if len(points) == 1 else ""
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + tail


def _stretch(span: FrameRange, across: Axis) -> tuple[float, float]:
    start, end = across.place(span.first - 0.5), across.place(span.last + 0.5)
    return start, round(max(1.0, end - start), 2)
