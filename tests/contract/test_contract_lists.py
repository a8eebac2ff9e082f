# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Lists, searches, updates and unknown things."""

import json
import time
from pathlib import Path
from typing import Any

import grpc
import pytest
from cue_client import CueClient, layer
from opencue_proto import host_pb2, job_pb2, show_pb2

NOBODY = "00000000-0000-0000-0000-00000000dead"
GHOST = job_pb2.Job(id=NOBODY)
_KILL = {"username": "artist", "pid": "1", "host_kill": "h", "reason": "test"}


@pytest.fixture(scope="module")
def big(farm: CueClient) -> Any:
    """250 waiting frames in two layers."""
    layers = [layer("one", "/bin/true", "1-150"), layer("two", "/bin/true", "1-100")]
    return farm.launch("big", layers, paused="True")


def test_frames_come_in_dispatch_order_and_in_pages(farm: CueClient, big: Any) -> None:
    everything = [frame.name for frame in farm.get_frames(big)]
    assert everything[:4] == ["0001-one", "0001-two", "0002-one", "0002-two"]
    assert len(everything) == 250
    pages = [farm.get_frames(big, page=number, limit=100) for number in (1, 2, 3, 4)]
    assert [frame.name for page in pages for frame in page] == everything
    assert farm.get_frames(big, limit=0) == []
    assert len(farm.get_frames(big, limit=20000)) == 250


@pytest.mark.parametrize(
    ("criteria", "names"),
    [
        ({"layers": ["two"], "frame_range": "3"}, ["0003-two"]),
        ({"layers": ["two"], "frame_range": "3-5"}, ["0003-two", "0004-two", "0005-two"]),
        ({"layers": ["one"], "frame_range": "1-7x3"}, ["0001-one", "0004-one", "0007-one"]),
        ({"frames": ["0150-one", "0100-two"]}, ["0100-two", "0150-one"]),
        ({"states": job_pb2.FrameStateSeq(frame_states=[job_pb2.RUNNING])}, []),
        ({"change_date": 2**31 - 1}, []),
    ],
)
def test_frames_are_searched(farm: CueClient, big: Any, criteria: dict[str, Any], names: list[str]) -> None:
    assert [frame.name for frame in farm.get_frames(big, **criteria)] == names


def test_frames_are_found_by_id_and_layer(farm: CueClient, big: Any) -> None:
    frame = farm.get_frames(big, limit=1)[0]
    assert [one.id for one in farm.get_frames(big, ids=[frame.id])] == [frame.id]
    layers = farm.get_layers(big)
    request = job_pb2.LayerGetFramesRequest(layer=layers[1], s=job_pb2.FrameSearchCriteria(page=2, limit=60))
    assert len(farm.layers.GetFrames(request).frames.frames) == 40
    found = farm.frames.FindFrame(job_pb2.FrameFindFrameRequest(job=big.name, layer="two", frame=7)).frame
    assert farm.frames.GetFrame(job_pb2.FrameGetFrameRequest(id=found.id)).frame.name == "0007-two"
    two = farm.layers.FindLayer(job_pb2.LayerFindLayerRequest(job=big.name, layer="two")).layer
    assert farm.layers.GetLayer(job_pb2.LayerGetLayerRequest(id=two.id)).layer.layer_stats.waiting_frames == 100


def test_jobs_are_searched(farm: CueClient, big: Any) -> None:
    def names(**criteria: Any) -> list[str]:
        request = job_pb2.JobGetJobsRequest(r=job_pb2.JobSearchCriteria(**criteria))
        return [job.name for job in farm.jobs.GetJobs(request).jobs.jobs]

    suffix = big.name.partition("artist_")[2]
    for criteria in (
        {"ids": [big.id]},
        {"jobs": [big.name]},
        {"substr": [suffix]},
        {"regex": [f"^testing.*{suffix}$"]},
        {"jobs": [big.name], "shots": ["sh010"], "shows": ["testing"], "users": ["artist"]},
    ):
        assert names(**criteria) == [big.name], criteria
    assert names(jobs=[big.name], users=["nobody"]) == []
    assert names(substr=[suffix.upper()]) == []
    everything = names(users=["artist"])
    assert everything == sorted(everything)


def test_ended_jobs_are_listed_on_demand(farm: CueClient) -> None:
    job = farm.launch("ended", [layer("one", "/bin/true")])
    ended = farm.wait_finished(job)
    for include, expected in ((False, []), (True, [ended.id])):
        criteria = job_pb2.JobSearchCriteria(jobs=[job.name], include_finished=include)
        found = farm.jobs.GetJobs(job_pb2.JobGetJobsRequest(r=criteria)).jobs.jobs
        assert [one.id for one in found] == expected
    assert not farm.jobs.IsJobPending(job_pb2.JobIsJobPendingRequest(name=job.name)).value
    with pytest.raises(grpc.RpcError, match="Incorrect result size"):
        farm.jobs.FindJob(job_pb2.JobFindJobRequest(name=job.name))
    assert farm.job(job).state == job_pb2.FINISHED


@pytest.mark.parametrize(("age", "rows"), [(0, 100), (5, 100), (59, 100), (-30, 0), (-120, 0)])
def test_updates_hold_at_most_100_rows(farm: CueClient, age: int, rows: int) -> None:
    job = farm.launch("updates", [layer("one", "/bin/true", "1-250")], paused="True")
    now = int(time.time())
    answer = farm.jobs.GetUpdatedFrames(
        job_pb2.JobGetUpdatedFramesRequest(job=job, last_check=now - max(age, 1) if age >= 0 else now - age), timeout=20
    )
    assert len(answer.updated_frames.updated_frames) == rows
    assert answer.state == job_pb2.PENDING
    assert abs(answer.server_time - int(time.time())) <= 5
    farm.kill(job)


def test_updates_of_one_layer(farm: CueClient) -> None:
    layers = [layer("one", "/bin/true", "1-5"), layer("two", "/bin/true", "1-7")]
    job = farm.launch("filter", layers, paused="True")
    wanted = job_pb2.LayerSeq(layers=farm.get_layers(job)[1:])
    request = job_pb2.JobGetUpdatedFramesRequest(job=job, last_check=int(time.time()) - 30, layer_filter=wanted)
    assert len(farm.jobs.GetUpdatedFrames(request).updated_frames.updated_frames) == 7
    farm.kill(job)


@pytest.mark.parametrize("age", [61, 600, 10**10])
def test_old_updates_are_refused_at_once(local_only: CueClient, big: Any, age: int) -> None:
    request = job_pb2.JobGetUpdatedFramesRequest(job=big, last_check=max(0, int(time.time()) - age))
    with pytest.raises(grpc.RpcError) as refusal:
        local_only.jobs.GetUpdatedFrames(request, timeout=20)
    assert refusal.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert "cannot be over a minute off" in refusal.value.details()


UNKNOWN: dict[str, Any] = {
    "GetJob unknown id": lambda farm: farm.jobs.GetJob(job_pb2.JobGetJobRequest(id=NOBODY)),
    "FindJob unknown name": lambda farm: farm.jobs.FindJob(job_pb2.JobFindJobRequest(name="no-such-job")),
    "GetLayers unknown job": lambda farm: farm.jobs.GetLayers(job_pb2.JobGetLayersRequest(job=GHOST)),
    "GetFrames unknown job": lambda farm: farm.get_frames(GHOST),
    "GetUpdatedFrames unknown job": lambda farm: farm.jobs.GetUpdatedFrames(
        job_pb2.JobGetUpdatedFramesRequest(job=GHOST, last_check=int(time.time()))
    ),
    "Pause unknown job": lambda farm: farm.jobs.Pause(job_pb2.JobPauseRequest(job=GHOST)),
    "Kill unknown job": lambda farm: farm.jobs.Kill(job_pb2.JobKillRequest(job=GHOST, **_KILL)),
    "GetLayer unknown id": lambda farm: farm.layers.GetLayer(job_pb2.LayerGetLayerRequest(id=NOBODY)),
    "FindLayer unknown": lambda farm: farm.layers.FindLayer(job_pb2.LayerFindLayerRequest(job="nope", layer="one")),
    "GetFrame unknown id": lambda farm: farm.frames.GetFrame(job_pb2.FrameGetFrameRequest(id=NOBODY)),
    "FindFrame unknown": lambda farm: farm.frames.FindFrame(
        job_pb2.FrameFindFrameRequest(job="nope", layer="one", frame=1)
    ),
    "RetryFrames unknown job": lambda farm: farm.on_frames("RetryFrames", GHOST, "0001-one"),
}


@pytest.mark.parametrize("call", UNKNOWN)
def test_unknown_things_are_not_found(farm: CueClient, recordings: Path, call: str) -> None:
    expected = json.loads((recordings / "unknown.json").read_text())[call]
    with pytest.raises(grpc.RpcError) as refusal:
        UNKNOWN[call](farm)
    assert (refusal.value.code().name, refusal.value.details()) == (expected["code"], expected["details"])


def test_what_is_not_implemented_says_its_name(local_only: CueClient, big: Any) -> None:
    with pytest.raises(grpc.RpcError) as refusal:
        local_only.jobs.StaggerFrames(job_pb2.JobStaggerFramesRequest(job=big, range="1-5", stagger=2))
    assert refusal.value.code() is grpc.StatusCode.UNIMPLEMENTED
    assert "job.JobInterface.StaggerFrames" in refusal.value.details()


def test_shows_and_hosts_are_listed(farm: CueClient) -> None:
    shows = farm.shows.GetActiveShows(show_pb2.ShowGetActiveShowsRequest()).shows.shows
    assert "testing" in [show.name for show in shows]
    assert farm.shows.FindShow(show_pb2.ShowFindShowRequest(name="testing")).show.active
    hosts = farm.hosts.GetHosts(host_pb2.HostGetHostsRequest(r=host_pb2.HostSearchCriteria())).hosts.hosts
    assert len(hosts) == 1
    assert hosts[0].state == host_pb2.UP
    assert hosts[0].cores >= 1


def test_outputs_are_read_back(farm: CueClient) -> None:
    outputs = '<output name="movie">/shots/out.mp4</output><output name="log">/shots/out.log</output>'
    text = layer("one", "/bin/true").replace("</services>", f"</services><outputs>{outputs}</outputs>")
    job = farm.launch("outputs", [text], paused="True")
    (one,) = farm.get_layers(job)
    paths = farm.layers.GetOutputPaths(job_pb2.LayerGetOutputPathsRequest(layer=one)).output_paths
    assert sorted(paths) == ["/shots/out.log", "/shots/out.mp4"]
    farm.kill(job)


@pytest.mark.parametrize("path", ["/job.JobInterface/__init__", "/job.JobInterface/NoSuch", "/no.Such/Thing", "/x"])
def test_calls_that_do_not_exist_are_not_implemented(local_only: CueClient, path: str) -> None:
    with grpc.insecure_channel(local_only.address) as channel, pytest.raises(grpc.RpcError) as refusal:
        channel.unary_unary(path)(b"", timeout=20)
    assert refusal.value.code() is grpc.StatusCode.UNIMPLEMENTED
