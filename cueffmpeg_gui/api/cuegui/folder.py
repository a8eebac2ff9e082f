# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Lays the plugins out in a folder that CueGUI can read, with as much of this package as they need."""

import hashlib
import json
import os
import shutil
import sys
from pathlib import Path

import cueffmpeg_gui
from cueffmpeg_gui.api.cuegui.closure import closure
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.localfarm.state_file import state_path
from cueffmpeg_gui.resources import plugins
from cueffmpeg_gui.settings import Home

NOTES, SITE = "plugin.json", "site"
# The plugins start this program in a process of its own; it has to find its modules as it does now.
CARRIED = ("PYTHONPATH",)


def plugin_folder(home: Home) -> Path:
    """Where this version's plugins lie. Another version has another folder: a running CueGUI keeps its own."""
    return home.cuegui / cueffmpeg_gui.__version__


def write_plugin_folder(home: Home) -> Path:
    """The folder, complete; it is left alone when it is so already. Raises InputRefused."""
    target = plugin_folder(home)
    files = _contents()
    farm = {"farm": str(state_path(home.local_farm))}
    notes = {"version": cueffmpeg_gui.__version__, **_program(), **farm, "contents": _fingerprint(files)}
    if read_notes(target) == notes:
        return target
    fresh, old = target.with_suffix(".new"), target.with_suffix(".old")
    try:
        for leftover in (fresh, old):
            shutil.rmtree(leftover, ignore_errors=True)
        _write(fresh, files)
        (fresh / NOTES).write_text(json.dumps(notes, indent=1) + "\n", encoding="utf-8")
        if (target / SITE).is_dir():
            os.replace(target / SITE, fresh / SITE)
        if target.exists():
            os.replace(target, old)
        os.replace(fresh, target)
    except OSError as error:
        raise InputRefused(f"The plugins for CueGUI cannot be written to {target}: {error.strerror}.") from None
    shutil.rmtree(old, ignore_errors=True)
    return target


def read_notes(folder: Path) -> dict[str, object]:
    """What the folder says of itself; nothing when it is not there, or not whole."""
    try:
        notes = json.loads((folder / NOTES).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return notes if isinstance(notes, dict) else {}


def _contents() -> dict[str, bytes]:
    """Path in the folder → content."""
    package, root = Path(cueffmpeg_gui.__file__).parent, plugins()
    shims = sorted(root.rglob("*.py"))
    needed = sorted(closure(shims, package))
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in shims}
    files.update({path.relative_to(package.parent).as_posix(): path.read_bytes() for path in needed})
    return files


def _write(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _fingerprint(files: dict[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name}\0{len(files[name])}\0".encode())
        digest.update(files[name])
    return digest.hexdigest()


def _program() -> dict[str, object]:
    is_frozen = getattr(sys, "frozen", False)
    words = [sys.executable] if is_frozen else [sys.executable, "-m", "cueffmpeg_gui"]
    return {"program": words, "environment": {name: os.environ[name] for name in CARRIED if os.environ.get(name)}}
