# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A frame's log for reading along: its end first, then what is added, in pieces a window can take."""

from __future__ import annotations

from dataclasses import dataclass

from cueffmpeg_gui.farm.logs import earlier_tries, log_path
from cueffmpeg_gui.farm.rqd_log import ERROR, text_of
from cueffmpeg_gui.farm.status import JobStatus
from cueffmpeg_gui.farm.tail import LogTail
from cueffmpeg_gui.media.log_time import text_without_time

__all__ = ["LogFeed", "LogPiece", "is_error", "text_without_time"]

FIRST_BYTES = 2 * 1024**2
MOST_BYTES = 1024**2
# A longer line is no text for people, and slow to lay out.
LONGEST_LINE = 2000


@dataclass(frozen=True)
class LogPiece:
    """Lines that came; `anew` when what was given before belongs to another file.

    `skipped` bytes before the first line are not given. `tries` are the paths of all tries, the newest last.
    """

    anew: bool
    lines: tuple[str, ...]
    skipped: int
    tries: tuple[str, ...]


class LogFeed:
    """Follows the log of a frame, or the one of an earlier try. Raises InputRefused for a job that logs to Loki."""

    def __init__(self, job: JobStatus, frame_name: str, path: str | None = None) -> None:
        self._newest = log_path(job, frame_name)
        self._tail = LogTail(path or self._newest, FIRST_BYTES, max(FIRST_BYTES, MOST_BYTES))
        self._generation = -1

    @property
    def path(self) -> str:
        """The file that is read."""
        return self._tail.path

    def read(self) -> LogPiece:
        """What came since the last call, FIRST_BYTES at most."""
        raw = self._tail.read()
        anew = self._tail.generation != self._generation
        self._generation = self._tail.generation
        lines = tuple(_shown(piece) for line in raw for piece in line.split(b"\r") if piece or not line)
        return LogPiece(anew, lines, self._tail.skipped, (*earlier_tries(self._newest), self._newest))


def is_error(line: str) -> bool:
    """Whether a line is the worker's sentence of what went wrong."""
    return text_without_time(line).startswith(ERROR)


def _shown(line: bytes) -> str:
    text = text_of(line[:LONGEST_LINE]).replace("\x00", "\N{REPLACEMENT CHARACTER}")
    return f"{text} …" if len(line) > LONGEST_LINE else text
