# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The plot: the scale strip, curves with their axes, and the histogram of scores beside them."""

from __future__ import annotations

from typing import Optional

import numpy as np
import pyqtgraph as pg
from qtpy.QtCore import QEvent, QPointF, Qt, Signal
from qtpy.QtGui import QColor, QPalette
from qtpy.QtWidgets import QWidget

from cueffmpeg_gui.gui.curve.axes import FrameAxis, ScoreAxis
from cueffmpeg_gui.gui.curve.colours import VERDICTS, curve_colour, faint, mixed, plain_pen
from cueffmpeg_gui.gui.curve.gaps import MissingFrames
from cueffmpeg_gui.gui.curve.histogram import HistogramPlot
from cueffmpeg_gui.gui.curve.lines import CurveLines
from cueffmpeg_gui.gui.curve.models.curve_model import CurveModel
from cueffmpeg_gui.gui.curve.models.frame_names import SHOT, FrameNames
from cueffmpeg_gui.gui.curve.overlays import OutOfStep, SeamMarks
from cueffmpeg_gui.gui.curve.scale_strip import ScaleStrip
from cueffmpeg_gui.gui.curve.thresholds import ThresholdLines, threshold_lines
from cueffmpeg_gui.gui.curve.view_box import CurveViewBox
from cueffmpeg_gui.gui.curve.view_range import ViewRange

MOUSE_RATE = 30
# How strongly frames out of step are shaded.
OUT_OF_STEP = 0.3


class CurvePlot(pg.GraphicsLayoutWidget):  # type: ignore[misc]  # pyqtgraph has no types
    """`clicked` and `hovered` emit frames (None: the mouse is elsewhere); `view_changed` follows any zoom or pan."""

    clicked = Signal(int)
    hovered = Signal(object)
    view_changed = Signal()

    def __init__(self, model: CurveModel, has_histogram: bool, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.model, self.unit = model, SHOT
        self._make_plot(has_histogram)
        self._add_overlays()
        self._connect()
        self.take_palette()

    @property
    def names(self) -> FrameNames:
        """Names of frames: those of the first encode, over the range of all."""
        encodes = self.model.encodes
        if not encodes:
            return FrameNames(0, 1)
        head = encodes[0].frames
        return head.spanning(min(one.first for one in encodes), max(one.last for one in encodes))

    @property
    def cut_text(self) -> str:
        """Which part of the scale the score axis shows; empty when it shows all of it."""
        if not any(self.left.cuts):
            return ""
        scale, (low, high) = self.left.metric_scale, self.left.range
        return f"axis cut: {max(low, scale.low):.4g} to {min(high, scale.high):.4g} of {scale.low:g} to {scale.high:g}"

    def draw(self) -> None:
        """Draws what the model has."""
        model, palette = self.model, self.palette()
        self.lines.show_drawn(model.drawn, model.hidden, palette)
        self.view_range.update()
        self._map_scales()
        self._draw_marks(palette)
        self.axis.show_names(self.names, self.unit)
        if self.histogram is not None:
            self.histogram.show_drawn(model.visible, palette)

    def show_unit(self, unit: str) -> None:
        """Sets how frames are named."""
        self.unit = unit
        self.axis.show_names(self.names, unit)

    def fit(self) -> None:
        """Zooms to all frames and the range of their scores."""
        self.view_range.fit()
        self._map_scales()

    def show_whole(self) -> None:
        """Zooms to all frames and the whole scale."""
        self.view_range.show_all_frames()
        self.view_range.show_whole_scale()
        self._map_scales()

    def show_cursor(self, frame: int) -> None:
        """Moves the cursor to a frame, and the view to the cursor."""
        self._cursor.setPos(frame)
        self._cursor.show()
        self.view_range.ensure_visible(frame)

    def hide_cursor(self) -> None:
        """Hides the cursor: no frame is chosen."""
        self._cursor.hide()

    def pixel_of(self, frame: float, score: float) -> QPointF:
        """The pixel of the widget at a point of the main axes."""
        return QPointF(self.mapFromScene(self.box.mapViewToScene(QPointF(frame, score))))

    def take_palette(self) -> None:
        """Takes over the colours of the palette."""
        palette = self.palette()
        self.setBackground(palette.color(QPalette.ColorRole.Base))
        for axis in (self.axis, self.left, self.right):
            axis.setPen(faint(palette, 0.35))
            axis.setTextPen(faint(palette, 0.8))
            axis.setTickFont(self.font())
        self._cursor.setPen(plain_pen(palette.color(QPalette.ColorRole.Text)))
        self._mouse.setPen(plain_pen(faint(palette, 0.45), Qt.PenStyle.DotLine))
        self.scale_strip.take_palette(palette)
        if self.histogram is not None:
            self.histogram.take_palette(palette)
        self.lines.clear()

    def _make_plot(self, has_histogram: bool) -> None:
        self.box = CurveViewBox()
        self.axis, self.left, self.right = FrameAxis(), ScoreAxis("left"), ScoreAxis("right")
        axes = {"bottom": self.axis, "left": self.left, "right": self.right}
        self.plot = pg.PlotItem(viewBox=self.box, axisItems=axes, enableMenu=False)
        self.plot.hideButtons()
        self.plot.hideAxis("right")
        self.scale_strip = ScaleStrip(self.left, self.box)
        self.ci.layout.setContentsMargins(4, 6, 6, 0)
        self.ci.layout.setSpacing(4)
        self.addItem(self.scale_strip, 0, 0)
        self.addItem(self.plot, 0, 1)
        self.histogram = HistogramPlot(self.box) if has_histogram else None
        if self.histogram is not None:
            self.addItem(self.histogram, 0, 2)

    def _add_overlays(self) -> None:
        self.lines, self.view_range = CurveLines(self.box), ViewRange(self.box, self.model)
        self.missing, self.marks, self.thresholds = MissingFrames(), SeamMarks(), ThresholdLines()
        self.out_of_step = OutOfStep()
        self._cursor = pg.InfiniteLine(angle=90, movable=False)
        self._mouse = pg.InfiniteLine(angle=90, movable=False)
        self._low = pg.InfiniteLine(angle=0, movable=False)
        self._cursor.setZValue(30)
        for item in (self.missing, self.out_of_step, self.marks, self.thresholds, self._cursor, self._mouse, self._low):
            self.box.addItem(item, ignoreBounds=True)
        for line in (self._cursor, self._mouse, self._low):
            line.hide()

    def _connect(self) -> None:
        self.box.sigXRangeChanged.connect(self._show_range)
        self.box.sigResized.connect(self._show_range)
        self.box.sigRangeChanged.connect(lambda *_: self.view_changed.emit())
        self.box.clicked.connect(lambda x: self.clicked.emit(self._nearest(x)))
        self._moves = pg.SignalProxy(self.scene().sigMouseMoved, rateLimit=MOUSE_RATE, slot=self._mouse_moved)

    def _show_range(self, *_: object) -> None:
        left, right = self.box.viewRange()[0]
        self.lines.show_range(left, right, self.box.width())

    def _map_scales(self) -> None:
        has_second = bool(self.model.options.second)
        self.plot.showAxis("right", has_second)
        self.left.show_scale(self.view_range.scale)
        self.right.show_scale(self.view_range.second_scale, *self.view_range.mapping)
        self.lines.map_second(*self.view_range.mapping)
        self.view_changed.emit()

    def _draw_marks(self, palette: QPalette) -> None:
        visible = self.model.visible
        base = palette.color(QPalette.ColorRole.Base)
        grey = faint(palette, 0.45) if len(visible) == 1 else None
        runs = [(grey or curve_colour(one.encode.number), one.main.missing) for one in visible if one.main]
        self.missing.show_runs(runs, mixed(palette.color(QPalette.ColorRole.Text), base, 0.06))
        slips = [slip for one in visible for slip in one.encode.slips]
        said = "\n".join(f"{one.encode.name}: {text}" for one in visible for text in one.encode.warnings)
        self.out_of_step.show_slips(slips, mixed(QColor(VERDICTS["fail"]), base, OUT_OF_STEP), said)
        borders = [border for one in visible for border in one.encode.borders if border > one.encode.first]
        cuts = [mark for one in visible for mark in one.encode.marks]
        self.marks.show_marks(borders, cuts, faint(palette, 0.35), faint(palette, 0.65))
        self.thresholds.show_lines(threshold_lines(visible, self.model.options.metric), base)
        self._draw_limit(palette)

    def _draw_limit(self, palette: QPalette) -> None:
        limit = self.model.options.limit
        is_shown = limit is not None and not any(line.value == limit for line in self.thresholds.lines)
        self._low.setVisible(is_shown)
        self._low.setPen(plain_pen(faint(palette, 0.4), Qt.PenStyle.DashLine))
        if is_shown:
            self._low.setPos(limit)

    def _mouse_moved(self, arguments: tuple[QPointF]) -> None:
        is_inside = self.box.sceneBoundingRect().contains(arguments[0]) and bool(self.model.encodes)
        self._mouse.setVisible(is_inside)
        frame = self._nearest(self.box.mapSceneToView(arguments[0]).x()) if is_inside else None
        if frame is not None:
            self._mouse.setPos(frame)
        self.hovered.emit(frame)

    def _nearest(self, x: float) -> int:
        return int(np.clip(round(x), self.names.first, self.names.last))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._mouse.hide()
        self.hovered.emit(None)
