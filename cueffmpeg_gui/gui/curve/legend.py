# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The legend: a chip for each encode, four a row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Optional

from qtpy.QtCore import Signal
from qtpy.QtWidgets import QGridLayout, QWidget

from cueffmpeg_gui.gui.curve.curve_chip import LegendChip
from cueffmpeg_gui.gui.curve.models.curve_model import Drawn

COLUMNS = 4
LEAST_PREFIX = 4


class CurveLegend(QWidget):
    """Tells the key of the encode that is to be hidden or shown, or removed."""

    toggled = Signal(str)
    removal_wanted = Signal(str)

    def __init__(self, is_removable: bool, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._is_removable = is_removable
        self.chips: dict[str, LegendChip] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._grid.setColumnStretch(COLUMNS, 1)

    def show_drawn(self, drawn: Sequence[Drawn], hidden: frozenset[str]) -> None:
        """The encodes there are."""
        for key in set(self.chips) - {one.encode.key for one in drawn}:
            chip = self.chips.pop(key)
            self._grid.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        tellings = telling_parts([one.encode.name for one in drawn])
        for place, one in enumerate(drawn):
            key = one.encode.key
            chip = self.chips.get(key) or self._new(key)
            chip.show_encode(one, key not in hidden, tellings[place])
            self._grid.addWidget(chip, place // COLUMNS, place % COLUMNS)

    def _new(self, key: str) -> LegendChip:
        chip = self.chips[key] = LegendChip(self._is_removable)
        chip.clicked.connect(lambda: self.toggled.emit(key))
        chip.wants_removal.connect(lambda: self.removal_wanted.emit(key))
        return chip


def telling_parts(names: Sequence[str]) -> list[str]:
    """Names without the begin that all of them share, for places where they do not fit."""
    alike = takewhile(lambda letters: len(set(letters)) == 1, zip(*names))
    shared = len(list(alike)) if len(names) > 1 else 0
    return [f"…{name[shared:]}" if shared >= LEAST_PREFIX and name[shared:] else name for name in names]
