# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""State kept between runs of the window: small JSON files, written a moment after a change."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qtpy.QtCore import QObject, QTimer

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.media.documents import read_json, write_json

DELAY_MILLISECONDS = 300


@dataclass(frozen=True)
class StateFile:
    """A file of saved state: its name in the user's configuration folder, and its schema."""

    name: str
    schema: str


WINDOW = StateFile("window.json", "cueffmpeg.window/1")
SUBMIT_FORM = StateFile("submit.json", "cueffmpeg.submit/1")


def read_state(folder: Path, file: StateFile) -> dict[str, Any]:
    """The saved state; empty when there is none that can be read."""
    try:
        return read_json(str(folder / file.name), file.schema)
    except InputRefused:
        return {}


def write_state(folder: Path, file: StateFile, state: dict[str, Any]) -> None:
    """Writes the whole file or nothing. Blocks: call it in a task."""
    folder.mkdir(parents=True, exist_ok=True)
    write_json(str(folder / file.name), file.schema, state)


class SavedState(QObject):
    """Saves the newest state in a task, debounced."""

    def __init__(self, tasks: Tasks, folder: Path, file: StateFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._folder, self._file = tasks, folder, file
        self._state: dict[str, Any] = {}
        self._written = ""
        self._timer = QTimer(self, singleShot=True, interval=DELAY_MILLISECONDS)
        self._timer.timeout.connect(self.flush)

    def keep(self, state: dict[str, Any]) -> None:
        """Saves the state soon, unless it is saved already."""
        self._state = state
        if json.dumps(state, sort_keys=True) != self._written:
            self._timer.start()

    def flush(self) -> None:
        """Saves the state now."""
        self._timer.stop()
        state, folder, file = self._state, self._folder, self._file
        self._written = json.dumps(state, sort_keys=True)
        self._tasks.run(lambda: write_state(folder, file, state), key=f"write {file.name}")


def packed(data: bytes) -> str:
    """Qt's binary state as text, for JSON."""
    return base64.b64encode(data).decode("ascii")


def unpacked(text: Any) -> bytes:
    """The inverse of `packed`; empty for anything else."""
    try:
        return base64.b64decode(text, validate=True) if isinstance(text, str) else b""
    except ValueError:
        return b""
