# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What the submit page remembers without anything being sent: a small file, written a moment after a change."""

import json
from pathlib import Path
from typing import Any

from qtpy.QtCore import QObject, QTimer

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.media.documents import read_json, write_json

SCHEMA = "cueffmpeg.submit/1"
FILE = "submit.json"
DELAY_MILLISECONDS = 300


def read_memory(folder: Path) -> dict[str, Any]:
    """What was remembered; what cannot be read is nothing."""
    try:
        return read_json(str(folder / FILE), SCHEMA)
    except InputRefused:
        return {}


def write_memory(folder: Path, state: dict[str, Any]) -> None:
    """Writes it whole or not at all. Blocks; call it in a task."""
    folder.mkdir(parents=True, exist_ok=True)
    write_json(str(folder / FILE), SCHEMA, state)


class Memory(QObject):
    """Keeps the newest state on disk."""

    def __init__(self, tasks: Tasks, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._folder = tasks, folder
        self._state: dict[str, Any] = {}
        self._written = ""
        self._timer = QTimer(self, singleShot=True, interval=DELAY_MILLISECONDS)
        self._timer.timeout.connect(self.flush)

    def keep(self, state: dict[str, Any]) -> None:
        """Writes it soon, if it is another one."""
        self._state = state
        if json.dumps(state, sort_keys=True) != self._written:
            self._timer.start()

    def flush(self) -> None:
        """Writes it now."""
        self._timer.stop()
        state, folder = self._state, self._folder
        self._written = json.dumps(state, sort_keys=True)
        self._tasks.run(lambda: write_memory(folder, state), key="submit.memory")
