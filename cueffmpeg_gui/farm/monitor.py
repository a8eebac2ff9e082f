# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Asks a farm about jobs, layers and frames. Reads only; one RPC a call unless said otherwise."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Optional

from opencue_proto import job_pb2

from cueffmpeg_gui.farm.connection import FarmConnection
from cueffmpeg_gui.farm.messages import frame_from, job_from, layer_from
from cueffmpeg_gui.farm.status import (
    FrameCounts,
    FrameStatus,
    JobStatus,
    LayerStatus,
    outcome,
)
from cueffmpeg_gui.jobs.plan import SERVICE

__all__ = [
    "FrameChanges",
    "FrameCounts",
    "FrameStatus",
    "JobStatus",
    "LayerStatus",
    "changed_frames",
    "frames",
    "job_status",
    "layers",
    "list_jobs",
    "our_jobs",
    "outcome",
    "search_jobs",
]

# Cuebot's own limit (Criteria.MAX_RESULTS); it counts pages with the number asked for, so ask for no more.
PAGE = 1000
# Ours have encode, audio, join, compare and summary, with room to grow: a job of more layers need not be asked.
MOST_LAYERS = 8
FEW_PAGES, PAGES_AT_ONCE = 4, 8
# A change is stamped when its transaction begins, and may be seen only after a later one.
OVERLAP_SECONDS = 5
# GetUpdatedFrames since then: no frame, but the farm's clock. Since long ago, a Cuebot never answers.
END_OF_TIME = 2**31 - 1


@dataclass(frozen=True)
class FrameChanges:
    """Frames as they are now, and the farm's clock (seconds since 1970) to ask with next."""

    frames: tuple[FrameStatus, ...]
    server_time: int


def list_jobs(
    connection: FarmConnection, user: Optional[str] = None, ours_only: bool = True, include_finished: bool = True
) -> list[JobStatus]:
    """Jobs, the newest first.

    A Cuebot cannot be asked for jobs by service. So with `ours_only`, each job of few layers that this
    connection has not met before costs one more RPC (GetLayers); what it was is remembered for good.
    """
    criteria = job_pb2.JobSearchCriteria(users=[user] if user else [], include_finished=include_finished)
    found = ask_for_ours(connection, criteria) if ours_only else search_jobs(connection, criteria)
    jobs = sorted(found, key=lambda job: (-job.start, job.name))
    return our_jobs(connection, jobs) if ours_only else jobs


def ask_for_ours(connection: FarmConnection, criteria: Any) -> list[JobStatus]:
    """Jobs by job_pb2.JobSearchCriteria: this program's alone where the farm can tell, else all."""
    request = job_pb2.JobGetJobsRequest(r=criteria)
    answer, are_ours = connection.call_for_service("job", "GetJobs", request, SERVICE)
    if are_ours:
        connection.ours.update(dict.fromkeys((data.id for data in answer.jobs.jobs), True))
    return [job_from(data) for data in answer.jobs.jobs]


def our_jobs(connection: FarmConnection, jobs: Sequence[JobStatus]) -> list[JobStatus]:
    """Those of the jobs that this program sent; asks the farm once about each it has not met before."""
    fitting = [job for job in jobs if 0 < job.layer_count <= MOST_LAYERS]
    unknown = [job for job in fitting if job.id not in connection.ours]
    requests = [job_pb2.JobGetLayersRequest(job=job_message(job)) for job in unknown]
    for job, answer in zip(unknown, connection.call_many("job", "GetLayers", requests)):
        if answer is not None:  # None: it left the farm since the list was made
            connection.ours[job.id] = any(layer_from(data).is_ours for data in answer.layers.layers)
    return [job for job in fitting if connection.ours.get(job.id)]


def job_status(connection: FarmConnection, job: JobStatus) -> JobStatus:
    """The job as it is now. Raises FarmRefused when the farm has forgotten it."""
    return job_from(connection.call("job", "GetJob", job_pb2.JobGetJobRequest(id=job.id)).job)


def layers(connection: FarmConnection, job: JobStatus) -> list[LayerStatus]:
    """The job's layers in dispatch order."""
    answer = connection.call("job", "GetLayers", job_pb2.JobGetLayersRequest(job=job_message(job)))
    return [layer_from(data) for data in sorted(answer.layers.layers, key=lambda data: data.dispatch_order)]


def frames(
    connection: FarmConnection, job: JobStatus, layer: Optional[str] = None, states: Sequence[str] = ()
) -> list[FrameStatus]:
    """All frames of a job or one layer of it, sorted by layer and number; one RPC for each 1,000.

    With `states` ("DEAD" …) only those in one of them; a frame that changes while pages are read may be left out.
    """
    criteria = job_pb2.FrameSearchCriteria(layers=[layer] if layer else [])
    criteria.states.frame_states.extend(job_pb2.FrameState.Value(state) for state in states)
    return sorted(_pages(connection, job, criteria), key=lambda frame: (frame.layer, frame.number))


def changed_frames(connection: FarmConnection, job: JobStatus, since: int) -> FrameChanges:
    """Frames that changed since `since`, the server_time of the answer before; 0 gives all frames.

    Loses none, however many changed, unlike GetUpdatedFrames with its 100; a frame may come twice. Two RPCs or more.
    """
    request = job_pb2.JobGetUpdatedFramesRequest(job=job_message(job), last_check=END_OF_TIME)
    clock = connection.call("job", "GetUpdatedFrames", request).server_time
    criteria = job_pb2.FrameSearchCriteria(change_date=max(0, since - OVERLAP_SECONDS))
    return FrameChanges(tuple(_pages(connection, job, criteria)), clock)


def job_message(job: JobStatus) -> Any:
    """The job as requests name it."""
    return job_pb2.Job(id=job.id, name=job.name)


def search_jobs(connection: FarmConnection, criteria: Any) -> list[JobStatus]:
    """Jobs by job_pb2.JobSearchCriteria."""
    answer = connection.call("job", "GetJobs", job_pb2.JobGetJobsRequest(r=criteria))
    return [job_from(data) for data in answer.jobs.jobs]


def _pages(connection: FarmConnection, job: JobStatus, criteria: Any) -> Iterator[FrameStatus]:
    criteria.page, criteria.limit = 1, PAGE
    request = job_pb2.JobGetFramesRequest(job=job_message(job), req=criteria)
    pages = [connection.call("job", "GetFrames", request)]
    while True:
        for page in pages:
            yield from map(frame_from, page.frames.frames if page is not None else ())
        if pages[-1] is None or len(pages[-1].frames.frames) < PAGE:
            return
        pages = connection.call_many("job", "GetFrames", _next_pages(job, criteria))


def _next_pages(job: JobStatus, criteria: Any) -> list[Any]:
    """Requests for the pages that follow, of many also such as may be empty; the criteria then stand at the last."""
    requests = []
    for _ in range(1 if criteria.page < FEW_PAGES else PAGES_AT_ONCE):
        criteria.page += 1
        requests.append(job_pb2.JobGetFramesRequest(job=job_message(job), req=criteria))
    return requests
