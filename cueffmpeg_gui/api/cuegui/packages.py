# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""numpy and pyqtgraph for a CueGUI that has neither: beside the plugins, for them alone, behind whatever it has."""

from pathlib import Path
from typing import Optional

from cueffmpeg_gui.api.cuegui.find_cuegui import CueGui
from cueffmpeg_gui.api.cuegui.folder import SITE
from cueffmpeg_gui.media.run import run_quietly


def missing_packages(folder: Path, cuegui: Optional[CueGui]) -> tuple[str, ...]:
    """What the curve lacks in CueGUI's Python and beside the plugins, as pip takes it."""
    if cuegui is None:
        return ()
    site = folder / SITE / cuegui.tag
    return tuple(name for name in cuegui.lacking if not (site / name.partition("<")[0]).is_dir())


def pip_command(folder: Path, cuegui: CueGui, missing: tuple[str, ...]) -> list[str]:
    """Binary packages that fit that Python, into the plugins' own folder; its environment stays as it is."""
    target = folder / SITE / cuegui.tag
    return [
        cuegui.python, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--no-deps",
        "--only-binary", ":all:", "--upgrade", "--target", str(target), *missing,
    ]  # fmt: skip


def bring_packages(folder: Path, cuegui: CueGui) -> str:
    """Brings what is missing; returns a sentence, also when it could not: the rest of the dock works without."""
    missing = missing_packages(folder, cuegui)
    if not missing:
        return f"{cuegui.python} has what the curve needs."
    command = pip_command(folder, cuegui, missing)
    answer = run_quietly(command)
    if answer.returncode == 0:
        return f"Brought {', '.join(missing)} for {cuegui.python}, beside the plugins and for them alone."
    reason = (answer.stderr.strip().splitlines() or ["pip gave no reason"])[-1]
    return (
        f"The curve lacks {' and '.join(missing)}, and pip could not bring them ({reason}); the dock works without. "
        f"Try: {' '.join(command)}"
    )
