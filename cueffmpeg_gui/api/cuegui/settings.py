# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""CueGUI's settings of one person: the plugins' folder goes in, is written down, and comes out again."""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Optional

from cueffmpeg_gui.api.cuegui.settings_yaml import has_list, listed_folders, with_folder, without_folder
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.documents import write_atomically
from cueffmpeg_gui.settings import Home

VARIABLE = "CUEGUI_CONFIG_FILE"
RECORD, BACKUP = "installed.json", ".before-cueffmpeg"


@dataclass(frozen=True)
class Record:
    """What an installation did: to which file, with which folder, whether file and list were made for it.

    `written` is the SHA-256 of the file as it was left.
    """

    settings: str
    folder: str
    made_file: bool
    made_list: bool
    written: str


def settings_path(environment: Mapping[str, str]) -> Path:
    """The one file of settings that CueGUI reads beside its own."""
    named = environment.get(VARIABLE)
    if named and os.path.exists(named):
        return Path(os.path.realpath(named))
    home = environment.get("HOME") or os.path.expanduser("~")
    return Path(os.path.realpath(os.path.join(home, ".config", "opencue", "cuegui.yaml")))


def read_record(home: Home) -> Optional[Record]:
    """What is installed, None for nothing."""
    try:
        return Record(**json.loads((home.cuegui / RECORD).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError) as error:
        raise InputRefused(f"{home.cuegui / RECORD} cannot be read: {error}.") from None


def check_addable(home: Home, settings: Path, folder: Path) -> None:
    """Raises InputRefused when the folder cannot be added; changes nothing."""
    record = read_record(home)
    if record and record.settings != str(settings):
        raise InputRefused(
            f"The plugins are installed in {record.settings}, but CueGUI reads {settings} now; first: "
            "cueffmpeg cuegui uninstall"
        )
    with_folder(read_text(settings), str(folder), str(settings))


def add_folder(home: Home, settings: Path, folder: Path) -> str:
    """Adds the folder, in the place of an older version's; returns a sentence."""
    record, name = read_record(home), str(settings)
    before = read_text(settings)
    text = without_folder(before, record.folder, name, drop_key=record.made_list) if record else before
    if record is None and str(folder) in listed_folders(text, name):
        return f"{settings} names the plugins already, by other hands."
    written = with_folder(text, str(folder), name)
    if written == before:
        return f"{settings} names the plugins already."
    made_file = record.made_file if record else not settings.exists()
    if record is None and not made_file:
        _write(Path(name + BACKUP), before)
    # What was done is written down first: nothing may stay that could not be undone.
    _write_record(home, Record(name, str(folder), made_file, not has_list(text, name), _digest(written)))
    _write(settings, written)
    return f"Added {folder} to paths.plugins in {settings}; restart CueGUI, then Views/Plugins > Other > ffmpeg / VMAF."


def take_folder(home: Home, record: Record) -> str:
    """Takes the folder out again; a file that was not changed since is as it was, to the byte. Returns a sentence."""
    settings, backup = Path(record.settings), Path(record.settings + BACKUP)
    text = read_text(settings)
    is_as_left = settings.exists() and _digest(text) == record.written
    if is_as_left and record.made_file:
        settings.unlink()
        said = f"Removed {settings}, which was made for the plugins."
    elif is_as_left and backup.exists():
        os.replace(backup, settings)
        said = f"{settings} is as it was before."
    else:
        said = _take_from_changed(record, settings, text, backup)
    (home.cuegui / RECORD).unlink()
    return said


def read_text(path: Path) -> str:
    """A file's text, "" when there is none. Raises InputRefused."""
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise InputRefused(f"{path} cannot be read: {error}.") from None


def _take_from_changed(record: Record, settings: Path, text: str, backup: Path) -> str:
    rest = without_folder(text, record.folder, str(settings), drop_key=record.made_list)
    if rest != text:
        _write(settings, rest)
    kept = f" The file from before the installation is {backup}." if backup.exists() else ""
    if rest == text:
        return f"{settings} does not name the plugins any more.{kept}"
    return f"Took {record.folder} out of {settings}, which others have changed since.{kept}"


def _write_record(home: Home, record: Record) -> None:
    _write(home.cuegui / RECORD, json.dumps(asdict(record), indent=1) + "\n")


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = path.stat().st_mode & 0o777 if path.exists() else None
        write_atomically(str(path), text.encode())
        if mode is not None:
            path.chmod(mode)
    except OSError as error:
        raise InputRefused(f"{path} cannot be written: {error.strerror}.") from None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
