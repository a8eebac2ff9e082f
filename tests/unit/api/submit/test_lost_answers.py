# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Submits over lines that break: a job the farm has keeps its folder, one it has not leaves nothing."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import grpc
import pytest
from clips import Clips
from faulty_line import ANSWERING, FAULTS, FaultyLine
from own_farm import own_farm
from waiting import wait_for

from cueffmpeg_gui.api.farm import connect_farm
from cueffmpeg_gui.api.submit import lost_answer, submit
from cueffmpeg_gui.api.submit.request import SubmitRequest
from cueffmpeg_gui.api.submit.submit import Prepared, Submitted, prepare, submit_job
from cueffmpeg_gui.errors import FarmUnreachable
from cueffmpeg_gui.farm import launch
from cueffmpeg_gui.farm.monitor import JobStatus, list_jobs
from cueffmpeg_gui.farm.wrapping import error_of
from cueffmpeg_gui.settings import Settings, load_settings

Line = Callable[..., FaultyLine]
QUICK = ("cut", "garbage", "silence", "flipped")
OTHERS = sorted({*FAULTS, *ANSWERING} - set(QUICK))
# After these nothing more can come of what was sent; after the others it may.
ENDED = ("dropped", "goaway", "reset", "web", "internal", "refused stream", "cancel", "calm")
OPEN = ("silence", "garbage", "zeros", "damaged")


@pytest.fixture(scope="module")
def farm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """One local farm for all."""
    with own_farm(tmp_path_factory.mktemp("farm")) as settings:
        yield settings


@pytest.fixture
def line(farm: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    """Makes a line to it; nobody waits long."""
    monkeypatch.setattr(launch, "LAUNCH_SECONDS", 1.5)
    monkeypatch.setattr(lost_answer, "SETTLE_SECONDS", 0.4)
    monkeypatch.setattr(lost_answer, "ASK_SECONDS", 3.0)
    monkeypatch.setattr(lost_answer, "PAUSE_SECONDS", 0.1)
    connection = connect_farm(farm)
    port = int(connection.address.rpartition(":")[2])
    connection.close()
    made: list[FaultyLine] = []

    def make(fault: str, **how: Any) -> FaultyLine:
        made.append(FaultyLine(port, fault, **how))
        return made[-1]

    yield make
    for one in made:
        one.close()


def over(line: FaultyLine, tmp_path: Path) -> Settings:
    return load_settings(
        {
            "CUEFFMPEG_HOME": str(tmp_path / "home"),
            "CUEFFMPEG_USER": "alice",
            "CUEFFMPEG_FARM": f"127.0.0.1:{line.port}",
            "CUEFFMPEG_JOB_ROOT": str(tmp_path / "jobs"),
        }
    )


def request(clips: Clips, tmp_path: Path, name: str) -> SubmitRequest:
    return SubmitRequest("h264-review", str(clips("h264")), output=f"{tmp_path}/{name}.mp4", name=name, paused=True)


def jobs_in(farm: Settings, folder: str) -> list[JobStatus]:
    connection = connect_farm(farm)
    try:
        return [job for job in list_jobs(connection) if job.name == os.path.basename(folder)]
    finally:
        connection.close()


def sent_over(line: FaultyLine, clips: Clips, tmp_path: Path, name: str) -> tuple[Prepared, Callable[[], Submitted]]:
    settings = over(line, tmp_path)
    prepared = prepare(request(clips, tmp_path, name), settings)
    return prepared, lambda: submit_job(prepared, settings)


@pytest.mark.parametrize("fault", [*QUICK, *(pytest.param(fault, marks=pytest.mark.long) for fault in OTHERS)])
def test_a_job_that_was_taken_is_sent_and_keeps_its_folder(
    farm: Settings, line: Line, clips: Clips, tmp_path: Path, fault: str
) -> None:
    broken = line(fault)
    prepared, send = sent_over(broken, clips, tmp_path, f"taken_{fault.replace(' ', '_')}")
    sent = send()
    assert sent.folder == prepared.folder
    assert Path(sent.folder, "job.json").exists()
    assert [job.id for job in jobs_in(farm, sent.folder)] == [sent.id]
    assert broken.is_broken.is_set()


@pytest.mark.parametrize("fault", [*ENDED[:2], *(pytest.param(fault, marks=pytest.mark.long) for fault in ENDED[2:])])
def test_a_job_whose_line_ended_and_that_was_not_taken_leaves_nothing(
    farm: Settings, line: Line, clips: Clips, tmp_path: Path, fault: str
) -> None:
    broken = line(fault, reaches=False)
    prepared, send = sent_over(broken, clips, tmp_path, f"lost_{fault.replace(' ', '_')}")
    with pytest.raises(FarmUnreachable, match="has not taken it; send it again"):
        send()
    assert broken.count == 1
    assert not Path(prepared.folder).exists()
    assert jobs_in(farm, prepared.folder) == []


@pytest.mark.parametrize("fault", [*OPEN[:1], *(pytest.param(fault, marks=pytest.mark.long) for fault in OPEN[1:])])
def test_a_job_that_a_silent_line_may_still_deliver_keeps_its_folder(
    farm: Settings, line: Line, clips: Clips, tmp_path: Path, fault: str
) -> None:
    prepared, send = sent_over(line(fault, reaches=False), clips, tmp_path, f"open_{fault.replace(' ', '_')}")
    with pytest.raises(FarmUnreachable, match=r"is not known; its folder .* is kept.*cueffmpeg status"):
        send()
    assert Path(prepared.folder, "job.json").exists()


def test_a_job_that_is_delivered_after_it_was_given_up_finds_its_folder(
    farm: Settings, line: Line, clips: Clips, tmp_path: Path
) -> None:
    late = line("silence", reaches=False)
    prepared, send = sent_over(late, clips, tmp_path, "held")
    with pytest.raises(FarmUnreachable, match="is not known"):
        send()
    late.deliver()
    wait_for(lambda: jobs_in(farm, prepared.folder), "the job that was held back")
    assert Path(prepared.folder, "job.json").exists()
    settings = over(line("silence", trigger=b"never"), tmp_path)
    again = submit_job(
        prepare(replace(request(clips, tmp_path, "held"), output=f"{tmp_path}/b.mp4"), settings), settings
    )
    assert again.folder == f"{prepared.folder}_2"
    assert Path(prepared.folder, "job.json").exists()


@pytest.mark.parametrize("is_stored", [True, False], ids=["stored", "rolled back"])
def test_a_cuebot_that_loses_its_database_is_asked_what_it_has_stored(
    farm: Settings, line: Line, clips: Clips, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_stored: bool
) -> None:
    """It answers with an error of JDBC whether the job is in the database or not."""
    true = submit.launch

    def launched(connection: Any, xml: str, name: str) -> None:
        if is_stored:
            true(connection, xml, name)
        raise error_of(grpc.StatusCode.INTERNAL, "Could not roll back JDBC transaction", connection.address)

    monkeypatch.setattr(submit, "launch", launched)
    prepared, send = sent_over(line("silence", trigger=b"never"), clips, tmp_path, f"database_{is_stored}")
    if is_stored:
        sent = send()
        assert [job.id for job in jobs_in(farm, prepared.folder)] == [sent.id]
    else:
        with pytest.raises(FarmUnreachable, match="has not taken it; send it again"):
            send()
    assert Path(prepared.folder, "job.json").exists() is is_stored


def test_a_job_that_never_left_leaves_nothing(
    farm: Settings, line: Line, clips: Clips, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = line("cut")

    def go(_connection: object) -> set[str]:
        gone.close()
        return set()

    monkeypatch.setattr(submit, "busy_outputs", go)
    prepared, send = sent_over(gone, clips, tmp_path, "never_left")
    with pytest.raises(FarmUnreachable, match=r"No farm answers at .*was not sent"):
        send()
    assert not Path(prepared.folder).exists()
    assert jobs_in(farm, prepared.folder) == []


def test_where_nobody_can_say_the_folder_stays(farm: Settings, line: Line, clips: Clips, tmp_path: Path) -> None:
    prepared, send = sent_over(line("cut", dies=True), clips, tmp_path, "nobody_knows")
    with pytest.raises(FarmUnreachable, match=r"is not known; its folder .* is kept"):
        send()
    assert Path(prepared.folder, "job.json").exists()
    assert len(jobs_in(farm, prepared.folder)) == 1


@pytest.fixture
def patience(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """A launch that waits long."""
    monkeypatch.setattr(launch, "LAUNCH_SECONDS", 60.0)


@pytest.mark.usefixtures("patience")
@pytest.mark.parametrize("reaches", [True, False])
def test_an_interrupt_while_it_is_sent(farm: Settings, line: Line, clips: Clips, tmp_path: Path, reaches: bool) -> None:
    broken = line("silence", reaches=reaches)
    prepared, send = sent_over(broken, clips, tmp_path, f"interrupted_{reaches}".lower())

    def interrupt() -> None:
        broken.is_broken.wait()
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=interrupt).start()
    if reaches:
        assert [job.id for job in jobs_in(farm, send().folder)]
    else:
        with pytest.raises(FarmUnreachable, match="is not known"):
            send()
    assert Path(prepared.folder).exists()


def test_many_submits_of_one_name_at_once_number_themselves(farm: Settings, clips: Clips, tmp_path: Path) -> None:
    asked = request(clips, tmp_path, "burst")
    prepared = [prepare(replace(asked, output=f"{tmp_path}/burst_{number}.mp4"), farm) for number in range(24)]
    assert len({one.folder for one in prepared}) == 1
    with ThreadPoolExecutor(24) as pool:
        sent = list(pool.map(lambda one: submit_job(one, farm), prepared))
    assert len({one.id for one in sent}) == len({one.folder for one in sent}) == 24
    base = prepared[0].spec.placement.name
    assert sorted(one.job for one in sent) == sorted([base, *(f"{base}_{number}" for number in range(2, 26))][:24])
    assert all(one.job == os.path.basename(one.folder) and os.path.exists(f"{one.folder}/job.json") for one in sent)


def test_a_name_that_lives_on_the_farm_only_is_numbered_too(farm: Settings, clips: Clips, tmp_path: Path) -> None:
    elsewhere = [replace(farm, values={**farm.values, "job_root": str(tmp_path / root)}) for root in ("a", "b")]
    asked = request(clips, tmp_path, "twice")
    outputs = [f"{tmp_path}/{number}.mp4" for number in range(2)]
    first, second = (
        submit_job(prepare(replace(asked, output=output), settings), settings)
        for output, settings in zip(outputs, elsewhere, strict=True)
    )
    assert second.job == f"{first.job}_2"
    assert os.path.basename(second.folder) == second.job
    assert not os.path.exists(os.path.join(os.path.dirname(second.folder), first.job))
