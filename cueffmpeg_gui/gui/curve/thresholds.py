# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Threshold lines, each with its condition and whether it is met, as text and colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qtpy.QtCore import QPointF, QRectF, Qt
from qtpy.QtGui import QColor, QPainter

from cueffmpeg_gui.gui.curve.colours import VERDICTS, plain_pen
from cueffmpeg_gui.gui.curve.models.curve_model import DrawnCurve
from cueffmpeg_gui.gui.curve.overlays import Overlay, Pixels
from cueffmpeg_gui.media.thresholds import FAIL, OPEN, PASS

VERBS = {PASS: "passes", FAIL: "fails", OPEN: "open"}
PADDING = 4.0
TRANSLUCENT = 140


@dataclass(frozen=True)
class ThresholdLine:
    """Its score, its text, and the worst state of the encodes it judges."""

    value: float
    text: str
    state: str


def threshold_lines(drawn: Sequence[DrawnCurve], metric: str) -> list[ThresholdLine]:
    """One line for each threshold of the metric, over all encodes that have it."""
    found: dict[str, list[tuple[str, str, float]]] = {}
    limits: dict[str, float] = {}
    verdicts = [(one.encode.name, one.verdict) for one in drawn if one.verdict]
    for encode, verdict in verdicts:
        for judged in verdict.judged:
            if judged.threshold.metric == metric and judged.value is not None:
                name = f"{judged.threshold.statistic} {'≤' if judged.threshold.at_most else '≥'} "
                name += f"{judged.threshold.limit:g}"
                state = OPEN if verdict.state == OPEN else PASS if judged.is_met else FAIL
                found.setdefault(name, []).append((encode, state, judged.value))
                limits[name] = judged.threshold.limit
    return [ThresholdLine(limits[name], *_text_and_state(name, states)) for name, states in found.items()]


def _text_and_state(name: str, states: list[tuple[str, str, float]]) -> tuple[str, str]:
    if len(states) == 1:
        _, state, value = states[0]
        return f"{name}: {VERBS[state]}, {value:.2f}{' so far' if state == OPEN else ''}", state
    counted = [(state, sum(one[1] == state for one in states)) for state in (FAIL, OPEN, PASS)]
    worst = next(state for state, number in counted if number)
    plural = {FAIL: "fail", OPEN: "open", PASS: "pass"}
    return f"{name}: " + ", ".join(f"{number} {plural[state]}" for state, number in counted if number), worst


class ThresholdLines(Overlay):
    """Paints the lines; texts are at the right end and do not overlap."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[ThresholdLine] = []
        self._background = QColor()
        self.setZValue(20)

    def show_lines(self, lines: list[ThresholdLine], background: QColor) -> None:
        """Sets the lines; `background` is drawn behind the texts."""
        self.lines, self._background = lines, QColor(background)
        self._background.setAlpha(TRANSLUCENT)
        self.update()

    def draw(self, painter: QPainter, pixels: Pixels) -> None:
        visible = [one for one in self.lines if pixels.view.top() <= one.value <= pixels.view.bottom()]
        free = pixels.area.top()
        for line in sorted(visible, key=lambda one: -one.value):
            colour, y = QColor(VERDICTS[line.state]), round(pixels.y(line.value)) + 0.5
            painter.setPen(plain_pen(colour, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(pixels.area.left(), y), QPointF(pixels.area.right(), y))
            box = self._box(painter, line.text, pixels.area, max(y + 1, free))
            painter.fillRect(box, self._background)  # translucent: no text may hide a dip
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, line.text)
            free = box.bottom() + 1

    def _box(self, painter: QPainter, text: str, area: QRectF, top: float) -> QRectF:
        metrics = painter.fontMetrics()
        width, height = metrics.horizontalAdvance(text) + 2 * PADDING, metrics.height()
        return QRectF(area.right() - width - 2, min(top, area.bottom() - height), width, height)
