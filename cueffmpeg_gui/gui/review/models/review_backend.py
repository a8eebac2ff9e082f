# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What the review page asks of the api and the disk: calls that block, for tasks only."""

from __future__ import annotations

import os
from collections.abc import Sequence

from qtpy.QtGui import QImage

from cueffmpeg_gui.api.monitor.jobs import JobStatus, describe_job
from cueffmpeg_gui.api.monitor.scores import ScoreWatch
from cueffmpeg_gui.api.review.load import load_review, with_clips
from cueffmpeg_gui.api.review.report import write_report
from cueffmpeg_gui.api.review.review import Review
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.gui.common.session import Session
from cueffmpeg_gui.media.unchanged import no_longer_there


class ReviewBackend:
    """The files and the farm of a session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def load(self, target: str) -> Review:
        """The review of a job, a job folder or a file of scores; raises InputRefused."""
        if os.sep in target and not os.path.exists(target):
            raise no_longer_there(target)
        return load_review(target, self._session.settings)

    def watch(self, target: str) -> ReviewWatch:
        """Follows how a review of this target grows."""
        return ReviewWatch(self._session, target)

    def with_clips(self, review: Review, reference: str, encode: str) -> Review:
        """The review with both clips named by hand; raises InputRefused."""
        return with_clips(review, reference, encode)

    def write(self, reviews: Sequence[Review], path: str) -> None:
        """Writes a report in the format of the path's ending; raises InputRefused."""
        write_report(reviews, path)


class ReviewWatch:
    """Follows the review of a job or a job folder while scores come; without new scores it returns the same object."""

    def __init__(self, session: Session, target: str) -> None:
        self._session, self._target = session, target
        self._scores = ScoreWatch()
        self._job: JobStatus | None = None
        self._modified = 0

    def poll(self, review: Review) -> Review:
        """The review as it is now; raises InputRefused or FarmUnreachable."""
        return self._folder(review) if os.path.isdir(self._target) else self._of_job(review)

    def _folder(self, review: Review) -> Review:
        modified = _modified(os.path.join(self._target, "scores"))
        if modified == self._modified:
            return review
        self._modified = modified
        return load_review(self._target, self._session.settings)

    def _of_job(self, review: Review) -> Review:
        if self._job is None:
            self._job = describe_job(self._session.settings, self._target).job
        summary = self._scores.poll(self._session.connection(), self._job)
        return summary.review if summary else review


def save_image(image: QImage, path: str) -> None:
    """Writes an image in the format of the path's ending; raises InputRefused."""
    if not image.save(path):
        raise InputRefused(f"{path} cannot be written: its folder is not there, or may not be written to.")


def _modified(path: str) -> int:
    try:
        return os.stat(path).st_mtime_ns
    except OSError:
        return 0
