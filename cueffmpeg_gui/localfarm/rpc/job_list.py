# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The list of jobs, which every client asks for again and again: no message is made twice, no answer either."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from opencue_proto import job_pb2

from cueffmpeg_gui.localfarm.rpc.messages import job_message
from cueffmpeg_gui.localfarm.store.archive import Archive
from cueffmpeg_gui.localfarm.store.criteria import Conditions, job_conditions
from cueffmpeg_gui.localfarm.store.database import Store
from cueffmpeg_gui.localfarm.store.name_search import jobs_matching
from cueffmpeg_gui.localfarm.store.queries import read_jobs

MOST_ANSWERS = 16


class JobList:
    """Answers to GetJobs as bytes. Bytes of messages one after another are the message of all of them together."""

    def __init__(self, store: Store, archive: Archive) -> None:
        self._store = store
        self._archive = archive
        self._messages: dict[int, tuple[int, bytes]] = {}
        self._answers: dict[tuple[bytes, str, float], tuple[int, bytes]] = {}

    def answer(self, request: Any, service: str) -> bytes:
        """A JobGetJobsResponse; with a service, of its jobs alone. Raises CallRefused."""
        commit = self._store.changes.commits
        question = (request.SerializeToString(deterministic=True), service, self._archive.border(commit))
        known = self._answers.get(question)
        if known and known[0] == commit:
            return known[1]
        with self._store.snapshot():
            found = [row["pk"] for row in self.rows(request.r, service)]
            self._make([pk for pk in found if not self._holds(pk)], commit)
        answer = b"".join(self._messages[pk][1] for pk in found)
        if len(self._answers) >= MOST_ANSWERS:
            self._answers.clear()
        self._answers[question] = (commit, answer)
        return answer

    def rows(self, criteria: Any, service: str = "") -> list[sqlite3.Row]:
        """pk and name of the jobs (job.JobSearchCriteria), by name."""
        conditions = job_conditions(criteria, lambda patterns: jobs_matching(self._store.path, patterns))
        if not (criteria.ids or criteria.jobs or criteria.substr or criteria.regex):  # not looked for by name
            conditions.listed(self._archive.border(self._store.changes.commits))
        if service:
            conditions.of_service(service)
        sql = f"SELECT job.pk, job.name FROM job WHERE {conditions} ORDER BY job.name, job.pk"
        return self._store.rows(sql, conditions.values)

    def _holds(self, pk: int) -> bool:
        known = self._messages.get(pk)
        return known is not None and self._store.changes.holds(pk, known[0])

    def _make(self, wanted: Sequence[int], commit: int) -> None:
        if not wanted:
            return
        for job in read_jobs(self._store, Conditions().among("job.pk", wanted)):
            message = job_pb2.JobGetJobsResponse(jobs=job_pb2.JobSeq(jobs=[job_message(job)]))
            self._messages[job.row["pk"]] = (commit, message.SerializeToString())
