# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The log file of one run: rotation, whole writes, and what to do when the disk is full."""

from __future__ import annotations

import os
from pathlib import Path

from cueffmpeg_gui.localfarm.run.rqd_log import LogFormat, RunFacts, RunReport

MAX_ROTATIONS = 100


def rotate(path: Path) -> None:
    """Keep the log of the try before: it becomes the first free .1, .2 … (the oldest is .1)."""
    if not path.exists():
        return
    for number in range(1, MAX_ROTATIONS + 1):
        kept = path.with_name(f"{path.name}.{number}")
        if not kept.exists() or number == MAX_ROTATIONS:
            os.replace(path, kept)
            return


class LogWriter:
    """Takes the bytes a frame writes, as they come, and stamps each line once, at its beginning."""

    def __init__(self, path: Path, log_format: LogFormat) -> None:
        """Rotate and open. Raises OSError when the folder cannot be made or written to."""
        path.parent.mkdir(parents=True, exist_ok=True)
        rotate(path)
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        self._format = log_format
        self._at_line_start = True
        self.lost = 0

    def write_header(self, facts: RunFacts) -> None:
        """Raises OSError: a run whose log cannot even hold its header is not begun."""
        self._write_all(self._format.header(facts).encode("utf-8", "surrogateescape"))

    def write_output(self, data: bytes) -> None:
        """Append output. What a full disk does not take is lost; the frame goes on."""
        stamp = self._format.stamp()
        text = data
        if stamp:
            text = data.replace(b"\n", b"\n" + stamp)
            text = text[: -len(stamp)] if data.endswith(b"\n") else text
            text = stamp + text if self._at_line_start else text
        self._at_line_start = data.endswith(b"\n")
        self._write_or_lose(text)

    def write_footer(self, facts: RunFacts, report: RunReport) -> None:
        text = self._format.footer(facts, report)
        if not self._at_line_start:
            text = "\n" + text
        self._write_or_lose(text.encode("utf-8", "surrogateescape"))

    def close(self) -> None:
        os.close(self._file)

    def _write_or_lose(self, data: bytes) -> None:
        try:
            self._write_all(data)
        except OSError:
            self.lost += len(data)

    def _write_all(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(self._file, view) :]
