# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The list of jobs, asked for again and again: only what differs from the answer before is worked on."""

import time
from dataclasses import dataclass
from typing import Any, Optional

from opencue_proto import job_pb2

from cueffmpeg_gui.farm.connection import FarmConnection
from cueffmpeg_gui.farm.messages import job_from
from cueffmpeg_gui.farm.monitor import MOST_LAYERS, our_jobs
from cueffmpeg_gui.farm.status import JobStatus
from cueffmpeg_gui.jobs.plan import SERVICE

# Jobs never met before are asked about this many in one poll, the newest first.
MOST_UNKNOWN = 500
# Other threads get their turn after this many jobs.
BREATH = 50


@dataclass(frozen=True)
class JobChanges:
    """Jobs that are new or different, the newest first; ids that are gone; whether to ask again at once for more."""

    changed: tuple[JobStatus, ...]
    gone: tuple[str, ...]
    has_more: bool = False


class JobList:
    """Remembers the answer before. For one thread at a time."""

    def __init__(self, user: Optional[str] = None) -> None:
        self._user = user
        self._known: dict[str, tuple[bytes, JobStatus]] = {}
        self._reported: set[str] = set()
        # Differences that a failure on the way kept from being reported.
        self._unreported: set[str] = set()
        self._ours: dict[str, bool] = {}

    def poll(self, connection: FarmConnection) -> JobChanges:
        """This program's jobs, finished ones included, as differences to the poll before.

        One RPC; where the farm cannot tell its jobs apart, one more for each that was never met before.
        """
        if connection.ours is not self._ours:
            connection.ours.update(self._ours)  # a farm that was away is asked through a new connection
        self._ours = connection.ours
        criteria = job_pb2.JobSearchCriteria(users=[self._user] if self._user else [], include_finished=True)
        request = job_pb2.JobGetJobsRequest(r=criteria)
        answer, are_ours = connection.call_for_service("job", "GetJobs", request, SERVICE)
        self._unreported |= self._take(answer.jobs.jobs)
        if are_ours:
            self._ours.update(dict.fromkeys(self._known, True))
        fitting = (job for _, job in self._known.values() if 0 < job.layer_count <= MOST_LAYERS)
        waiting = [job for job in fitting if job.id not in self._ours]
        waiting.sort(key=lambda job: (-job.start, job.name))
        self._unreported |= {job.id for job in our_jobs(connection, waiting[:MOST_UNKNOWN])}
        news = [self._known[key][1] for key in self._unreported & self._known.keys() if self._ours.get(key)]
        news.sort(key=lambda job: (-job.start, job.name))
        self._unreported.clear()
        gone = self._reported - self._known.keys()
        self._reported = (self._reported | {job.id for job in news}) - gone
        return JobChanges(tuple(news), tuple(gone), len(waiting) > MOST_UNKNOWN)

    def _take(self, answer: Any) -> set[str]:
        """Keeps the answer; the ids of jobs that are new in it or different."""
        changed, known = set(), {}
        for number, data in enumerate(answer):
            before, raw = self._known.get(data.id), data.SerializeToString(deterministic=True)
            if before and before[0] == raw:
                known[data.id] = before
            else:
                known[data.id] = (raw, job_from(data))
                changed.add(data.id)
            if number % BREATH == 0:
                time.sleep(0)
        self._known = known
        return changed
