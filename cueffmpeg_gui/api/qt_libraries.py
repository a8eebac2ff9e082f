# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The system libraries that Qt's wheels expect of a Linux: Qt itself only aborts when one is missing."""

import ctypes
import sys
from collections.abc import Mapping

# Library → Debian package.
ALWAYS = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
ON_X11 = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}


def missing_packages(environment: Mapping[str, str]) -> list[str]:
    """Debian's names of what is missing for a window in this environment; with no screen, for one without."""
    if sys.platform != "linux":
        return []
    is_x11 = bool(environment.get("DISPLAY")) and not environment.get("QT_QPA_PLATFORM")
    needed = {**ALWAYS, **(ON_X11 if is_x11 else {})}
    return [package for library, package in needed.items() if not _loads(library)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
