# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The plugins in CueGUI: for one start, or for good; and what is there."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

from cueffmpeg_gui.api.cuegui.find_cuegui import CueGui, ask_cuegui, find_python, start_command
from cueffmpeg_gui.api.cuegui.folder import plugin_folder, read_notes, write_plugin_folder
from cueffmpeg_gui.api.cuegui.packages import bring_packages, missing_packages
from cueffmpeg_gui.api.cuegui.settings import (
    VARIABLE,
    add_folder,
    check_addable,
    read_record,
    read_text,
    settings_path,
    take_folder,
)
from cueffmpeg_gui.api.cuegui.settings_yaml import listed_folders, with_folder
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.documents import write_atomically
from cueffmpeg_gui.settings import Home

STARTED = "started.yaml"
NOT_FOUND = (
    "CueGUI was not found here, so nobody looked whether its Python has numpy and pyqtgraph for the curve; "
    "name it with --python PYTHON."
)


@dataclass(frozen=True)
class Start:
    """How CueGUI is started with the plugins: a command, and the whole environment for it."""

    command: tuple[str, ...]
    environment: dict[str, str]


@dataclass(frozen=True)
class CueGuiStatus:
    """What is there. `is_listed`: CueGUI's settings name the folder. `missing`: what the curve lacks in its Python.

    `version` is the plugins', "" when they are not laid out; `trouble` a sentence when something is not known.
    """

    settings: str
    is_listed: bool
    folder: str
    version: str
    cuegui: Optional[CueGui]
    missing: tuple[str, ...]
    trouble: str


def plan_start(home: Home, environment: Mapping[str, str], python: Optional[str], window: str) -> Start:
    """Lays the plugins out, and writes settings of our own: the user's, with the plugins. No file of theirs is changed.

    Raises InputRefused.
    """
    command = start_command(python, window)
    folder = write_plugin_folder(home)
    settings = settings_path(environment)
    path = home.cuegui / STARTED
    write_atomically(str(path), with_folder(read_text(settings), str(folder), str(settings)).encode())
    return Start(tuple(command), {**environment, VARIABLE: str(path)})


def install(home: Home, environment: Mapping[str, str], python: Optional[str]) -> list[str]:
    """Installs for good, or again; returns what was done, in sentences. What raises InputRefused changes nothing."""
    found = find_python(python)
    cuegui = ask_cuegui(found) if found else None
    settings = settings_path(environment)
    check_addable(home, settings, plugin_folder(home))
    folder = write_plugin_folder(home)
    said = add_folder(home, settings, folder)
    return [said, bring_packages(folder, cuegui) if cuegui else NOT_FOUND]


def uninstall(home: Home) -> list[str]:
    """Undoes exactly what install did, also when the settings were written anew since. Raises InputRefused."""
    record = read_record(home)
    if record is None:
        return ["The plugins are not installed; nothing was changed."]
    said = take_folder(home, record)
    shutil.rmtree(home.cuegui, ignore_errors=True)
    return [said, f"Removed {home.cuegui}."]


def status(home: Home, environment: Mapping[str, str], python: Optional[str]) -> CueGuiStatus:
    """What is installed, and what CueGUI's Python lacks."""
    record = read_record(home)
    settings = Path(record.settings) if record else settings_path(environment)
    folder = Path(record.folder) if record else plugin_folder(home)
    trouble, is_listed, cuegui = "", False, None
    try:
        is_listed = str(folder) in listed_folders(read_text(settings), str(settings))
        found = find_python(python)
        cuegui = ask_cuegui(found) if found else None
    except InputRefused as refused:
        trouble = str(refused)
    version = str(read_notes(folder).get("version", ""))
    return CueGuiStatus(
        str(settings), is_listed, str(folder), version, cuegui, missing_packages(folder, cuegui), trouble
    )
