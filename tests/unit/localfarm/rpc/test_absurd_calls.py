# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A call that makes no sense is refused by its name; the farm goes on as before."""

from collections.abc import Iterator
from typing import Any

import grpc
import pytest
from farm_jobs import Start, jobs_of, launch, layer, wait_finished
from opencue_proto import job_pb2
from peak_memory import run_and_measure

from cueffmpeg_gui.localfarm import control
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


# A value of a layer, and what the sentence says about it.
ABSURD = [
    *(("frames", text, "holds more than 1000000 frames") for text in RANGES),
    ("frames", "1-" + "9" * 5000, "with a number beyond 2147483647"),
    ("frames", "99999999999", "with a number beyond 2147483647"),
    ("frames", "1-10:2147483647", "with steps of more than 1000000 frames"),
    ("frames", "1-10x2147483647", "with steps of more than"),
    ("chunk", "99999999999", "is beyond 2147483647"),
    ("chunk", "9" * 5000, "is beyond 2147483647"),
    ("chunk", "nan", "is no finite number"),
    ("cores", "nan", "is no finite number"),
    ("cores", "Infinity", "is no finite number"),
    ("cores", "-inf", "is no finite number"),
    ("cores", "2147483647", "is more than 1000000 cores"),
    ("cores", "1.0e300", "is more than 1000000 cores"),
    ("cores", "1" + "0" * 5000 + ".0", "is no finite number"),
    ("memory", "9e300m", "is more than 1048576 GB"),
    ("memory", "9223372036854775807g", "is more than"),
    ("memory", "9223372036854775808g", "is beyond 9223372036854775807"),
    ("memory", "infm", "is no finite number"),
]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The calls of one farm for all values."""
    root = tmp_path_factory.mktemp("farm")
    with jobs_of(control.start(root, settings=control.FarmSettings(cores=2))) as jobs:
        yield jobs
    control.stop(root)


@pytest.mark.parametrize(("what", "value", "said"), ABSURD, ids=lambda text: text[:24])
def test_an_absurd_value_of_a_job_is_refused_by_its_name(running: Any, what: str, value: str, said: str) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        launch(running, layer("/bin/true", **{what: value}))
    assert refused.value.code() is INVALID  # type: ignore[attr-defined]  # grpc has no types
    details = refused.value.details()  # type: ignore[attr-defined]  # grpc has no types
    name = "range" if what == "frames" else what
    assert details.startswith(f"Failed to launch and add job: The {name} {value[:40]!r}"[:-1])
    assert said in details
    assert len(details) < 400


@pytest.mark.parametrize(("what", "value"), [("chunk", "0"), ("chunk", "-1"), ("chunk", "x"), ("memory", "1.5")])
def test_what_cuebot_is_known_to_call_internal_stays_so(running: Any, what: str, value: str) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        launch(running, layer("/bin/true", **{what: value}))
    assert refused.value.code() is grpc.StatusCode.INTERNAL  # type: ignore[attr-defined]  # grpc has no types


@pytest.mark.parametrize(
    "pattern", ["(" * 500 + "a" + ")" * 500, "(", "a{99999999999}", "*"], ids=lambda text: text[:4]
)
def test_an_expression_that_cannot_be_read_is_refused_by_its_name(running: Any, pattern: str) -> None:
    launch(running, layer("/bin/true"), name=f"t{len(pattern)}{ord(pattern[-1])}")
    wanted = job_pb2.JobSearchCriteria(regex=[pattern], include_finished=True)
    with pytest.raises(grpc.RpcError) as refused:
        running.GetJobs(job_pb2.JobGetJobsRequest(r=wanted), timeout=60)
    assert refused.value.code() is INVALID  # type: ignore[attr-defined]  # grpc has no types
    assert repr(pattern[:40])[:-1] in refused.value.details()  # type: ignore[attr-defined]  # grpc has no types


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
