# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Lists of jobs are put together from what was made before, and are never old."""

import random
from typing import Any

import grpc
import pytest
from farm_jobs import Start, frames_of, jobs_of, launch, layer, wait_finished
from opencue_proto import comment_pb2, job_pb2
from waiting import wait_for


def listed(jobs: Any, **criteria: Any) -> list[Any]:
    request = job_pb2.JobGetJobsRequest(r=job_pb2.JobSearchCriteria(include_finished=True, **criteria))
    return list(jobs.GetJobs(request, timeout=20).jobs.jobs)


def test_a_list_holds_every_job_as_it_is_when_asked_alone(start: Start) -> None:
    chance = random.Random(16)
    with jobs_of(start()) as jobs:
        made = [launch(jobs, layer("/bin/true", "1-3", name="one"), name=f"job{n}") for n in range(4)]
        for job in made:
            wait_finished(jobs, job)
        actions = [
            lambda job: jobs.Pause(job_pb2.JobPauseRequest(job=job)),
            lambda job: jobs.SetPriority(job_pb2.JobSetPriorityRequest(job=job, val=chance.randrange(999))),
            lambda job: jobs.EatFrames(job_pb2.JobEatFramesRequest(job=job, req=job_pb2.FrameSearchCriteria())),
            lambda job: jobs.RetryFrames(job_pb2.JobRetryFramesRequest(job=job, req=job_pb2.FrameSearchCriteria())),
            lambda job: jobs.AddComment(
                job_pb2.JobAddCommentRequest(job=job, new_comment=comment_pb2.Comment(subject="s", message="m"))
            ),
        ]
        for _ in range(40):
            job = chance.choice(made)
            before = listed(jobs)
            chance.choice(actions)(job)
            assert [one.id for one in listed(jobs)] == [one.id for one in before]
            wait_for(lambda job=job: alone(jobs, job) in listed(jobs), "the list shows the job")


def alone(jobs: Any, job: Any) -> Any:
    return jobs.GetJob(job_pb2.JobGetJobRequest(id=job.id)).job


def test_what_an_action_did_is_in_the_next_list(start: Start) -> None:
    with jobs_of(start()) as jobs:
        job = launch(jobs, layer("/bin/true"))
        wait_finished(jobs, job)
        for value in range(5, 10):
            assert listed(jobs)
            jobs.SetPriority(job_pb2.JobSetPriorityRequest(job=job, val=value))
            assert [one.priority for one in listed(jobs)] == [value]


@pytest.mark.parametrize(
    "criteria",
    [
        {"regex": ["(([a-z]|-|_|[0-9])+)+!"]},
        {"substr": ["%".join("t" * 20) + "!"]},
    ],
    ids=["nested", "wildcards"],
)
def test_a_search_that_takes_for_ever_is_refused_and_harms_nobody(start: Start, criteria: dict[str, Any]) -> None:
    with jobs_of(start()) as jobs:
        job = launch(jobs, layer("/bin/true"), name="t" * 150)
        request = job_pb2.JobGetJobsRequest(r=job_pb2.JobSearchCriteria(include_finished=True, **criteria))
        slow = [jobs.GetJobs.future(request, timeout=30) for _ in range(4)]
        wait_finished(jobs, job)  # meanwhile the farm works and answers
        for future in slow:
            assert future.code() is grpc.StatusCode.INVALID_ARGUMENT


def test_thousands_of_ids_are_no_trouble(start: Start) -> None:
    with jobs_of(start()) as jobs:
        job = launch(jobs, layer("/bin/true"))
        assert [one.id for one in listed(jobs, ids=[job.id, *map(str, range(5000))])] == [job.id]
        assert [one.id for one in listed(jobs, substr=["nothing"] * 5000 + [job.name[-4:]])] == [job.id]


def test_pages_of_frames_are_whole(start: Start) -> None:
    with jobs_of(start()) as jobs:
        job = launch(jobs, layer("/bin/true", "1-500", "one"), layer("/bin/true", "1-500", "two"))
        found = []
        for page in range(1, 12):
            wanted = job_pb2.FrameSearchCriteria(page=page, limit=100)
            found += jobs.GetFrames(job_pb2.JobGetFramesRequest(job=job, req=wanted)).frames.frames
        assert [frame.name for frame in found] == [frame.name for frame in frames_of(jobs, job)]
        only = job_pb2.FrameSearchCriteria(page=2, limit=100, layers=["two"])
        of_two = jobs.GetFrames(job_pb2.JobGetFramesRequest(job=job, req=only)).frames.frames
        assert [frame.number for frame in of_two] == list(range(101, 201))
