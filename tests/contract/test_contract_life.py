# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Jobs from launch to end: states, retries, depends and actions as recorded from a real Cuebot."""

import json
from pathlib import Path
from typing import Any

import pytest
from cue_client import CueClient, layer
from google.protobuf.json_format import MessageToDict
from opencue_proto import job_pb2
from waiting import wait_for

TIMES = {"start_time", "stop_time", "llu_time", "eligible_time", "submission_time"}
PLACES = {"id", "parent_id", "log_dir", "name", "host"}


def steady(message: Any, keep_name: bool = True) -> dict[str, Any]:
    """What does not differ from run to run."""
    fields = (
        message
        if isinstance(message, dict)
        else MessageToDict(message, preserving_proto_field_name=True, always_print_fields_with_no_presence=True)
    )
    dropped = TIMES | PLACES - ({"name"} if keep_name else set())
    kept = {key: value for key, value in fields.items() if key not in dropped}
    return kept | {"tags": set(kept["tags"])} if "tags" in kept else kept


def test_a_chunked_job_as_launched(farm: CueClient, recordings: Path) -> None:
    text = (
        (recordings / "chunked/spec.xml")
        .read_text()
        .replace("testing-sh010-artist_chunked_052020", farm.unique("chunked"))
    )
    job = farm.launch_text(text)
    recorded = json.loads((recordings / "chunked/1-launched-paused.json").read_text())
    assert steady(farm.job(job), keep_name=False) == steady(recorded["job"], keep_name=False)
    assert [steady(one) for one in farm.get_layers(job)] == [steady(one) for one in recorded["layers"]]
    assert [steady(one) for one in farm.get_frames(job)] == [steady(one) for one in recorded["frames"]]
    assert job.log_dir.endswith(f"/testing/sh010/logs/{job.name}--{job.id}")
    farm.kill(job)


def test_a_chunked_job_from_end_to_end(farm: CueClient, recordings: Path) -> None:
    name = farm.unique("chunked")
    text = (recordings / "chunked/spec.xml").read_text().replace("testing-sh010-artist_chunked_052020", name)
    job = farm.launch_text(text.replace("<paused>True", "<paused>False").replace("sleep 1", "sleep 0.1"))
    ended = farm.wait_finished(job)
    recorded = json.loads((recordings / "chunked/3-finished.json").read_text())
    for ours, theirs in zip(farm.get_frames(job), recorded["frames"], strict=True):
        for key in ("name", "state", "exit_status", "retry_count", "dispatch_order", "reserved_memory"):
            assert steady(ours)[key] == theirs[key], (ours.name, key)
        assert ours.last_resource.endswith("/1.00/0")
    for key in ("total_frames", "succeeded_frames", "pending_frames", "rendered_frame_count", "failed_frame_count"):
        assert steady(ended.job_stats)[key] == recorded["job"]["job_stats"][key], key
    assert ended.stop_time >= ended.start_time
    frames = {frame.name: frame for frame in farm.get_frames(job)}
    assert frames["0001-join"].start_time + 1 >= max(f.stop_time - 1 for f in frames.values() if "encode" in f.name)
    log = Path(ended.log_dir) / f"{name}.1091-compare.rqlog"
    if farm.is_local or log.exists():
        assert f"1091 1091 1091 1100 30 1091-1100 1091-compare compare {name}\n" in log.read_text()


@pytest.fixture
def failed_job(farm: CueClient) -> Any:
    """The job of the recordings: b_bad exits 1 or 2, c_frame and d_layer hang on it."""
    return farm.launch(
        "failed",
        [
            layer("a_good", "/bin/sleep 0.1", "1-3"),
            layer("b_bad", "/bin/sh -c 'exit #IFRAME#'", "1-2"),
            layer("c_frame", "/bin/sleep 60", "1-2"),
            layer("d_layer", "/bin/sleep 60"),
        ],
        [("FRAME_BY_FRAME", "c_frame", "b_bad"), ("LAYER_ON_LAYER", "d_layer", "b_bad")],
    )


def test_a_failing_job_as_recorded(farm: CueClient, failed_job: Any, recordings: Path) -> None:
    job = failed_job
    dead = {"n0001_b_bad": "DEAD", "n0002_b_bad": "DEAD", "n0003_a_good": "SUCCEEDED"}
    farm.wait_states(job, **dead)
    compare(farm, job, recordings / "failed/1-dead.json")

    before = {frame.name: frame.retry_count for frame in farm.get_frames(job, layers=["b_bad"])}
    farm.on_frames("RetryFrames", job, "0001-b_bad", "0002-b_bad")
    wait_for(
        lambda: all(frame.retry_count > before[frame.name] for frame in farm.get_frames(job, layers=["b_bad"])),
        "the retried frames start",
    )
    farm.wait_states(job, **dead)
    compare(farm, job, recordings / "failed/3-dead-again.json")

    farm.on_frames("EatFrames", job, "0001-b_bad", "0002-b_bad")
    farm.wait_states(job, n0001_b_bad="EATEN", n0002_b_bad="EATEN")
    compare(farm, job, recordings / "failed/4-eaten.json")

    pause(farm, job)
    farm.on_frames("MarkDoneFrames", job, "0001-b_bad", "0002-b_bad")
    farm.wait_states(job, n0001_c_frame="WAITING", n0002_c_frame="WAITING")
    compare(farm, job, recordings / "failed/5-after-markdone.json")

    farm.kill(job)
    farm.wait_finished(job)
    compare(farm, job, recordings / "failed/6-job-killed.json")


def pause(farm: CueClient, job: Any) -> None:
    farm.jobs.Pause(job_pb2.JobPauseRequest(job=job))


def compare(farm: CueClient, job: Any, recorded: Path) -> None:
    expected = json.loads(recorded.read_text())["frames"]
    keys = ("name", "state", "retry_count", "exit_status")
    ours = [{key: steady(frame)[key] for key in keys} for frame in farm.get_frames(job)]
    assert ours == [{key: frame[key] for key in keys} for frame in expected]


def test_a_killed_frame_runs_again_and_a_killed_job_ends_at_once(farm: CueClient) -> None:
    job = farm.launch("killed", [layer("long", "/bin/sleep 600")])
    farm.wait_states(job, n0001_long="RUNNING")
    farm.on_frames("KillFrames", job, "0001-long")

    def runs_again() -> bool:
        (frame,) = farm.get_frames(job)
        return bool(frame.state == job_pb2.RUNNING and frame.retry_count == 1)

    wait_for(runs_again, "the frame runs again")
    (frame,) = farm.get_frames(job)
    assert (frame.exit_status, frame.retry_count) == (1, 1)
    farm.kill(job)
    farm.wait_finished(job)
    farm.wait_states(job, n0001_long="WAITING")
    (frame,) = farm.get_frames(job)
    assert (frame.exit_status, frame.retry_count) == (500, 1)
    # The Rust rqd tells of a frame's end seconds later; the second failure counts from then.
    wait_for(lambda: farm.job(job).job_stats.failed_frame_count == 2, "the killed frame counts as failed twice")
    stats = farm.job(job).job_stats
    assert (stats.waiting_frames, stats.running_frames, stats.failed_frame_count) == (1, 0, 2)


def test_a_job_killed_without_a_reason_goes_on(farm: CueClient) -> None:
    job = farm.launch("noreason", [layer("long", "/bin/sleep 600")], paused="True")
    farm.jobs.Kill(job_pb2.JobKillRequest(job=job, username="artist"))
    assert farm.job(job).state == job_pb2.PENDING
    farm.kill(job)


def test_autoeat_eats_failures_and_finishes(farm: CueClient, recordings: Path) -> None:
    layers = [layer("bad", "/bin/false", "1-2"), layer("after", "/bin/true")]
    job = farm.launch("autoeat", layers, autoeat="True")
    ended = farm.wait_finished(job)
    compare(farm, job, recordings / "autoeat/1-finished.json")
    assert ended.auto_eat
    assert (ended.job_stats.eaten_frames, ended.job_stats.succeeded_frames) == (2, 1)


def test_eating_everything_finishes_the_job(farm: CueClient) -> None:
    job = farm.launch("eaten", [layer("one", "/bin/true", "1-3")], paused="True")
    farm.on_frames("EatFrames", job, "0001-one", "0002-one", "0003-one")
    farm.wait_finished(job)
    assert set(farm.states(job).values()) == {"EATEN"}


def test_marking_as_waiting_releases_a_frame(farm: CueClient) -> None:
    job = farm.launch(
        "marked",
        [layer("first", "/bin/true"), layer("then", "/bin/true", "1-2")],
        [("LAYER_ON_LAYER", "then", "first")],
        paused="True",
    )
    assert farm.states(job)["0001-then"] == "DEPEND"
    farm.on_frames("MarkAsWaiting", job, "0001-then")
    states = farm.wait_states(job, n0001_then="WAITING")
    assert states["0002-then"] == "DEPEND"
    farm.jobs.DropDepends(job_pb2.JobDropDependsRequest(job=job, target=2))
    farm.wait_states(job, n0002_then="WAITING")
    farm.kill(job)


@pytest.mark.parametrize(
    ("kind", "er", "on", "states"),
    [
        # the chunk of the other layer that holds the frame
        ("FRAME_BY_FRAME", ("1-4", 1), ("1-4", 2), {"0001-first": ["0001", "0002"], "0003-first": ["0003", "0004"]}),
        # all chunks of the other layer that the frame's chunk covers
        ("FRAME_BY_FRAME", ("1-4", 2), ("1-4", 1), {"0001-first": [], "0002-first": ["0001"]}),
        # one chunk on one side: layer on layer
        ("FRAME_BY_FRAME", ("1-4", 10), ("1-2", 1), {"0001-first": [], "0002-first": ["0001"]}),
        ("PREVIOUS_FRAME", ("1-3", 1), ("1-3", 1), {"0001-first": ["0001", "0002"]}),
        ("LAYER_ON_ANY_FRAME", ("1-2", 1), ("1-2", 1), {"0002-first": ["0001", "0002"]}),
        ("LAYER_ON_SIM_FRAME", ("1-2", 1), ("1-2", 1), {"0001-first": ["0001", "0002"]}),
    ],
)
def test_depends_release_what_they_should(
    farm: CueClient, kind: str, er: tuple[str, int], on: tuple[str, int], states: dict[str, list[str]]
) -> None:
    target = "0001-first" if kind == "LAYER_ON_SIM_FRAME" else "first"
    layers = [layer("first", "/bin/true", *on), layer("then", "/bin/true", *er)]
    job = farm.launch("depend", layers, [(kind, "then", target)], paused="True")
    held = {name for name, state in farm.states(job).items() if state == "DEPEND"}
    released_before = {name for name in farm.states(job) if name.endswith("then")} - held
    assert released_before == ({"0001-then"} if kind == "PREVIOUS_FRAME" else set())
    single = len({name for name in farm.states(job) if name.endswith("then")}) == 1 and er[1] > 1
    for name, released in states.items():
        if single:
            break  # a layer depend is not satisfied by marking frames
        farm.on_frames("MarkDoneFrames", job, name)
        wanted = {f"n{number}_then": "WAITING" for number in released}
        now = farm.wait_states(job, **wanted)
        waiting = {frame[:4] for frame, state in now.items() if frame.endswith("then") and state == "WAITING"}
        assert waiting == {number for seen in list(states.values())[: list(states).index(name) + 1] for number in seen}
    farm.kill(job)


def test_a_job_whose_layers_wait_for_each_other_runs_through(farm: CueClient) -> None:
    job = farm.launch(
        "through",
        [layer("first", "/bin/true", "1-4", 2), layer("then", "/bin/true", "1-4"), layer("last", "/bin/true", "1-3")],
        [("FRAME_BY_FRAME", "then", "first"), ("LAYER_ON_LAYER", "last", "then"), ("PREVIOUS_FRAME", "last", "last")],
    )
    farm.wait_finished(job)
    assert set(farm.states(job).values()) == {"SUCCEEDED"}


def test_depends_can_be_looked_at(farm: CueClient) -> None:
    job = farm.launch(
        "lookat",
        [layer("first", "/bin/true", "1-2"), layer("then", "/bin/true", "1-2"), layer("last", "/bin/true")],
        [("FRAME_BY_FRAME", "then", "first"), ("LAYER_ON_LAYER", "last", "then")],
        paused="True",
    )
    depends = farm.jobs.GetDepends(job_pb2.JobGetDependsRequest(job=job)).depends.depends
    ends = {(one.type, one.depend_er_layer, one.depend_on_layer, one.active) for one in depends}
    assert ends == {(9, "then", "first", True), (4, "last", "then", True)}
    layers = {one.name: one for one in farm.get_layers(job)}
    waits = farm.layers.GetWhatThisDependsOn(job_pb2.LayerGetWhatThisDependsOnRequest(layer=layers["last"]))
    assert [one.depend_on_layer for one in waits.depends.depends] == ["then"]
    holds = farm.layers.GetWhatDependsOnThis(job_pb2.LayerGetWhatDependsOnThisRequest(layer=layers["first"]))
    assert [one.depend_er_layer for one in holds.depends.depends] == ["then"]
    (frame,) = farm.get_frames(job, frames=["0002-then"])
    on = farm.frames.GetWhatThisDependsOn(job_pb2.FrameGetWhatThisDependsOnRequest(frame=frame)).depends.depends
    assert [(one.type, one.depend_on_frame) for one in on] == [(8, "0002-first")]
    farm.kill(job)


def test_jobs_are_steered(farm: CueClient) -> None:
    job = farm.launch("steered", [layer("one", "/bin/false", "1-2")], paused="True")
    farm.jobs.SetPriority(job_pb2.JobSetPriorityRequest(job=job, val=77))
    farm.jobs.SetMinCores(job_pb2.JobSetMinCoresRequest(job=job, val=2))
    farm.jobs.SetMaxCores(job_pb2.JobSetMaxCoresRequest(job=job, val=5))
    farm.jobs.SetMaxRetries(job_pb2.JobSetMaxRetriesRequest(job=job, max_retries=0))
    comment = {"user": "artist", "subject": "why", "message": "because"}
    farm.jobs.AddComment(job_pb2.JobAddCommentRequest(job=job, new_comment=comment))
    now = farm.job(job)
    assert (now.priority, now.min_cores, now.max_cores, now.has_comment, now.is_paused) == (77, 2, 5, True, True)
    (read,) = farm.jobs.GetComments(job_pb2.JobGetCommentsRequest(job=job)).comments.comments
    assert (read.user, read.subject, read.message) == ("artist", "why", "because")
    farm.jobs.Resume(job_pb2.JobResumeRequest(job=job))
    farm.wait_states(job, n0001_one="DEAD", n0002_one="DEAD")
    assert [frame.retry_count for frame in farm.get_frames(job)] == [0, 0]
    farm.kill(job)


def test_a_retry_brings_a_finished_job_back(farm: CueClient) -> None:
    job = farm.launch("again", [layer("one", "/bin/true", "1-2")])
    farm.wait_finished(job)
    pause(farm, job)
    farm.on_frames("RetryFrames", job, "0002-one")
    wait_for(lambda: farm.job(job).state == job_pb2.PENDING, "the job is pending again")
    assert farm.states(job) == {"0001-one": "SUCCEEDED", "0002-one": "WAITING"}
    farm.jobs.Resume(job_pb2.JobResumeRequest(job=job))
    farm.wait_finished(job)
