# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What the dock is made of, imported off CueGUI's thread. numpy and pyqtgraph may be missing: CueGUI needs neither."""

import json
import sys
from importlib import import_module
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent
PANEL = "cueffmpeg_gui.gui.widgets.dock_panel"
SCORES = "cueffmpeg_gui.gui.widgets.dock_scores"
EXTRA = ("numpy", "pyqtgraph")


def site_folder():
    """Where packages for this interpreter lie that CueGUI lacks."""
    return FOLDER / "site" / sys.implementation.cache_tag


def read_notes():
    """What the installation wrote down: {"program": [...], "version": ...}; nothing in a checkout."""
    try:
        return json.loads((FOLDER / "plugin.json").read_text(encoding="utf-8"))
    except OSError:
        return {}


def bring_parts():
    """Imports all that is heavy; returns "" or a sentence that says why there can be no scores. For tasks."""
    site = str(site_folder())
    if site not in sys.path:
        # At the very end: whatever CueGUI has of its own is taken first.
        sys.path.append(site)
    import_module(PANEL)
    try:
        for name in (*EXTRA, SCORES):
            import_module(name)
    except ImportError as error:
        if (error.name or "").split(".")[0] in EXTRA or isinstance(error, ModuleNotFoundError):
            return _missing(error)
        raise
    return ""


def make_panel(tasks, missing):
    """The panel, on CueGUI's thread."""
    from cueffmpeg_gui.gui.models.dock_job import DockJob
    from cueffmpeg_gui.gui.models.dock_source import DockSource
    from cueffmpeg_gui.gui.widgets.dock_panel import DockPanel
    from cueffmpeg_gui.gui.widgets.dock_side import DockSide

    source = DockSource()
    side = DockSide(missing) if missing else sys.modules[SCORES].DockScores(source, tasks)
    return DockPanel(DockJob(source, tasks), side)


def _missing(error):
    program = " ".join(read_notes().get("program", ["cueffmpeg"]))
    return (
        f"Curve and scores need numpy and pyqtgraph, which CueGUI's Python does not have ({error}). Bring them with: "
        f"{program} cuegui install --python {sys.executable}"
    )
