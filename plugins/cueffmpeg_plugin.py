# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What CueGUI finds: a dock plugin, and the job-menu items. It is imported at every start, so it does next to nothing.

CueGUI knows this folder only while it imports this file, so both packages are found here and now: they keep their
places, and what is needed later needs no path.
"""

from __future__ import annotations

import sys
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cueffmpeg_cuegui.dock import Dock

HERE = Path(__file__).resolve().parent


def _load(name: str) -> None:
    """Imports a package from beside this file; the program's own, in a checkout, from above. Another's wins nowhere."""
    spec = PathFinder.find_spec(name, [str(HERE), str(HERE.parent)])
    if name not in sys.modules and spec is not None and spec.loader is not None:
        sys.modules[name] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])


for _name in ("cueffmpeg_gui", "cueffmpeg_cuegui"):
    _load(_name)

from cueffmpeg_cuegui import PLUGIN_NAME, menu  # noqa: E402

PLUGIN_CATEGORY = "Other"
PLUGIN_DESCRIPTION = "Chunks, scores and failures of cueffmpeg's jobs"
PLUGIN_PROVIDES = "open_dock"

menu.add()


def open_dock(main_window: Any) -> Dock:
    """The dock; what it needs is imported when it is opened."""
    from cueffmpeg_cuegui.dock import Dock

    return Dock(main_window)


__all__ = ["PLUGIN_CATEGORY", "PLUGIN_DESCRIPTION", "PLUGIN_NAME", "PLUGIN_PROVIDES", "open_dock"]
