# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Watching jobs on a real local farm, without a window; and what is read of logs and job folders."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from clips import Clips
from waiting import wait_for

from cueffmpeg_gui.api.farm import connect_farm, stop_local_farm
from cueffmpeg_gui.api.monitor.actions import act_on_job, set_priority
from cueffmpeg_gui.api.monitor.follower import JobFollower, JobList, JobStatus, first_error, outcome
from cueffmpeg_gui.api.monitor.job_folder import existing, read_job_details
from cueffmpeg_gui.api.monitor.log import LONGEST_LINE, LogFeed
from cueffmpeg_gui.api.monitor.progress import wait_for_job
from cueffmpeg_gui.api.monitor.scores import ScoreWatch
from cueffmpeg_gui.api.monitor.summaries import JobSummaries
from cueffmpeg_gui.api.submit.request import SubmitRequest
from cueffmpeg_gui.api.submit.submit import Submitted, prepare, submit_job
from cueffmpeg_gui.errors import InputRefused, JobFailed
from cueffmpeg_gui.farm.connection import FarmConnection
from cueffmpeg_gui.farm.find import find_job
from cueffmpeg_gui.settings import Settings, load_settings


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    place = tmp_path_factory.mktemp("farm")
    environment = {"CUEFFMPEG_HOME": str(place), "CUEFFMPEG_SITE": str(place / "site"), "CUEFFMPEG_LOCAL_CORES": "2"}
    loaded = load_settings(environment)
    yield loaded
    stop_local_farm(loaded)


@pytest.fixture(scope="module")
def connection(settings: Settings) -> FarmConnection:
    return connect_farm(settings)


@pytest.fixture(scope="module")
def send(settings: Settings, clips: Clips, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Submitted]:
    def send(preset: str, name: str, source: Path | None = None, **given: Any) -> Submitted:
        output = str(tmp_path_factory.mktemp("out") / f"{name}.mp4")
        request = SubmitRequest(preset, str(source or clips("h264")), output=output, name=name, **given)
        return submit_job(prepare(request, settings), settings)

    return send


def wait_for_end(connection: FarmConnection, job_id: str) -> JobStatus:
    wait_for(lambda: outcome(find_job(connection, job_id)) != "running", "the job ends")
    return find_job(connection, job_id)


@pytest.fixture(scope="module")
def done(connection: FarmConnection, send: Callable[..., Submitted]) -> tuple[JobStatus, Submitted]:
    sent = send("h264-review-vmaf", "watched")
    return wait_for_end(connection, sent.id), sent


@pytest.fixture(scope="module")
def failed(
    connection: FarmConnection, send: Callable[..., Submitted], clips: Clips, tmp_path_factory: Any
) -> JobStatus:
    source = tmp_path_factory.mktemp("source") / "gone.mp4"
    source.write_bytes(Path(clips("h264")).read_bytes())
    sent = send("h264-review", "failing", source, paused=True)
    source.with_name("beside.txt").touch()  # a bare folder would be storage that is away
    source.unlink()
    act_on_job(connection, find_job(connection, sent.id), "resume")
    return wait_for_end(connection, sent.id)


def test_a_follower_tells_everything_once(connection: FarmConnection, done: tuple[JobStatus, Submitted]) -> None:
    job, sent = done
    follower = JobFollower()
    news = follower.poll(connection, job)
    assert [layer.name for layer in news.layers] == ["encode", "compare"]
    assert sorted(frame.state for frame in news.frames) == ["SUCCEEDED", "SUCCEEDED"]
    assert news.folder == sent.folder
    assert follower.poll(connection, job).frames == ()


def test_a_failed_frame_comes_with_its_sentence(connection: FarmConnection, failed: JobStatus) -> None:
    news = JobFollower().poll(connection, failed)
    ((name, sentence),) = news.errors.items()
    assert name.endswith("-encode")
    assert "gone.mp4" in sentence
    frame, same = first_error(connection, failed)
    assert frame
    assert (frame.name, same) == (name, sentence)


def test_a_job_that_was_killed_is_waited_for_no_longer_and_called_stopped(
    connection: FarmConnection, send: Callable[..., Submitted], clips: Clips, tmp_path: Path
) -> None:
    source = tmp_path / "gone.mp4"
    source.write_bytes(Path(clips("h264")).read_bytes())
    (tmp_path / "beside.txt").touch()
    sent = send("h264-review-vmaf", "killed", source, paused=True)
    source.unlink()
    act_on_job(connection, find_job(connection, sent.id), "resume")
    assert outcome(wait_for_end(connection, sent.id)) == "failed"
    act_on_job(connection, find_job(connection, sent.id), "kill")
    wait_for(lambda: outcome(find_job(connection, sent.id)) == "stopped", "the job is called stopped")
    with pytest.raises(JobFailed, match="was stopped before it was done"):
        wait_for_job(connection, sent.id)


def test_a_glance_shows_score_and_failure(
    connection: FarmConnection, done: tuple[JobStatus, Submitted], failed: JobStatus
) -> None:
    summaries = JobSummaries()
    seen = summaries.poll(connection, [done[0], failed])
    good, bad = seen[done[0].id], seen[failed.id]
    assert (good.fraction, good.is_partial, good.model) == (1.0, False, "VMAF v0.6.1 (0-100)")
    assert good.mean
    assert 0 < good.mean <= 100
    assert "gone.mp4" in bad.failure
    assert summaries.poll(connection, [done[0]])[done[0].id] is good


def test_scores_of_a_job_are_summed_up_once(connection: FarmConnection, done: tuple[JobStatus, Submitted]) -> None:
    watch = ScoreWatch()
    summary = watch.poll(connection, done[0])
    assert summary
    assert summary.scores.is_complete
    assert summary.pooled[0][0] == "VMAF v0.6.1 (0-100)"
    assert summary.worst[0][1][0] == summary.pooled[0][1]["min"]
    assert watch.poll(connection, done[0]) is summary


def test_a_job_without_comparison_has_no_scores(connection: FarmConnection, failed: JobStatus) -> None:
    assert ScoreWatch().poll(connection, failed) is None


def test_the_list_finds_this_programs_jobs(connection: FarmConnection, done: tuple[JobStatus, Submitted]) -> None:
    assert done[0].id in {job.id for job in JobList(done[0].user).poll(connection).changed}
    assert JobList("nobody").poll(connection).changed == ()


def test_actions_say_what_they_did(connection: FarmConnection, send: Callable[..., Submitted]) -> None:
    job = find_job(connection, send("h264-review", "acted", paused=True).id)
    assert set_priority(connection, job, 250) == f"priority 250: {job.name}"
    assert find_job(connection, job.id).priority == 250
    with pytest.raises(InputRefused, match="No frame"):
        act_on_job(connection, job, "retry")
    assert act_on_job(connection, job, "kill") == f"kill: {job.name}"
    assert outcome(wait_for_end(connection, job.id)) == "stopped"


def test_papers_hold_commands_and_facts(done: tuple[JobStatus, Submitted]) -> None:
    _, sent = done
    papers = read_job_details(sent.folder)
    assert papers.output == sent.output
    assert papers.frame_command("encode", 1).endswith(f"{sent.folder} encode 1")
    assert "-c:v libx264" in papers.ffmpeg_commands("encode", 1)[0]
    assert ("Preset", "h264-review-vmaf@1") in papers.facts
    assert existing(papers.folder) == papers.folder
    with pytest.raises(InputRefused, match="There is no"):
        existing(f"{papers.folder}/nothing")
    assert papers.output_folder == str(Path(sent.output or "").parent)


def test_a_feed_gives_a_log_in_lines_for_people(done: tuple[JobStatus, Submitted], tmp_path: Path) -> None:
    path = tmp_path / "x.rqlog"
    path.write_bytes(b"one\rtwo\n\n" + b"x" * (LONGEST_LINE + 1) + b"\nbad \xff \0\n")
    feed = LogFeed(done[0], "0001-encode", str(path))
    piece = feed.read()
    assert piece.anew
    assert piece.lines[:3] == ("one", "two", "")
    assert piece.lines[3].endswith("x …")
    assert piece.lines[4] == "bad \N{REPLACEMENT CHARACTER} \N{REPLACEMENT CHARACTER}"
    assert feed.read().lines == ()
