# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Polling that costs nothing while nothing of it is on screen."""

from __future__ import annotations

from typing import Optional

from qtpy.QtCore import QObject, QTimer


class Polling(QObject):
    """Calls `poll` again and again between `start` and `stop`."""

    def __init__(self, milliseconds: int, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=milliseconds)
        self._timer.timeout.connect(self.poll)

    @property
    def is_polling(self) -> bool:
        """Whether it was started and not stopped since."""
        return bool(self._timer.isActive())

    def start(self) -> None:
        """Polls at once and from now on."""
        self._timer.start()
        self.poll()

    def stop(self) -> None:
        """Polls no more."""
        self._timer.stop()

    def poll(self) -> None:
        """Asks for news. Subclasses implement it; it must not block."""
        raise NotImplementedError
