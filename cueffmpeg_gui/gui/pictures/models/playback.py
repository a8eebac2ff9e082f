# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Plays pictures frame by frame, at the clip's rate or as fast as they can be read."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from qtpy.QtCore import QObject, Qt, QTimer


class Playback(QObject):
    """Calls `step(direction)` once per frame, except while a picture is being read; stops when it returns False."""

    def __init__(self, step: Callable[[int], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._step = step
        self.direction = 0
        self._is_held = False
        self._clock = QTimer(self, timerType=Qt.TimerType.PreciseTimer)
        self._clock.timeout.connect(self._tick)

    def play(self, direction: int, rate: Fraction) -> None:
        """Plays forward (1) or back (-1) at `rate` frames a second; 0 stops."""
        self.direction = direction
        if direction:
            self._clock.start(round(1000 / rate))
        else:
            self._clock.stop()

    def hold(self, is_held: bool) -> None:
        """Pauses while a picture is being read, so that none is skipped."""
        self._is_held = is_held

    def _tick(self) -> None:
        if not self._is_held and not self._step(self.direction):
            self.direction = 0
            self._clock.stop()
