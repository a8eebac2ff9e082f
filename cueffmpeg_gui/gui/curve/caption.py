# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""One line over the plot: what is missing, the metrics with their VMAF model, a cut axis; and one frame's score."""

from __future__ import annotations

import math
from typing import Optional

from qtpy.QtCore import Qt
from qtpy.QtGui import QColor, QPalette
from qtpy.QtWidgets import QHBoxLayout, QLabel, QWidget

from cueffmpeg_gui.gui.curve.colours import VERDICTS
from cueffmpeg_gui.gui.curve.models.curve_model import CurveModel
from cueffmpeg_gui.gui.curve.models.frame_names import FrameNames
from cueffmpeg_gui.gui.widgets.elided_label import ElidedLabel
from cueffmpeg_gui.media.scores import partial_count


class CurveCaption(QWidget):
    """The left part describes what is shown, the right part a frame, with its score where there is one encode.

    `brief` leaves out what the surroundings show already: missing frames and the metric.
    """

    def __init__(self, *, brief: bool = False, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._is_brief = brief
        self.partial, self.description, self.frame = (
            QLabel(textFormat=Qt.TextFormat.PlainText),
            ElidedLabel(),
            QLabel(textFormat=Qt.TextFormat.PlainText),
        )
        self.frame.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        palette = self.partial.palette()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(VERDICTS["open"]))
        self.partial.setPalette(palette)
        self.partial.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(12)
        row.addWidget(self.partial)
        row.addWidget(self.description, 1)
        row.addWidget(self.frame)

    def show_model(self, model: CurveModel, cut_text: str) -> None:
        """Describes what is shown."""
        options = model.options
        second = self.tr("right, paler: {}").format(model.title(options.second)) if options.second else ""
        average = self.tr("average of {} frames").format(options.window) if options.window > 1 else ""
        title = "" if self._is_brief else model.title(options.metric)
        self.description.setText("  ·  ".join(part for part in (title, second, cut_text, average) if part))
        partial = "" if self._is_brief else "  ·  ".join(filter(None, (missing_text(model), slip_text(model))))
        self.partial.setText(partial)
        self.partial.setVisible(bool(partial))

    def show_frame(self, names: FrameNames, frame: Optional[int], model: CurveModel) -> None:
        """Shows a frame's names and, where there is one encode, its score."""
        if frame is None or not model.drawn:
            self.frame.setText("")
            return
        text = names.full_name(frame)
        main = model.drawn[0].main if len(model.drawn) == 1 else None
        if main:
            text += f" · {score_text(main.encode.value(model.options.metric, frame), main.scale.digits)}"
        self.frame.setText(text)


def missing_text(model: CurveModel) -> str:
    """ "partial: 960 of 1,200 frames"; for several encodes, how many of them are partial."""
    partial = [one for one in model.encodes if not one.is_complete]
    if len(model.encodes) == 1 and partial:
        return partial[0].partial_text
    return f"{partial_count(len(partial), len(model.encodes))} encodes" if partial else ""


def slip_text(model: CurveModel) -> str:
    """ "out of step: 30-47"; for several encodes, how many of them are."""
    slipped = [one for one in model.encodes if one.slips]
    if len(model.encodes) == 1 and slipped:
        (first, last), *more = slipped[0].slips
        run = f"{first}-{last}" if last > first else f"{first}"
        return f"out of step: {run}" + (f" and {len(more)} more" if more else "")
    return f"{len(slipped)} out of step" if slipped else ""


def score_text(value: float, digits: int) -> str:
    """A score, "identical" for an infinite one, or "no score"."""
    if value == math.inf:
        return "identical"
    return f"{value:.{digits}f}" if math.isfinite(value) else "no score"
