# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The scores of a job while it runs: out of its logs, and out of its folder what the logs do not hold."""

from __future__ import annotations

import time
from collections.abc import Sequence
from types import TracebackType

from cueffmpeg_gui.api.review.from_job_folder import live_review, merged_parts
from cueffmpeg_gui.api.review.review import Review
from cueffmpeg_gui.farm.frame_scores import ScoreFollower
from cueffmpeg_gui.jobs.chunk_results import PartFollower
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.scores import Scores

# Of the time that passes, this part at most goes into summing up scores that still grow.
SHARE = 0.1


class LiveScores:
    """Follows the scores of one job; `spec` and `folder` as far as they can be read here."""

    def __init__(
        self, name: str, logs: Sequence[str], frames: FrameRange | None, folder: str | None, spec: JobSpec | None
    ) -> None:
        self._name, self._spec, self._folder = name, spec, folder
        self._follower = ScoreFollower(logs, frames)
        self._parts = PartFollower(folder, spec) if folder and spec else None
        self._seen: tuple[Scores | None, list[Scores]] = (None, [])
        self._review: Review | None = None

    def poll(self) -> Review | None:
        """What is known so far; None before the first score. Nothing new gives the same object again."""
        logged = self._follower.poll()
        parts = self._parts.poll(logged.rows if logged else ()) if self._parts else []
        if logged is not self._seen[0] or parts != self._seen[1]:
            self._seen = logged, parts
            known = [*parts, *([logged] if logged and logged.rows else [])]
            self._review = self._together(known) if known else None
        return self._review

    def _together(self, known: list[Scores]) -> Review:
        merged = merged_parts(self._spec, known) if self._spec else known[-1]
        return live_review(self._name, self._spec, merged, self._folder)


class Throttle:
    """Work that is done often, and gets a share of the time at most, however long it takes."""

    def __init__(self, share: float = SHARE) -> None:
        self._share = share
        self._started = self._due = 0.0

    @property
    def is_due(self) -> bool:
        """Whether it may be done again."""
        return time.monotonic() >= self._due

    def __enter__(self) -> None:
        self._started = time.monotonic()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        now = time.monotonic()
        self._due = now + (now - self._started) * (1 / self._share - 1)
