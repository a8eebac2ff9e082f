# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Where panes and their strips of text lie. Sizes only."""

from __future__ import annotations

from dataclasses import dataclass

from qtpy.QtCore import QRect

GAP = 2
# A canvas lower than this gives its lower strips to the picture.
LOW = 150


@dataclass(frozen=True)
class Pane:
    """A picture's place, the strip above it that says what it is, and the strip below with values."""

    caption: QRect
    picture: QRect
    values: QRect


def lay_out(area: QRect, count: int, strip: int) -> list[Pane]:
    """So many panes of one size side by side, with strips of a height."""
    width = (area.width() - GAP * (count - 1)) // count
    below = strip if area.height() >= LOW else 0
    return [
        _pane(QRect(area.left() + place * (width + GAP), area.top(), width, area.height()), strip, below)
        for place in range(count)
    ]


def _pane(area: QRect, above: int, below: int) -> Pane:
    return Pane(
        QRect(area.left(), area.top(), area.width(), above),
        area.adjusted(0, above, 0, -below),
        QRect(area.left(), area.bottom() + 1 - below, area.width(), below),
    )
