# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Finds the job that is meant: an id, a name, or as much of the name as identifies it."""

from collections.abc import Callable, Sequence

from opencue_proto import job_pb2

from cueffmpeg_gui.errors import InputRefused, quoted
from cueffmpeg_gui.farm.connection import FarmConnection
from cueffmpeg_gui.farm.monitor import search_jobs
from cueffmpeg_gui.farm.status import JobStatus

MOST_NAMED = 5
# From the strictest to the most generous; the first that fits any job decides.
FITS: tuple[Callable[[str, str], bool], ...] = (
    lambda name, text: name == text,
    lambda name, text: name.endswith(f"_{text}"),
    lambda name, text: text in name,
)


def find_job(connection: FarmConnection, name_or_id: str) -> JobStatus:
    """The job of this id or name, finished ones included; or the only one whose name ends with or holds the text.

    Of several jobs of one name it is the one that is not finished, else the newest. Two RPCs.
    Raises InputRefused when there is none, or when several fit: then it names up to five.
    """
    text = name_or_id.strip()
    if not text:
        raise InputRefused("No job is named; give a job's name, the end of it, or its id.")
    found = search_jobs(connection, job_pb2.JobSearchCriteria(ids=[text], include_finished=True))
    if found:
        return found[0]
    lowered = text.lower()
    criteria = job_pb2.JobSearchCriteria(substr=[lowered], include_finished=True)
    return choose_job(search_jobs(connection, criteria), lowered, connection.address)


def choose_job(jobs: Sequence[JobStatus], text: str, address: str) -> JobStatus:
    """Pure: the job that `text` means among those of a farm."""
    for fits in FITS:
        fitting = [job for job in jobs if fits(job.name, text)]
        names = sorted({job.name for job in fitting})
        if len(names) == 1:
            return max(fitting, key=lambda job: (not job.is_finished, job.start))
        if names:
            more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
            raise InputRefused(
                f"{quoted(text)} fits several jobs: {', '.join(names[:MOST_NAMED])}{more}; write more of it."
            )
    raise InputRefused(
        f"The farm at {address} has no job named {quoted(text)}; finished jobs leave a farm after some days. "
        "List its jobs with: cueffmpeg jobs"
    )
