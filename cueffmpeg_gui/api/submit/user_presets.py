# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The user's own presets: saved, deleted, exported, imported. Every file is written whole or not at all."""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from cueffmpeg_gui.errors import CueffmpegError, InputRefused
from cueffmpeg_gui.media.presets import Preset, check_preset, load_presets, read_preset, write_preset
from cueffmpeg_gui.settings import Settings

USER = "user"


def read_presets(settings: Settings) -> dict[str, Preset]:
    """The presets of all levels by name; raises InputRefused naming a broken file."""
    return load_presets(settings.preset_folders)


def save_preset(preset: Preset, settings: Settings) -> Preset:
    """Writes a user preset; over one of the same name its version is one higher. Raises InputRefused."""
    checked = check_preset(replace(preset, level=USER), f"preset {preset.name}")
    known = _own(settings).get(preset.name)
    version = known[1].version + 1 if known else 1
    saved = replace(checked, version=version)
    folder = settings.home.presets
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = write_preset(saved, str(folder))
        if known and known[0] != path:
            os.unlink(known[0])
    except OSError as error:
        raise InputRefused(f"The preset {preset.name} cannot be saved in {folder}: {error.strerror}.") from None
    return saved


def delete_preset(name: str, settings: Settings) -> None:
    """Deletes a user preset; one of the same name at another level shows again. Raises InputRefused."""
    known = _own(settings).get(name)
    if known is None:
        raise InputRefused(f"{name} is no preset of yours, so it stays.")
    try:
        os.unlink(known[0])
    except OSError as error:
        raise InputRefused(f"The preset {known[0]} cannot be deleted: {error.strerror}.") from None


def export_preset(preset: Preset, path: str) -> str:
    """Writes a preset into a file of its own name in the folder of `path`; returns where. Raises InputRefused."""
    folder = os.path.dirname(os.path.abspath(path))
    name = Path(path).stem
    try:
        return write_preset(check_preset(replace(preset, name=name), f"preset {name}"), folder)
    except OSError as error:
        raise InputRefused(f"The preset cannot be written to {folder}: {error.strerror}.") from None


def import_preset(path: str, settings: Settings) -> Preset:
    """Takes a preset file over as one of the user's own; raises InputRefused when there is one of that name."""
    preset = read_preset(path, USER)
    if preset.name in _own(settings):
        raise InputRefused(f"You have a preset {preset.name} already; delete it first, or rename the one in {path}.")
    return save_preset(preset, settings)


def changed_preset(preset: Preset, name: str, title: str, description: str, values: Mapping[str, object]) -> Preset:
    """A preset made of another one; raises InputRefused for a name or values that no preset can have."""
    made = Preset(name, 1, preset.kind, title or name, description, dict(values))
    return check_preset(made, f"preset {name}")


def _own(settings: Settings) -> dict[str, tuple[str, Preset]]:
    """The user's presets with their files; a broken one is passed over, so that it can be replaced."""
    found = {}
    for path in sorted(settings.home.presets.glob("*.json")):
        try:
            preset = read_preset(str(path), USER)
        except CueffmpegError:
            continue
        found[preset.name] = (str(path), preset)
    return found
