# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Colours of curves, safe for colour-blind people (Okabe & Ito, 2008), dashed from the fourth on."""

from __future__ import annotations

from qtpy.QtCore import Qt
from qtpy.QtGui import QColor, QPalette, QPen

# The set's eighth, black, is grey here: it must be visible on dark and on light backgrounds.
COLOURS = ("#56b4e9", "#e69f00", "#00a37a", "#cc79a7", "#f0e442", "#d55e00", "#9a9a9a", "#3b8bd0")
# Lengths of dash and gap in pixels; empty: a solid line.
DASHES = ((), (), (), (7, 3), (3, 3), (9, 3, 3, 3), (5, 5), (14, 4))
VERDICTS = {"pass": "#6fcf6f", "fail": "#ff8070", "open": "#e8b64c"}
PALE = 0.5


def mixed(colour: QColor, background: QColor, share: float) -> QColor:
    """The colour blended with the background by its share: paler but opaque, as transparency is slow to draw."""
    parts = zip(
        (colour.red(), colour.green(), colour.blue()), (background.red(), background.green(), background.blue())
    )
    return QColor(*(round(one * share + other * (1 - share)) for one, other in parts))


def curve_colour(number: int) -> QColor:
    """The colour of the encode of this number."""
    return QColor(COLOURS[number % len(COLOURS)])


def curve_pen(number: int, palette: QPalette, is_pale: bool = False) -> QPen:
    """The pen of an encode's line; one pixel wide, as wider pens are several times slower."""
    colour = curve_colour(number)
    if is_pale:
        colour = mixed(colour, palette.color(QPalette.ColorRole.Base), PALE)
    pen = QPen(colour, 1)
    pen.setCosmetic(True)
    dashes = DASHES[number % len(DASHES)]
    if dashes:
        pen.setDashPattern([float(length) for length in dashes])
    return pen


def faint(palette: QPalette, share: float) -> QColor:
    """The text colour blended with the background by its share."""
    return mixed(palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Base), share)


def plain_pen(colour: QColor, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """A pen one pixel wide at every zoom."""
    pen = QPen(colour, 1, style)
    pen.setCosmetic(True)
    return pen
