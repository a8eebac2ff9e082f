# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The scores of a job while its compare frames run, out of their logs."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Optional

from cueffmpeg_gui.farm.logs import log_path
from cueffmpeg_gui.farm.rqd_log import RqdLogReader
from cueffmpeg_gui.farm.status import FrameStatus, JobStatus
from cueffmpeg_gui.farm.tail import LogTail
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.record_block import by_blocks
from cueffmpeg_gui.media.records import RecordReader
from cueffmpeg_gui.media.scores import Scores, merge_scores

SCORE_LAYER = "compare"
# Memory that is used over and over is faster than new memory.
PIECE_BYTES = 2**19


class ScoreFollower:
    """Follows the logs of compare frames. `frames` is the layer's range; without it, only chunks begun are expected."""

    def __init__(self, paths: Iterable[str], frames: Optional[FrameRange] = None) -> None:
        self._logs = [_FollowedLog(path) for path in paths]
        self._frames = frames
        self._scores: Optional[Scores] = None

    def poll(self) -> Optional[Scores]:
        """What is known so far, perhaps not complete; None before the first header. Reads only what is new.

        Nothing new gives the same object again. Raises InputRefused when the logs measure different things.
        """
        news = [log.read() for log in self._logs]
        if any(news):
            parts = [log.records.scores() for log in self._logs if log.records.header]
            self._scores = self._widened(merge_scores(parts)) if parts else None
        return self._scores

    def _widened(self, scores: Scores) -> Scores:
        return replace(scores, first=self._frames.first, last=self._frames.last) if self._frames else scores


class _FollowedLog:
    def __init__(self, path: str) -> None:
        self._tail = LogTail(path, most_bytes=PIECE_BYTES)
        self._begin()

    def read(self) -> bool:
        """Takes what is new; whether there was anything."""
        with uncollected():
            found = self._read_piece()
            while self._tail.has_more:
                found = self._read_piece() or found
        return found

    def _read_piece(self) -> bool:
        lines = self._tail.read()
        anew = self._tail.generation != self._generation
        if anew:
            self._begin()
        by_blocks(lines, self._take_records, self._take_line)
        return anew or bool(lines)

    def _take_records(self, lines: Sequence[bytes]) -> bool:
        """Score records come by the million; where they stand, nothing about them can be header or footer."""
        if not self._reader.in_output or not self.records.take_block(lines):
            return False
        self._reader.pass_output()
        return True

    def _take_line(self, line: bytes) -> None:
        for output in self._reader.feed([line]):
            self.records.take_line(output)

    def _begin(self) -> None:
        self._generation = self._tail.generation
        self._reader = RqdLogReader()
        self.records = RecordReader()


@contextmanager
def uncollected() -> Iterator[None]:
    """No garbage is looked for while rows are made by the million: they hold none, and looking takes its time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def score_logs(job: JobStatus, frames: Sequence[FrameStatus]) -> list[str]:
    """The paths of the logs that hold scores, among a job's frames. Raises InputRefused for a job that logs to Loki."""
    return [log_path(job, frame.name) for frame in frames if frame.layer == SCORE_LAYER]


def scores_from_logs(paths: Iterable[str]) -> Optional[Scores]:
    """The scores in logs as they are now, None when they hold none."""
    return ScoreFollower(paths).poll()
