# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Reads a growing log a piece at a time, each byte once."""

import os
from typing import Optional


class LogTail:
    """Follows one file. `generation` counts up when the file was begun anew (a retry, a truncation).

    A consumer that keeps state starts anew, too, when the generation changes. No file, no lines.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.generation = 0
        self._identity: Optional[tuple[int, int]] = None
        self._offset = 0
        self._torn: list[bytes] = []

    def read(self) -> list[bytes]:
        """The lines that became complete since the last call, as bytes without their ends (\\n or \\r\\n)."""
        *lines, torn = self._new_bytes().split(b"\n")
        if lines:
            lines[0] = b"".join([*self._torn, lines[0]])
            self._torn.clear()
        if torn:
            self._torn.append(torn)
        return [line.removesuffix(b"\r") for line in lines]

    def rest(self) -> list[bytes]:
        """The last line if it has no end yet, for a file that nobody writes any more; else nothing."""
        rest = b"".join(self._torn)
        self._torn.clear()
        return [rest.removesuffix(b"\r")] if rest else []

    def _new_bytes(self) -> bytes:
        try:
            with open(self.path, "rb") as file:
                self._notice_new_file(os.fstat(file.fileno()))
                file.seek(self._offset)
                data = file.read()
        except OSError:  # not there yet, or its storage is away for a moment
            return b""
        self._offset += len(data)
        return data

    def _notice_new_file(self, stat: os.stat_result) -> None:
        identity = (stat.st_dev, stat.st_ino)
        if self._identity is not None and (identity != self._identity or stat.st_size < self._offset):
            self.generation += 1
            self._offset = 0
            self._torn.clear()
        self._identity = identity
