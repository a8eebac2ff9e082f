# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What is followed only as long as somebody looks at it."""

from __future__ import annotations

from typing import Optional

from qtpy.QtCore import QObject, QTimer


class Polling(QObject):
    """Polls again and again between `start` and `stop`."""

    def __init__(self, milliseconds: int, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=milliseconds)
        self._timer.timeout.connect(self.poll)

    @property
    def is_polling(self) -> bool:
        """Whether somebody looks."""
        return bool(self._timer.isActive())

    def start(self) -> None:
        """Follows, as long as it is looked at."""
        self._timer.start()
        self.poll()

    def stop(self) -> None:
        """Follows no more."""
        self._timer.stop()

    def poll(self) -> None:
        """Asks for what is new."""
        raise NotImplementedError
