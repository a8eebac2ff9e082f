# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What the dock is made of, imported off CueGUI's thread. numpy and pyqtgraph may be missing: CueGUI needs neither."""

import json
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent


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
    """Imports the panel, in a task; returns make_panel(tasks), which is for CueGUI's thread."""
    from cueffmpeg_gui.gui.dock.lazy_scores import LateSide
    from cueffmpeg_gui.gui.dock.models.dock_backend import DockSource
    from cueffmpeg_gui.gui.dock.models.dock_job import DockJob
    from cueffmpeg_gui.gui.dock.panel import DockPanel

    def make_panel(tasks):
        source = DockSource()
        return DockPanel(DockJob(source, tasks), LateSide(tasks, lambda: _bring_scores(source, tasks)))

    return make_panel


def _bring_scores(source, tasks):
    from cueffmpeg_gui.gui.dock.scores_pane import DockSide

    site = str(site_folder())
    if site not in sys.path:
        # At the very end: whatever CueGUI has of its own is taken first.
        sys.path.append(site)
    try:
        from cueffmpeg_gui.gui.dock.dock_scores import DockScores
    except ImportError as error:
        sentence = _missing(error)
        return lambda: DockSide(sentence)
    return lambda: DockScores(source, tasks)


def _missing(error):
    program = " ".join(read_notes().get("program", ["cueffmpeg"]))
    return (
        f"Curve and scores need numpy and pyqtgraph, which CueGUI's Python does not have ({error}). Bring them with: "
        f"{program} cuegui install --python {sys.executable}"
    )
