# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Jobs, layers and frames as a farm tells them."""

from collections.abc import Callable
from typing import Any

import pytest
from opencue_proto import job_pb2

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.farm.actions import FRAME_ACTIONS, act_on_frames, holds, kill_job
from cueffmpeg_gui.farm.connection import connect
from cueffmpeg_gui.farm.find import choose_job, find_job
from cueffmpeg_gui.farm.messages import job_from, layer_from
from cueffmpeg_gui.farm.monitor import changed_frames, frames, layers, list_jobs, outcome
from cueffmpeg_gui.farm.status import JobStatus, LayerStatus, job_folder_of
from cueffmpeg_gui.jobs.plan import frame_command
from cueffmpeg_gui.media.frames import FrameRange

MakeJob = Callable[..., JobStatus]

# What a farm counts → what that means. The killed and the auto-eaten ones were recorded on a Cuebot.
OUTCOMES = [
    ({"total": 3, "waiting": 3}, "running"),
    ({"total": 3, "waiting": 3, "paused": True}, "running"),
    ({"total": 3, "succeeded": 1, "running": 1, "dead": 1}, "running"),
    ({"total": 8, "dead": 2, "depend": 3, "succeeded": 3}, "failed"),
    ({"total": 8, "eaten": 2, "depend": 3, "succeeded": 3}, "failed"),
    ({"total": 2, "succeeded": 1, "dead": 0}, "running"),  # one is in a state that is not counted
    ({"total": 3, "succeeded": 3, "state": "FINISHED"}, "succeeded"),
    ({"total": 3, "succeeded": 1, "eaten": 2, "state": "FINISHED"}, "failed"),
    ({"total": 1, "waiting": 1, "state": "FINISHED"}, "stopped"),
    ({"total": 1, "running": 1, "state": "FINISHED"}, "stopped"),
    ({"total": 8, "waiting": 2, "eaten": 2, "depend": 1, "succeeded": 3, "state": "FINISHED"}, "stopped"),
    ({"total": 0, "state": "FINISHED"}, "stopped"),
]


@pytest.mark.parametrize(("facts", "expected"), OUTCOMES)
def test_outcome(make_job: MakeJob, facts: dict[str, Any], expected: str) -> None:
    assert outcome(make_job(**facts)) == expected


def test_the_job_folder_is_in_the_command() -> None:
    for command in (
        frame_command("/jobs/a@b/c", "compare"),
        "python3 /jobs/a@b/c/worker.pyz /jobs/a@b/c join #IFRAME#",
    ):
        assert job_folder_of(command) == "/jobs/a@b/c"
    for foreign in (
        "",
        "/bin/sleep 1",
        "python3 /a/worker.pyz /b encode #IFRAME#",
        "python3 worker.pyz x y",
        "sh /a/b x #IFRAME#",
    ):
        assert job_folder_of(foreign) is None


def test_states_of_newer_farms_are_shown_as_they_are() -> None:
    assert job_from(job_pb2.Job(state=job_pb2.FINISHED)).state == "FINISHED"
    newer = job_pb2.Job.FromString(b"\x10\x63")  # field 2, state, is 99
    assert job_from(newer).state == "99"


def answer_jobs(*jobs: Any) -> Callable[[Any], Any]:
    def answer(request: Any) -> Any:
        r = request.r
        found = [
            job
            for job in jobs
            if (not r.ids or job.id in r.ids)
            and (not r.users or job.user in r.users)
            and all(text in job.name for text in r.substr)
            and (r.include_finished or job.state != job_pb2.FINISHED)
        ]
        return job_pb2.JobGetJobsResponse(jobs=job_pb2.JobSeq(jobs=found))

    return answer


def a_job(number: int, layer_count: int = 1, **facts: Any) -> Any:
    stats = job_pb2.JobStats(total_layers=layer_count)
    return job_pb2.Job(id=str(number), name=f"testing-sh-alice_j{number}", start_time=number, job_stats=stats, **facts)


def test_only_our_jobs_are_listed_and_each_is_asked_about_once(scripted: Any) -> None:
    def layers_of(request: Any) -> Any:
        services = ["cueffmpeg", "default"] if int(request.job.id) % 2 else ["shell"]
        return job_pb2.JobGetLayersResponse(layers=job_pb2.LayerSeq(layers=[job_pb2.Layer(services=services)]))

    scripted.answers.update(GetJobs=answer_jobs(*map(a_job, range(1, 8)), a_job(9, layer_count=9)), GetLayers=layers_of)
    connection = connect(scripted.address)
    for _ in range(3):
        assert [job.id for job in list_jobs(connection)] == ["7", "5", "3", "1"]
    assert len(scripted.requests("GetLayers")) == 7
    assert len(list_jobs(connection, ours_only=False)) == 8
    connection.close()


def test_jobs_of_one_user_and_unfinished_ones_are_asked_for_at_the_farm(scripted: Any) -> None:
    scripted.answers["GetJobs"] = answer_jobs(a_job(1, user="alice"), a_job(2, user="bob", state=job_pb2.FINISHED))
    connection = connect(scripted.address)
    assert [job.id for job in list_jobs(connection, user="alice", ours_only=False)] == ["1"]
    assert [job.id for job in list_jobs(connection, ours_only=False, include_finished=False)] == ["1"]
    connection.close()


def test_frames_are_read_to_the_last_page(scripted: Any, make_job: MakeJob, frames_answer: Any) -> None:
    connection = connect(scripted.address)
    for count, pages in ((0, 1), (999, 1), (1000, 2), (2500, 3)):
        scripted.asked.clear()
        scripted.answers["GetFrames"] = frames_answer(count)
        assert [frame.number for frame in frames(connection, make_job())] == list(range(1, count + 1))
        assert len(scripted.requests("GetFrames")) == pages
    connection.close()


def test_changes_lose_nothing_and_never_ask_about_the_past(
    scripted: Any, make_job: MakeJob, frames_answer: Any
) -> None:
    scripted.answers["GetFrames"] = frames_answer(1500)
    scripted.answers["GetUpdatedFrames"] = lambda request: job_pb2.JobGetUpdatedFramesResponse(server_time=5000)
    connection = connect(scripted.address)
    changes = changed_frames(connection, make_job(), 4000)
    assert (len(changes.frames), changes.server_time) == (1500, 5000)
    assert [request.last_check for request in scripted.requests("GetUpdatedFrames")] == [2**31 - 1]
    assert {request.req.change_date for request in scripted.requests("GetFrames")} == {3995}
    changed_frames(connection, make_job(), 0)
    assert scripted.requests("GetFrames")[-1].req.change_date == 0
    connection.close()


def test_layers_come_in_dispatch_order(scripted: Any, make_job: MakeJob) -> None:
    some = [job_pb2.Layer(name="join", dispatch_order=2), job_pb2.Layer(name="encode", dispatch_order=1)]
    scripted.answers["GetLayers"] = lambda request: job_pb2.JobGetLayersResponse(layers=job_pb2.LayerSeq(layers=some))
    connection = connect(scripted.address)
    assert [layer.name for layer in layers(connection, make_job())] == ["encode", "join"]
    connection.close()


NAMES = ["testing-sh-alice_clip", "testing-sh-alice_clip_2", "testing-sh-bob_other", "testing-sh-bob_my_other"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("testing-sh-alice_clip", "testing-sh-alice_clip"),
        ("clip", "testing-sh-alice_clip"),
        ("clip_2", "testing-sh-alice_clip_2"),
        ("my_other", "testing-sh-bob_my_other"),
        ("alice_clip_", "testing-sh-alice_clip_2"),
    ],
)
def test_as_much_of_a_name_as_tells_it_apart(make_job: MakeJob, text: str, expected: str) -> None:
    assert choose_job([make_job(name=name) for name in NAMES], text, "farm:1").name == expected


@pytest.mark.parametrize(("text", "words"), [("other", "bob_my_other, testing-sh-bob_other;"), ("nix", "no job named")])
def test_what_fits_none_or_several_is_refused(make_job: MakeJob, text: str, words: str) -> None:
    with pytest.raises(InputRefused, match=words):
        choose_job([make_job(name=name) for name in NAMES], text, "farm:1")


def test_at_most_five_are_named(make_job: MakeJob) -> None:
    with pytest.raises(InputRefused, match="j4 and 3 more"):
        choose_job([make_job(name=f"s-s-u_j{n}") for n in range(8)], "s-s", "farm:1")


def test_of_one_name_the_living_or_newest_job_is_meant(make_job: MakeJob) -> None:
    old = make_job(id="old", state="FINISHED", start=1)
    new = make_job(id="new", state="FINISHED", start=9)
    alive = make_job(id="alive", start=5)
    assert choose_job([old, new], "demo", "farm:1") is new
    assert choose_job([old, alive, new], "demo", "farm:1") is alive


def test_find_by_id_by_name_and_by_nothing(scripted: Any) -> None:
    scripted.answers["GetJobs"] = answer_jobs(a_job(1), a_job(2, state=job_pb2.FINISHED))
    connection = connect(scripted.address)
    assert find_job(connection, "2").name == "testing-sh-alice_j2"
    assert find_job(connection, " J1 ").id == "1"
    with pytest.raises(InputRefused, match="No job is named"):
        find_job(connection, " ")
    connection.close()


def layer(name: str, chunk: int = 24) -> LayerStatus:
    return layer_from(job_pb2.Layer(name=name, chunk_size=chunk))


@pytest.mark.parametrize(
    ("cue_frame", "frames", "expected"),
    [(1001, (1001, 1001), True), (1001, (1024, 1030), True), (1001, (1025, 1030), False), (1025, (1001, 1024), False)],
)
def test_a_chunk_holds_its_frames(cue_frame: int, frames: tuple[int, int], expected: bool) -> None:
    assert holds(layer("encode"), cue_frame, FrameRange(*frames)) is expected


@pytest.mark.parametrize("action", FRAME_ACTIONS)
def test_actions_name_their_frames_in_batches(
    scripted: Any, make_job: MakeJob, frames_answer: Any, action: str
) -> None:
    method = FRAME_ACTIONS[action].method
    scripted.answers["GetFrames"] = frames_answer(1200)
    scripted.answers[method] = lambda request: getattr(job_pb2, f"Job{method}Response")()
    connection = connect(scripted.address)
    assert act_on_frames(connection, make_job(), action) == 1200
    asked = [len(request.req.frames) for request in scripted.requests(method)]
    assert asked == [500, 500, 200]
    states = scripted.requests("GetFrames")[0].req.states.frame_states
    assert [job_pb2.FrameState.Name(state) for state in states] == list(FRAME_ACTIONS[action].states)
    connection.close()


def test_actions_on_pictures_take_the_chunks_that_hold_them(
    scripted: Any, make_job: MakeJob, frames_answer: Any
) -> None:
    some = [job_pb2.Layer(name="encode", chunk_size=10)]
    scripted.answers["GetLayers"] = lambda request: job_pb2.JobGetLayersResponse(layers=job_pb2.LayerSeq(layers=some))
    scripted.answers["GetFrames"] = frames_answer(100)
    scripted.answers["RetryFrames"] = lambda request: job_pb2.JobRetryFramesResponse()
    connection = connect(scripted.address)
    assert act_on_frames(connection, make_job(), "retry", layer="encode", frames=FrameRange(20, 21)) == 11
    assert next(iter(scripted.requests("RetryFrames")[0].req.frames)) == "0011-encode"
    assert act_on_frames(connection, make_job(), "retry", frames=FrameRange(500, 600)) == 0
    assert len(scripted.requests("RetryFrames")) == 1
    with pytest.raises(InputRefused, match="no layer 'nix'; it has encode"):
        act_on_frames(connection, make_job(), "retry", layer="nix")
    connection.close()


def test_a_kill_says_who_and_why(scripted: Any, make_job: MakeJob) -> None:
    scripted.answers["Kill"] = lambda request: job_pb2.JobKillResponse()
    connection = connect(scripted.address)
    kill_job(connection, make_job(), "no longer needed")
    (request,) = scripted.requests("Kill")
    assert (request.job.id, request.reason) == ("1", "no longer needed")
    assert request.username
    assert request.pid
    connection.close()
