# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A call that makes no sense is refused by its name; the farm goes on as before."""

from typing import Any

import grpc
import pytest
from farm_jobs import Start, jobs_of, launch, layer, wait_finished
from opencue_proto import job_pb2
from peak_memory import run_and_measure

from cueffmpeg_gui.localfarm.spec.frame_ranges import MOST_FRAMES, count_frames, parse_range

INVALID = grpc.StatusCode.INVALID_ARGUMENT
RANGES = ["1-2147483647", "-2147483647-2147483647", "1-2147483647:7", "2147483647-1y-3", ",".join(["1-999999"] * 3)]


def refusal(call: Any, request: Any) -> grpc.StatusCode:
    with pytest.raises(grpc.RpcError) as refused:
        call(request, timeout=60)
    code: grpc.StatusCode = refused.value.code()  # type: ignore[attr-defined]  grpc has no types
    return code


def test_absurd_calls_are_refused(start: Start) -> None:
    with jobs_of(start()) as jobs:
        job = launch(jobs, layer("/bin/true"))
        for text in (*RANGES, "9" * 5000):
            wanted = job_pb2.FrameSearchCriteria(frame_range=text, page=1, limit=10)
            assert refusal(jobs.GetFrames, job_pb2.JobGetFramesRequest(job=job, req=wanted)) is INVALID
        for cores in (float("nan"), float("inf"), -3e38):
            assert refusal(jobs.SetMaxCores, job_pb2.JobSetMaxCoresRequest(job=job, val=cores)) is INVALID
            assert refusal(jobs.SetMinCores, job_pb2.JobSetMinCoresRequest(job=job, val=cores)) is INVALID
        farthest = job_pb2.FrameSearchCriteria(page=2**31 - 1, limit=2**31 - 1)
        assert not jobs.GetFrames(job_pb2.JobGetFramesRequest(job=job, req=farthest)).frames.frames
        wait_finished(jobs, launch(jobs, layer("/bin/true"), name="other"))


@pytest.mark.parametrize("frames", [*RANGES, "1-" + "9" * 5000])
def test_a_job_of_too_many_frames_is_refused(start: Start, frames: str) -> None:
    with jobs_of(start()) as jobs, pytest.raises(grpc.RpcError):
        launch(jobs, layer("/bin/true", frames))


@pytest.mark.parametrize(
    "given", [{"memory": "9e300m"}, {"memory": "9223372036854775807g"}, {"cores": "1e300.0"}, {"cores": "1.0e300"}]
)
def test_a_layer_that_wants_too_much_is_taken_or_refused_as_a_whole(start: Start, given: dict[str, str]) -> None:
    with jobs_of(start()) as jobs:
        try:
            job = launch(jobs, layer("/bin/true", **given))
        except grpc.RpcError as refused:
            assert refused.code() is grpc.StatusCode.INTERNAL  # type: ignore[attr-defined]  # noqa: PT017  may be taken
        else:
            wait_finished(jobs, job)


@pytest.mark.parametrize("text", RANGES)
def test_frames_are_counted_before_they_are_made(text: str) -> None:
    count = "import sys\nfrom cueffmpeg_gui.localfarm.spec.frame_ranges import parse_range\n"
    _, before, _ = run_and_measure(count)
    asked = count + "try:\n    parse_range(sys.argv[1])\nexcept ValueError as refused:\n    print(refused)\n"
    (sentence,), memory, _ = run_and_measure(asked, text)
    assert "holds more than" in sentence
    assert memory - before < 50 << 20


@pytest.mark.parametrize("text", ["1-9", "9-1", "1-9x3", "9-1x-2", "1-9y2", "1-9:4", "7", "1-3,8-12", "9-1x1"])
def test_a_count_is_never_too_low(text: str) -> None:
    assert len(parse_range(text)) <= count_frames(text) < MOST_FRAMES
