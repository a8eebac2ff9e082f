# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Colours of curves, for eyes of every kind (Okabe & Ito, 2008), dashed from the fourth on; the rest is palette."""

from __future__ import annotations

from qtpy.QtCore import Qt
from qtpy.QtGui import QColor, QPalette, QPen

# Black, the set's eighth, is grey here: it must be seen on dark and on light ground.
COLOURS = ("#56b4e9", "#e69f00", "#00a37a", "#cc79a7", "#f0e442", "#d55e00", "#9a9a9a", "#3b8bd0")
# Lengths of stroke and gap in pixels; none is a whole line.
DASHES = ((), (), (), (7, 3), (3, 3), (9, 3, 3, 3), (5, 5), (14, 4))
VERDICTS = {"pass": "#6fcf6f", "fail": "#ff8070", "open": "#e8b64c"}
PALE = 0.5


def mixed(colour: QColor, ground: QColor, share: float) -> QColor:
    """So much of the colour on the ground: paler without being see-through, which would be slow to draw."""
    parts = zip((colour.red(), colour.green(), colour.blue()), (ground.red(), ground.green(), ground.blue()))
    return QColor(*(round(one * share + other * (1 - share)) for one, other in parts))


def curve_colour(number: int) -> QColor:
    """The colour of an encode's number."""
    return QColor(COLOURS[number % len(COLOURS)])


def curve_pen(number: int, palette: QPalette, is_pale: bool = False) -> QPen:
    """The pen of an encode's line; one pixel wide, as wider ones take several times as long."""
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
    """Text colour, so much of it."""
    return mixed(palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Base), share)


def plain_pen(colour: QColor, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """A pen of one pixel whatever the zoom."""
    pen = QPen(colour, 1, style)
    pen.setCosmetic(True)
    return pen
