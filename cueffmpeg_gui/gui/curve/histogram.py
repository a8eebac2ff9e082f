# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Beside the curve, on the same score axis: how often which score comes, and the share of frames up to each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from qtpy.QtGui import QBrush, QPalette

from cueffmpeg_gui.gui.curve.colours import curve_colour, curve_pen, faint, mixed
from cueffmpeg_gui.gui.curve.models.curve_model import DrawnCurve

WIDTH = 128
# More histograms than this over each other tell nothing; the lines of shares still do.
MOST_HISTOGRAMS = 2
TICKS = [[(0.0, "0"), (0.5, "50"), (1.0, "100")]]


class HistogramPlot(pg.PlotItem):
    """Histogram (filled, its longest bar three quarters of the width) and cumulative share (line) of each encode."""

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
        """Other encodes, or the same ones grown."""
        self.clear()
        several = [one.main for one in drawn if one.main and one.main.histogram]
        for series in several:
            if len(several) <= MOST_HISTOGRAMS:
                self.addItem(_histogram(series, palette), ignoreBounds=True)
            shares = pg.PlotCurveItem(
                series.histogram.up_to,
                series.histogram.edges[1:],
                pen=curve_pen(series.encode.number, palette),
                antialias=False,
            )
            self.addItem(shares, ignoreBounds=True)

    def take_palette(self, palette: QPalette) -> None:
        """Colours of its surroundings."""
        axis = self.getAxis("bottom")
        axis.setPen(faint(palette, 0.35))
        axis.setTextPen(faint(palette, 0.75))


def _histogram(series: Any, palette: QPalette) -> pg.PlotCurveItem:
    spread = series.histogram
    lengths = spread.shares / spread.shares.max() * 0.75
    x = np.concatenate(([0.0], np.repeat(lengths, 2), [0.0]))
    y = np.concatenate(([spread.edges[0]], np.repeat(spread.edges, 2)[1:-1], [spread.edges[-1]]))
    colour = mixed(curve_colour(series.encode.number), palette.color(QPalette.ColorRole.Base), 0.35)
    bars = pg.PlotCurveItem(x, y, pen=None, antialias=False, fillLevel=None)
    bars.setBrush(QBrush(colour))
    bars.setFillLevel("enclosed")
    return bars
