# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The list of jobs as differences; and actions on named frames."""

from collections.abc import Callable, Iterator
from typing import Any

import grpc
import pytest
from opencue_proto import job_pb2

from cueffmpeg_gui.errors import FarmUnreachable
from cueffmpeg_gui.farm.actions import BATCH, act_on_named
from cueffmpeg_gui.farm.connection import FarmConnection, connect
from cueffmpeg_gui.farm.job_list import MOST_UNKNOWN, JobList
from cueffmpeg_gui.farm.status import JobStatus


def job(number: int, **given: Any) -> Any:
    stats = job_pb2.JobStats(total_layers=given.pop("layers", 2), total_frames=4)
    return job_pb2.Job(id=f"id{number}", name=f"job{number}", start_time=number, job_stats=stats, **given)


class Farm:
    """Jobs that a test changes; odd ones are ours."""

    def __init__(self, scripted: Any) -> None:
        self.jobs: list[Any] = []
        self.scripted = scripted
        scripted.answers["GetJobs"] = lambda request: job_pb2.JobGetJobsResponse(jobs=job_pb2.JobSeq(jobs=self.jobs))
        scripted.answers["GetLayers"] = self.layers

    def layers(self, request: Any) -> Any:
        is_ours = int(request.job.id[2:]) % 2
        layer = job_pb2.Layer(id="l", services=["cueffmpeg" if is_ours else "shell"])
        return job_pb2.JobGetLayersResponse(layers=job_pb2.LayerSeq(layers=[layer]))


@pytest.fixture
def farm(scripted: Any) -> Farm:
    return Farm(scripted)


@pytest.fixture
def connection(scripted: Any) -> Iterator[FarmConnection]:
    made = connect(scripted.address)
    yield made
    made.close()


def test_only_differences_are_told_the_newest_first(farm: Farm, connection: FarmConnection) -> None:
    listed = JobList()
    farm.jobs = [job(1), job(2), job(3), job(5, layers=20)]
    first = listed.poll(connection)
    assert [one.name for one in first.changed] == ["job3", "job1"]
    assert listed.poll(connection).changed == ()
    farm.jobs = [job(1, is_paused=True), job(2, is_paused=True)]
    second = listed.poll(connection)
    assert [(one.name, one.paused) for one in second.changed] == [("job1", True)]
    assert second.gone == ("id3",)
    farm.jobs.append(job(3))
    assert [one.name for one in listed.poll(connection).changed] == ["job3"]


def test_a_job_is_asked_about_once_whatever_the_connection(farm: Farm, connection: FarmConnection) -> None:
    listed = JobList()
    farm.jobs = [job(1), job(2)]
    listed.poll(connection)
    listed.poll(connect(farm.scripted.address))
    assert len(farm.scripted.requests("GetLayers")) == 2


def test_many_unknown_jobs_come_in_parts(farm: Farm, connection: FarmConnection) -> None:
    farm.jobs = [job(number) for number in range(1, MOST_UNKNOWN + 101)]
    listed = JobList()
    first, second = listed.poll(connection), listed.poll(connection)
    assert (first.has_more, second.has_more) == (True, False)
    assert first.changed[0].id == f"id{MOST_UNKNOWN + 99}"
    assert len(first.changed) + len(second.changed) == (MOST_UNKNOWN + 100) / 2


def test_what_a_failure_kept_from_being_told_is_told_later(farm: Farm, connection: FarmConnection) -> None:
    listed = JobList()
    farm.jobs = [job(1)]
    listed.poll(connection)
    farm.jobs = [job(1, is_paused=True), job(3)]
    farm.scripted.answers["GetLayers"] = (grpc.StatusCode.UNAVAILABLE, "gone")
    with pytest.raises(FarmUnreachable):
        listed.poll(connection)
    farm.scripted.answers["GetLayers"] = farm.layers
    assert [one.name for one in listed.poll(connection).changed] == ["job3", "job1"]


def test_named_frames_are_taken_in_batches_whatever_their_states(
    scripted: Any, connection: FarmConnection, make_job: Callable[..., JobStatus]
) -> None:
    scripted.answers["RetryFrames"] = lambda request: job_pb2.JobRetryFramesResponse()
    names = [f"{number:04}-encode" for number in range(BATCH + 1)]
    act_on_named(connection, make_job(4), "retry", names)
    asked = [list(request.req.frames) for request in scripted.requests("RetryFrames")]
    assert asked == [names[:BATCH], names[BATCH:]]
