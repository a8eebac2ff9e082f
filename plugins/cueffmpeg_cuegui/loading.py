# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What the dock is made of, imported off CueGUI's thread. numpy and pyqtgraph may be missing: CueGUI needs neither."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cueffmpeg_gui.gui.common.tasks import Tasks
    from cueffmpeg_gui.gui.dock.models.dock_backend import DockBackend
    from cueffmpeg_gui.gui.dock.panel import DockPanel
    from cueffmpeg_gui.gui.dock.scores_pane import ScoresPane

FOLDER = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class InstallNotes:
    """What the installation wrote down: the command that starts our program, and variables for it; and where the state
    file of the user's local farm is."""

    program: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)
    farm: str = ""


def site_folder() -> Path:
    """Where packages for this interpreter lie that CueGUI lacks."""
    return FOLDER / "site" / str(sys.implementation.cache_tag)


def read_notes() -> InstallNotes:
    """The notes beside the plugin; empty ones in a checkout."""
    try:
        notes = json.loads((FOLDER / "plugin.json").read_text(encoding="utf-8"))
    except OSError:
        return InstallNotes()
    return InstallNotes(tuple(notes.get("program") or ()), notes.get("environment", {}), str(notes.get("farm", "")))


def load_panel() -> Callable[[Tasks], DockPanel]:
    """Imports the panel, in a task; returns make_panel(tasks), which is for CueGUI's thread."""
    from cueffmpeg_gui.gui.dock.lazy_scores import LazyScoresPane
    from cueffmpeg_gui.gui.dock.models.dock_backend import DockBackend
    from cueffmpeg_gui.gui.dock.models.dock_job import DockJob
    from cueffmpeg_gui.gui.dock.panel import DockPanel

    farm = read_notes().farm

    def make_panel(tasks: Tasks) -> DockPanel:
        backend = DockBackend(farm)
        return DockPanel(DockJob(backend, tasks), LazyScoresPane(tasks, lambda: _load_scores(backend, tasks)))

    return make_panel


def _load_scores(backend: DockBackend, tasks: Tasks) -> Callable[[], ScoresPane]:
    from cueffmpeg_gui.gui.dock.scores_pane import ScoresPane

    site = str(site_folder())
    if site not in sys.path:
        # At the very end: whatever CueGUI has of its own is taken first.
        sys.path.append(site)
    try:
        from cueffmpeg_gui.gui.dock.dock_scores import DockScores
    except ImportError as error:
        sentence = _missing(error)
        return lambda: ScoresPane(sentence)
    return lambda: DockScores(backend, tasks)


def _missing(error: ImportError) -> str:
    program = " ".join(read_notes().program or ("cueffmpeg",))
    return (
        f"Curve and scores need numpy and pyqtgraph, which CueGUI's Python does not have ({error}). Bring them with: "
        f"{program} cuegui install --python {sys.executable}"
    )
