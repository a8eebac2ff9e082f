# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Where the window was: remembered as it changes, so that closing it needs to do nothing."""

import base64
from pathlib import Path
from typing import Any

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.documents import read_json, write_json

SCHEMA = "cueffmpeg.window/1"


def read_window_state(folder: Path) -> dict[str, Any]:
    """What was remembered; nothing readable is nothing remembered."""
    try:
        return read_json(str(folder / "window.json"), SCHEMA)
    except InputRefused:
        return {}


def write_window_state(folder: Path, state: dict[str, Any]) -> None:
    """Writes it whole or not at all. Blocks; call it in a task."""
    folder.mkdir(parents=True, exist_ok=True)
    write_json(str(folder / "window.json"), SCHEMA, state)


def packed(data: bytes) -> str:
    """Qt's own bytes as text."""
    return base64.b64encode(data).decode("ascii")


def unpacked(text: Any) -> bytes:
    """The inverse of packed; nothing for anything else."""
    try:
        return base64.b64decode(text, validate=True) if isinstance(text, str) else b""
    except ValueError:
        return b""
