# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Beside the curve, on the same score axis: the histogram of scores, and the cumulated share of frames."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from qtpy.QtGui import QBrush, QPalette

from cueffmpeg_gui.gui.curve.colours import curve_colour, curve_pen, faint, mixed
from cueffmpeg_gui.gui.curve.models.curve_model import DrawnCurve
from cueffmpeg_gui.gui.curve.models.series import Histogram

WIDTH = 128
# More histograms than this on top of each other are unreadable; the lines of shares are not.
MOST_HISTOGRAMS = 2
TICKS = [[(0.0, "0"), (0.5, "50"), (1.0, "100")]]


class HistogramPlot(pg.PlotItem):  # type: ignore[misc]  # pyqtgraph has no types
    """Histogram (filled, its longest bar three quarters of the width) and cumulated share (line) of each encode."""

    def __init__(self, box: Any) -> None:
        super().__init__(viewBox=pg.ViewBox(enableMenu=False, enableMouse=False), enableMenu=False)
        self.hideButtons()
        self.hideAxis("left")
        self.setFixedWidth(WIDTH)
        self.setYLink(box)
        self.setXRange(0, 1, padding=0.14)
        self.setToolTip(
            "How often which score comes (filled), and the share of frames that have it or a lower one (line)"
        )
        bottom = self.getAxis("bottom")
        bottom.enableAutoSIPrefix(False)
        bottom.setTicks(TICKS)
        bottom.setLabel("% of frames")

    def show_drawn(self, drawn: Sequence[DrawnCurve], palette: QPalette) -> None:
        """Draws the histograms of these encodes."""
        self.clear()
        shown = [(one.encode.number, one.main.histogram) for one in drawn if one.main and one.main.histogram]
        for number, histogram in shown:
            if len(shown) <= MOST_HISTOGRAMS:
                self.addItem(_bars(number, histogram, palette), ignoreBounds=True)
            pen = curve_pen(number, palette)
            shares = pg.PlotCurveItem(histogram.up_to, histogram.edges[1:], pen=pen, antialias=False)
            self.addItem(shares, ignoreBounds=True)

    def take_palette(self, palette: QPalette) -> None:
        """Takes over colours of a palette."""
        axis = self.getAxis("bottom")
        axis.setPen(faint(palette, 0.35))
        axis.setTextPen(faint(palette, 0.75))


def _bars(number: int, histogram: Histogram, palette: QPalette) -> pg.PlotCurveItem:
    edges = histogram.edges
    lengths = histogram.shares / histogram.shares.max() * 0.75
    x = np.concatenate(([0.0], np.repeat(lengths, 2), [0.0]))
    y = np.concatenate(([edges[0]], np.repeat(edges, 2)[1:-1], [edges[-1]]))
    colour = mixed(curve_colour(number), palette.color(QPalette.ColorRole.Base), 0.35)
    bars = pg.PlotCurveItem(x, y, pen=None, antialias=False, fillLevel=None)
    bars.setBrush(QBrush(colour))
    bars.setFillLevel("enclosed")
    return bars
