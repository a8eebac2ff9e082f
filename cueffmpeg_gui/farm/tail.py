# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Reads a growing log a piece at a time, each byte once."""

import os
from typing import Optional

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.open_file import open_regular


class LogTail:
    """Follows one file. `generation` counts up when the file was begun anew (a retry, a truncation).

    A consumer that keeps state starts anew, too, when the generation changes. No file, no lines.
    With `last_bytes` a longer file is read from its last line that begins within them on; `skipped` are the bytes
    before. One call reads `most_bytes` at most (-1: all there is); `has_more` says that it may have left some.
    """

    def __init__(self, path: str, last_bytes: Optional[int] = None, most_bytes: int = -1) -> None:
        self.path = path
        self.generation = 0
        self.skipped = 0
        self.has_more = False
        self._last_bytes = last_bytes
        self._most_bytes = most_bytes
        self._is_midway = False
        self._identity: Optional[tuple[int, int]] = None
        self._offset = 0
        self._torn: list[bytes] = []

    def read(self) -> list[bytes]:
        """The lines that became complete since the last call, as bytes without their ends (\\n or \\r\\n)."""
        data = self._new_bytes()
        lines = data.split(b"\n")
        torn = lines.pop()
        if lines:
            lines[0] = b"".join([*self._torn, lines[0]]).removesuffix(b"\r")
            self._torn.clear()
        if torn:
            self._torn.append(torn)
        return [line.removesuffix(b"\r") for line in lines] if b"\r" in data else lines

    def rest(self) -> list[bytes]:
        """The last line if it has no end yet, for a file that is not written any more; else nothing."""
        rest = b"".join(self._torn)
        self._torn.clear()
        return [rest.removesuffix(b"\r")] if rest else []

    def _new_bytes(self) -> bytes:
        try:
            with open_regular(self.path) as file:
                self._notice_new_file(os.fstat(file.fileno()))
                file.seek(self._offset)
                data = file.read(self._most_bytes)
        except (OSError, InputRefused):  # no file, not there yet, or its storage is away for a moment
            data = b""
        self.has_more = len(data) == self._most_bytes
        self._offset += len(data)
        return self._without_torn_begin(data)

    def _notice_new_file(self, stat: os.stat_result) -> None:
        identity = (stat.st_dev, stat.st_ino)
        if self._identity is not None and (identity != self._identity or stat.st_size < self._offset):
            self.generation += 1
            self._offset = 0
            self._torn.clear()
            self._identity = None
        if self._identity is None:
            self._begin(stat.st_size)
        self._identity = identity

    def _begin(self, size: int) -> None:
        if self._last_bytes is not None and size > self._last_bytes:
            self._offset = self.skipped = size - self._last_bytes
            self._is_midway = True
        else:
            self.skipped, self._is_midway = 0, False

    def _without_torn_begin(self, data: bytes) -> bytes:
        """Leaves out the rest of a line whose begin was skipped."""
        if not self._is_midway or not data:
            return data
        torn, end, rest = data.partition(b"\n")
        self.skipped += len(torn) + len(end)
        self._is_midway = not end
        return rest
