# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The items in CueGUI's job menu.

CueGUI loads menu plugins from its own folder alone, and only those that a file of its own lists. So the loader is
wrapped while CueGUI runs: its plugins come as they came, ours after them. No file of CueGUI is touched.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Optional

import cuegui
import cuegui.Utils
from qtpy.QtGui import QAction

from cueffmpeg_cuegui.guard import guarded

if TYPE_CHECKING:
    from cueffmpeg_cuegui.menu_context import MenuItems

MARK = "cueffmpeg_original"


@guarded()
def add() -> None:
    """Wraps CueGUI's loader, once, until CueGUI ends. Older CueGUIs have none."""
    loader = _loader()
    if loader is None or hasattr(loader.load_plugins, MARK):
        return
    original = loader.load_plugins

    def load_plugins(job: Any, parent: Any = None) -> list[Any]:
        return [*original(job=job, parent=parent), *_ours(parent)]

    setattr(load_plugins, MARK, original)
    loader.load_plugins = load_plugins
    cuegui.app().aboutToQuit.connect(remove)


@guarded()
def remove() -> None:
    """Takes our wrapper off, if nobody has put another over it."""
    loader = _loader()
    original = getattr(loader.load_plugins, MARK, None) if loader else None
    if original is not None:
        loader.load_plugins = original


def _loader() -> Any:
    try:
        return import_module("cuegui.cueguiplugin.loader")
    except ImportError:
        return None


def _ours(parent: Any) -> list[JobMenu]:
    return [JobMenu(parent)] if hasattr(parent, "selectedObjects") else []


class JobMenu:
    """Made anew for each job of each right click; only the last one is asked for actions. Not called Plugin:
    CueGUI treats a class of that name as a launcher of programs."""

    # The newest menu's items: CueGUI does not keep them while the menu is open.
    shown: Optional[MenuItems] = None

    def __init__(self, tree: Any) -> None:
        self._tree = tree

    def menuAction(self) -> list[QAction]:
        """The actions, disabled until the farm has said what the jobs are."""
        return self._actions() or []

    @guarded()
    def _actions(self) -> list[QAction]:
        from cueffmpeg_cuegui.menu_context import MenuItems

        jobs = [thing for thing in self._tree.selectedObjects() if cuegui.Utils.isJob(thing)]
        ids = list(dict.fromkeys(job.data.id for job in jobs))
        items = JobMenu.shown = MenuItems(self._tree.window(), ids)
        return items.actions
