# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The backend of the Monitor's models: calls that block, for tasks only. Tests put a fake in its place."""

from cueffmpeg_gui.api.monitor.actions import act_on_job, set_priority
from cueffmpeg_gui.api.monitor.follower import JobChanges, JobFollower, JobList, JobNews, JobStatus, first_error
from cueffmpeg_gui.api.monitor.job_folder import JobDetails, existing, read_job_details
from cueffmpeg_gui.api.monitor.log import LogFeed
from cueffmpeg_gui.api.monitor.scores import ScoreSummary, ScoreWatch
from cueffmpeg_gui.api.monitor.summaries import JobSummaries, JobSummary
from cueffmpeg_gui.gui.common.session import Session


class MonitorBackend:
    """The farm of a session. Each follower is asked by one task at a time."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.forget()

    def forget(self) -> None:
        """Drops what is known: another farm is asked."""
        self._lists: dict[str | None, JobList] = {}
        self._followers: dict[str, JobFollower] = {}
        self._summaries = JobSummaries()
        self._scores: dict[str, ScoreWatch] = {}

    def jobs(self, user: str | None) -> JobChanges:
        """What changed in the list of jobs."""
        return self._lists.setdefault(user, JobList(user)).poll(self._session.connection())

    def news(self, job: JobStatus) -> JobNews:
        """What changed in a job."""
        return self._followers.setdefault(job.id, JobFollower()).poll(self._session.connection(), job)

    def summaries(self, jobs: list[JobStatus]) -> dict[str, JobSummary]:
        """Summaries of jobs, by their ids."""
        return self._summaries.poll(self._session.connection(), jobs)

    def scores(self, job: JobStatus) -> ScoreSummary | None:
        """A job's scores."""
        return self._scores.setdefault(job.id, ScoreWatch()).poll(self._session.connection(), job)

    def log_feed(self, job: JobStatus, frame_name: str, path: str | None) -> LogFeed:
        """The log of a frame, or of an earlier try."""
        return LogFeed(job, frame_name, path)

    def job_details(self, folder: str) -> JobDetails:
        """What is in a job folder."""
        return read_job_details(folder)

    def existing(self, path: str) -> str:
        """A path that is there."""
        return existing(path)

    def act(self, job: JobStatus, action: str, frame_names: list[str]) -> str:
        """Does an action to a job or frames; returns a sentence that says what."""
        return act_on_job(self._session.connection(), job, action, frame_names)

    def failure(self, job: JobStatus) -> str:
        """The error of a job's first failed frame."""
        frame, sentence = first_error(self._session.connection(), job)
        return f"{frame.layer} {frame.number}: {sentence}" if frame else ""

    def set_priority(self, job: JobStatus, priority: int) -> str:
        """A higher number goes first."""
        return set_priority(self._session.connection(), job, priority)
