# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What the farm takes and keeps: shows, users, names, many jobs."""

import os
from pathlib import Path

import grpc
import pytest
from farm_jobs import Start, frames_of, jobs_of, launch, layer
from opencue_proto import job_pb2


def test_a_lenient_farm_makes_shows_and_takes_its_own_root(root: Path, start: Start) -> None:
    with jobs_of(start()) as jobs:
        assert launch(jobs, layer("true"), show="mine").show == "mine"
        if os.getuid() == 0:
            assert launch(jobs, layer("true"), name="mine", user="root", uid="<uid>0</uid>").uid == 0
        else:
            with pytest.raises(grpc.RpcError, match="Cannot launch jobs as root"):
                launch(jobs, layer("true"), name="mine", user="root")


@pytest.mark.parametrize("show", ["../up", "a/b", "..", "-x", "a b"])
def test_names_that_would_leave_the_folder_are_refused(root: Path, start: Start, show: str) -> None:
    with jobs_of(start()) as jobs, pytest.raises(grpc.RpcError, match=r"The show name: .* is not in the proper format"):
        launch(jobs, layer("true"), show=show)


def test_many_frames_and_many_jobs(root: Path, start: Start) -> None:
    with jobs_of(start()) as jobs:
        big = launch(jobs, layer("true", "1-10000"), name="big")
        jobs.Pause(job_pb2.JobPauseRequest(job=big))
        assert len({frame.id for frame in frames_of(jobs, big)}) == 1000
        for number in range(200):
            jobs.Pause(job_pb2.JobPauseRequest(job=launch(jobs, layer("true", "1-3"), name=f"j{number:05d}")))
        criteria = job_pb2.JobSearchCriteria(include_finished=True)
        listed = jobs.GetJobs(job_pb2.JobGetJobsRequest(r=criteria)).jobs.jobs
        assert len(listed) == 201
        assert sum(job.job_stats.total_frames for job in listed) == 10600
