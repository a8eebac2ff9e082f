# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A farm whose disk does not take what it writes no longer knows what it says: it tells that to everybody who asks."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path

PATIENCE = 3.0  # what lasts no longer is nobody's concern
_PROBE = 1 << 16
FULL = (errno.ENOSPC, errno.EDQUOT)


class Trouble:
    """Since when writing fails, and why."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._since = 0.0
        self._reason = ""

    @property
    def is_there(self) -> bool:
        return bool(self._since)

    def note(self, reason: str) -> None:
        """Something could not be written."""
        self._reason = reason
        self._since = self._since or time.monotonic()

    def clear(self) -> None:
        """Everything could."""
        self._since = 0.0

    def sentence(self) -> str:
        """What is told once it lasts; "" while there is nothing to tell."""
        if not self._since or time.monotonic() - self._since < PATIENCE:
            return ""
        return (
            f"The local farm cannot write its state in {self._root} ({self._reason}), so what it knows of its jobs is "
            "not true any more; make room there, and it goes on by itself."
        )

    def has_room(self) -> bool:
        """Whether the disk takes a little. Notes why it does not."""
        path = self._root / "room.part"
        try:
            with open(path, "wb") as file:
                file.write(bytes(_PROBE))
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            self.note(error.strerror or str(error))
            return False
        finally:
            path.unlink(missing_ok=True)
        return True
