# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""CueGUI keeps to the port it was started with; a local farm that was started again may answer at another one."""

import json
import re
from typing import Optional

from cueffmpeg_gui.farm.connection import cuegui_address
from cueffmpeg_gui.farm.pycue import opencue

_LOOPBACK = re.compile(r"127\.0\.0\.1:[0-9]{1,5}")


class LocalFollower:
    """Leads CueGUI's connection to where the local farm of a state file (farm.json) answers now.

    Only a CueGUI that was seen on that farm is led anywhere: one on a Cuebot, or on another farm, is let be.
    """

    def __init__(self, state_file: str) -> None:
        self._file = state_file
        self._known = ""

    def follow(self) -> bool:
        """Whether the connection was led to another port just now. Reads a small file; for tasks only."""
        now, here = _address_in(self._file), cuegui_address()
        if now is None:
            return False
        is_left = bool(self._known) and here == self._known != now
        if is_left:
            opencue.Cuebot.setHosts([now])
        if is_left or here == now:
            self._known = now
        return is_left


def _address_in(path: str) -> Optional[str]:
    try:
        with open(path, encoding="utf-8") as file:
            found = json.loads(file.read(65536))["address"]
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return found if isinstance(found, str) and _LOOPBACK.fullmatch(found) else None
