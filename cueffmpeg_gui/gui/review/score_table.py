# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The numbers of every encode under the curve, a row each; the chosen row's worst frames and pictures are shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

from qtpy.QtCore import Qt, Signal
from qtpy.QtGui import QColor, QPixmap
from qtpy.QtWidgets import QHeaderView, QSizePolicy, QWidget

from cueffmpeg_gui.gui.curve.colours import VERDICTS, curve_colour
from cueffmpeg_gui.gui.curve.models.curve_model import CurveOptions, DrawnCurve
from cueffmpeg_gui.gui.widgets.number_table import NumberTable, number
from cueffmpeg_gui.media.metrics import is_lower_better, reading_note
from cueffmpeg_gui.media.scores import every_word, partial_count
from cueffmpeg_gui.media.statistics import sense_of, sense_word

# The best number says nothing about quality.
BEST = {"higher": "max", "lower": "min"}
TITLES = {"harmonic_mean": "harmonic"}
WORDS = {"pass": "pass", "fail": "fail", "open": "open: scores are missing"}
SWATCH, NAME_WIDTH, VERDICT_WIDTH = 10, 185, 110
VERDICT = 1  # its column: beside the name, so that numbers never push it out


class ScoreTable(NumberTable):
    """`chosen` carries the key of the encode that was chosen."""

    chosen = Signal(str)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__("Statistics of each encode", parent)
        self.setSelectionMode(NumberTable.SelectionMode.SingleSelection)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setWordWrap(False)
        self._keys: list[str] = []
        self.itemSelectionChanged.connect(self._emit_chosen)

    def show_drawn(self, drawn: Sequence[DrawnCurve], options: CurveOptions, active: str) -> None:
        """Shows the encodes and selects the active one, without emitting `chosen`."""
        before = self.blockSignals(True)
        self._keys = [one.encode.key for one in drawn]
        self.fill(_names(options), [_row(one, options.metric) for one in drawn])
        for row, one in enumerate(drawn):
            self._colour(row, one)
        if active in self._keys:
            self.selectRow(self._keys.index(active))
        self._set_widths()
        self.blockSignals(before)

    def _set_widths(self) -> None:
        header = self.horizontalHeader()
        for column, widest in ((0, NAME_WIDTH), (VERDICT, VERDICT_WIDTH)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(
                column, max(header.sectionSizeHint(column), min(self.sizeHintForColumn(column), widest))
            )
        header.setSectionResizeMode(self.columnCount() - 1, QHeaderView.ResizeMode.Stretch)

    def _colour(self, row: int, one: DrawnCurve) -> None:
        swatch = QPixmap(SWATCH, SWATCH)
        swatch.fill(curve_colour(one.encode.number))
        name, verdict = self.item(row, 0), self.item(row, VERDICT)
        if name is None or verdict is None:
            return
        name.setIcon(swatch)
        name.setToolTip("\n".join(filter(None, [one.encode.name, reading_note(list(one.encode.columns))])))
        verdict.setTextAlignment(Qt.AlignmentFlag.AlignVCenter)
        is_told = one.verdict or one.encode.warnings
        verdict.setToolTip(verdict.text() if is_told else self.tr("There are no thresholds to judge by."))
        if one.verdict or one.encode.faults:
            verdict.setForeground(QColor(VERDICTS[one.verdict.state if one.verdict else "fail"]))
        else:
            verdict.setForeground(self.palette().text())

    def _emit_chosen(self) -> None:
        if 0 <= self.currentRow() < len(self._keys):
            self.chosen.emit(self._keys[self.currentRow()])


def _names(options: CurveOptions) -> list[str]:
    side = "above" if is_lower_better(options.metric) else "below"
    low = side if options.limit is None else f"{side} {options.limit:g}"
    titles = [TITLES.get(name, name) for name in _shown(options.metric)]
    return [f"Encode ({sense_word(options.metric)} is better)", "Verdict", "Frames", *titles, low, "longest run"]


def _shown(metric: str) -> list[str]:
    sense = sense_of(metric)
    return [name for name in sense.shown if name != BEST[sense.word]]


def _row(one: DrawnCurve, metric: str) -> list[str]:
    digits = one.main.scale.digits if one.main else 3
    encode = one.encode
    every = f", {every_word(encode.every)}" if encode.every > 1 else ""
    known = f"{encode.expected:,}{every}" if encode.is_complete else partial_count(encode.known, encode.expected)
    pooled = [number(one.pooled.get(name), digits) for name in _shown(metric)]
    return [encode.name, _verdict(one), known, *pooled, *_low(one)]


def _low(one: DrawnCurve) -> list[str]:
    if one.low is None:
        return ["-", "-"]
    if one.low.longest is None:
        return ["0", "-"]
    first, last = one.low.longest
    return [f"{one.low.count:,}", f"{last - first + 1:,} ({first}-{last})" if last > first else f"1 ({first})"]


def _verdict(one: DrawnCurve) -> str:
    if one.verdict is None:
        return " ".join(one.encode.warnings) or "-"
    sentence = one.verdict.sentence
    return f"{WORDS[one.verdict.state]}: {sentence}" if one.verdict.state == "fail" else WORDS[one.verdict.state]
