# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Finds CueGUI: in this program's environment, in a Python that is named, or by its scripts in PATH. And asks it."""

import json
import os
import re
import shlex
import shutil
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.run import run_quietly

# The window, and CueGUI's scripts that open it.
WINDOWS = {"cuetopia": ("cuetopia",), "cuecommander": ("cuecommander", "cuegui")}
ENTRY = {"cuetopia": "cuetopia", "cuecommander": "main"}
OLDEST = (3, 9)
# shiboken6 before 6.8 was built against numpy 1, and complains at every start beside numpy 2.
NUMPY_1_BEFORE = (6, 8)
ASK = """
import importlib.metadata, importlib.util, json, sys
def version(*names):
    for name in names:
        try:
            return importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            pass
    return ""
print(json.dumps({
    "version": version("opencue_cuegui", "cuegui"),
    "python": list(sys.version_info[:3]), "tag": sys.implementation.cache_tag,
    "qt": version("PySide6", "PySide6_Essentials", "PySide2"),
    "found": [name for name in ("cuegui", "numpy", "pyqtgraph", "colorama", "pip") if importlib.util.find_spec(name)],
}))
"""


@dataclass(frozen=True)
class CueGui:
    """A CueGUI: its Python, and what that has. `version` and `qt` are "" where they are not known."""

    python: str
    version: str
    python_version: tuple[int, ...]
    tag: str
    qt: str
    found: tuple[str, ...]

    @property
    def lacking(self) -> tuple[str, ...]:
        """What the curve needs and this Python has not, as pip takes it."""
        old_qt = self.qt and tuple(int(part) for part in re.findall(r"\d+", self.qt)[:2]) < NUMPY_1_BEFORE
        wanted = {"numpy": "numpy<2" if old_qt else "numpy", "pyqtgraph": "pyqtgraph", "colorama": "colorama"}
        needs = ("numpy", "pyqtgraph") if "pyqtgraph" in self.found else tuple(wanted)
        return tuple(wanted[name] for name in needs if name not in self.found)


def find_python(python: "str | None") -> "str | None":
    """The Python that CueGUI runs in, None when it is not known."""
    if python:
        return shutil.which(python) or python
    if _is_ours():
        return sys.executable
    scripts = (shutil.which(name) for names in WINDOWS.values() for name in names)
    return next((found for script in scripts if script and (found := _python_of(Path(script)))), None)


def ask_cuegui(python: str) -> CueGui:
    """What is in a Python. Raises InputRefused when it has no CueGUI or is too old."""
    answer = run_quietly([python, "-c", ASK], timeout=60)
    if answer.returncode:
        raise InputRefused(f"{python} is no Python that could be asked: {answer.stderr.strip()[-200:] or 'no reason'}.")
    facts = json.loads(answer.stdout)
    if "cuegui" not in facts["found"]:
        raise InputRefused(f"{python} has no CueGUI; name the Python that has it: --python PYTHON")
    if tuple(facts["python"]) < OLDEST:
        raise InputRefused(f"{python} is older than Python 3.9; the plugin cannot run in it.")
    version = tuple(facts["python"])
    return CueGui(python, facts["version"], version, facts["tag"], facts["qt"], tuple(facts["found"]))


def start_command(python: "str | None", window: str) -> list[str]:
    """The command that opens a window of CueGUI. Raises InputRefused when there is none."""
    code = f"from cuegui.__main__ import {ENTRY[window]}; {ENTRY[window]}()"
    if python:
        return [shutil.which(python) or python, "-c", code]
    if _is_ours():
        return [sys.executable, "-c", code]
    script = next(filter(None, map(shutil.which, WINDOWS[window])), None)
    if script is None:
        raise InputRefused(
            f"CueGUI was not found: no {' or '.join(WINDOWS[window])} is in PATH. Name the Python that has it: "
            "--python PYTHON"
        )
    return [script]


def _is_ours() -> bool:
    """Whether CueGUI is in this program's own environment; a folder that is merely called so is not it."""
    spec = find_spec("cuegui")
    return spec is not None and spec.origin is not None


def _python_of(script: Path) -> "str | None":
    """The interpreter of a script, by its first lines; None for a wrapper that does not name it."""
    try:
        head = script.read_bytes()[:1024].decode("utf-8", "replace")
    except OSError:
        return None
    if not head.startswith("#!"):
        return None
    words = shlex.split(head[2:].partition("\n")[0])
    if words and os.path.basename(words[0]) == "env":
        return shutil.which(words[-1])
    if words and "python" in os.path.basename(words[0]):
        return words[0]
    # pip's way around paths that are too long for a first line.
    match = re.search(r"exec' '?\"?(/[^\"'\n]*python[^\"'\s]*)", head)
    return match.group(1) if match else None
