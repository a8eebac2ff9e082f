# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Folders of jobs that have long ended go; those of live ones, of other farms, and what is no job folder stay."""

import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from clips import Clips
from opencue_proto import job_pb2

from cueffmpeg_gui.api import clean
from cueffmpeg_gui.api.clean import Freed, clean_folders, read_age
from cueffmpeg_gui.api.farm import connect_farm, stop_local_farm
from cueffmpeg_gui.api.monitor.actions import act_by_name
from cueffmpeg_gui.api.submit.request import SubmitRequest, job_root
from cueffmpeg_gui.api.submit.submit import Submitted, prepare, submit_job
from cueffmpeg_gui.errors import FarmUnreachable, InputRefused
from cueffmpeg_gui.farm.find import find_job
from cueffmpeg_gui.farm.monitor import job_message
from cueffmpeg_gui.settings import Settings, load_settings

DAY = 86400.0
Send = Callable[..., Submitted]


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    made = load_settings({"CUEFFMPEG_HOME": str(tmp_path / "home"), "PATH": os.environ["PATH"]})
    yield made
    stop_local_farm(made)


@pytest.fixture
def send(settings: Settings, clips: Clips, tmp_path: Path) -> Send:
    """Sends a job that does not start; killed jobs have ended."""

    def make(name: str, ended: bool = True) -> Submitted:
        output = str(tmp_path / f"{name}.mp4")
        request = SubmitRequest("h264-review", str(clips("h264")), output=output, name=name, paused=True)
        sent = submit_job(prepare(request, settings), settings)
        if ended:
            act_by_name(settings, "kill", sent.job, None, None)
        Path(sent.folder, "scores", "scores.json").write_text("{}")
        return sent

    return make


def age(folder: str, days: float) -> None:
    then = time.time() - days * DAY
    for path in (Path(folder), *Path(folder).rglob("*")):
        os.utime(path, (then, then))


def freed(settings: Settings, older: float = 30 * DAY, **options: bool) -> list[str]:
    found: list[Freed] = []
    given = {"keep_scores": False, "dry_run": False} | options
    clean_folders(settings, older=older, on_freed=found.append, **given)
    return [os.path.basename(one.folder).rpartition("_")[2] for one in found]


def test_old_folders_of_ended_jobs_go_and_no_others(settings: Settings, send: Send, tmp_path: Path) -> None:
    old, new, live = send("old"), send("new"), send("live", ended=False)
    for sent in (old, live):
        age(sent.folder, 31)
    outside = tmp_path / "outside"
    outside.mkdir()
    root = Path(job_root(settings))
    (root / "testing" / "default" / "link").symlink_to(outside)
    (root / "testing" / "default" / "no_job").mkdir()
    assert freed(settings, dry_run=True) == ["old"]
    assert os.path.isdir(old.folder)
    assert freed(settings) == ["old"]
    assert not os.path.exists(old.folder)
    assert [os.path.isdir(place) for place in (new.folder, live.folder, outside, root / "testing/default/no_job")] == [
        True
    ] * 4
    assert freed(settings, older=0.0) == ["new"]
    assert os.path.isfile(f"{live.folder}/worker.pyz")


def test_scores_may_stay(settings: Settings, send: Send) -> None:
    sent = send("old")
    age(sent.folder, 31)
    assert freed(settings, keep_scores=True) == ["old"]
    assert sorted(os.listdir(sent.folder)) == ["job.json", "scores"]
    age(sent.folder, 31)
    assert freed(settings, keep_scores=True) == []


def test_what_a_live_job_takes_chunks_from_stays(settings: Settings, send: Send) -> None:
    old, live = send("old"), send("live", ended=False)
    path = Path(live.folder, "job.json")
    document = json.loads(path.read_text())
    document["spec"]["reuse"] = old.folder
    path.write_text(json.dumps(document))
    age(old.folder, 31)
    assert freed(settings) == []


def test_folders_of_other_farms_stay_and_unnamed_ones_for_a_week(settings: Settings, send: Send) -> None:
    folders = {}
    for name, farm in (("other", "cuebot:8443"), ("unnamed", "")):
        folders[name] = send(name).folder
        path = Path(folders[name], "job.json")
        path.write_text(json.dumps({**json.loads(path.read_text()), "farm": farm}))
        age(folders[name], 3)
    assert freed(settings, older=DAY) == []
    for folder in folders.values():
        age(folder, 8)
    assert freed(settings, older=DAY) == ["unnamed"]


def test_a_farm_that_does_not_answer_keeps_everything(settings: Settings, send: Send, tmp_path: Path) -> None:
    old = send("old")
    age(old.folder, 31)
    away = replace(settings, values={**settings.values, "farm": "127.0.0.1:9", "job_root": job_root(settings)})
    with pytest.raises(FarmUnreachable):
        freed(away)
    assert os.path.isdir(old.folder)


def test_a_job_that_is_made_live_meanwhile_stays(
    settings: Settings, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clean, "FRESH_SECONDS", 0.0)
    first, second = send("first"), send("second")
    for sent in (first, second):
        age(sent.folder, 31)
    found: list[str] = []

    def revive(one: Freed) -> None:
        found.append(one.folder)
        act_by_name(settings, "pause", second.job, None, None)
        connection = connect_farm(settings)
        job = job_message(find_job(connection, second.id))
        connection.call("job", "RetryFrames", job_pb2.JobRetryFramesRequest(job=job, req=job_pb2.FrameSearchCriteria()))

    clean_folders(settings, older=30 * DAY, keep_scores=False, dry_run=False, on_freed=revive)
    assert found == [first.folder]
    assert os.path.isdir(second.folder)


@pytest.mark.parametrize(("text", "days"), [("30d", 30), ("2w", 14), ("12h", 0.5), ("7", 7), (" 1.5d ", 1.5)])
def test_ages_are_read(text: str, days: float) -> None:
    assert read_age(text) == days * DAY


@pytest.mark.parametrize("text", ["", "d", "-1d", "1y", "1d1h", "9" * 400, "nan"])
def test_ages_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(InputRefused, match="is no age"):
        read_age(text)
