# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Lines that break in twenty ways, under submits and questions: no job without its folder, and nothing untrue."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from clips import Clips
from faulty_line import ANSWERING, FAULTS, FaultyLine
from opencue_proto import job_pb2
from own_farm import own_farm

from cueffmpeg_gui.api.farm import connect_farm
from cueffmpeg_gui.api.submit import lost_answer
from cueffmpeg_gui.api.submit.request import SubmitRequest
from cueffmpeg_gui.api.submit.submit import prepare, submit_job
from cueffmpeg_gui.errors import FarmUnreachable
from cueffmpeg_gui.farm import launch
from cueffmpeg_gui.farm.address import FarmAddress
from cueffmpeg_gui.farm.connection import FarmConnection, connect
from cueffmpeg_gui.settings import Settings, load_settings

from .losses import Losses, Tally

KINDS = (*FAULTS, *ANSWERING)
QUICK = ("half", "goaway")
LONG = [pytest.mark.long, pytest.mark.timeout(600)]
WANTED = "break here"
SAID = (("has not taken it", "not taken"), ("was not sent", "not taken"), ("is not known", "not known"))


@pytest.fixture(scope="module")
def farm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """One local farm for all."""
    with own_farm(tmp_path_factory.mktemp("farm")) as settings:
        yield settings


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits long."""
    for module, name, seconds in (
        (launch, "LAUNCH_SECONDS", 1.5),
        (lost_answer, "SETTLE_SECONDS", 0.4),
        (lost_answer, "ASK_SECONDS", 1.5),
        (lost_answer, "PAUSE_SECONDS", 0.1),
    ):
        monkeypatch.setattr(module, name, seconds)


class Round:
    """Submits and questions over one kind of line."""

    def __init__(self, farm: Settings, source: str, folder: Path, kind: str) -> None:
        self._farm, self._source, self._folder, self._kind = farm, source, folder, kind
        connection = connect_farm(farm)
        self._port = int(connection.address.rpartition(":")[2])
        connection.close()

    def submit(self, *, reaches: bool, dies: bool, tally: Tally) -> None:
        line = FaultyLine(self._port, self._kind, reaches=reaches, dies=dies)
        name = f"{self._kind}_{reaches}_{dies}".replace(" ", "_").lower()
        settings = load_settings(
            {
                "CUEFFMPEG_HOME": str(self._folder / "home"),
                "CUEFFMPEG_USER": "alice",
                "CUEFFMPEG_FARM": f"127.0.0.1:{line.port}",
                "CUEFFMPEG_JOB_ROOT": str(self._folder / "jobs"),
            }
        )
        request = SubmitRequest(
            "h264-review", self._source, output=f"{self._folder}/{name}.mp4", name=name, paused=True
        )
        prepared = prepare(request, settings)
        try:
            end = "sent" if submit_job(prepared, settings).job == prepared.spec.placement.name else "another name"
        except FarmUnreachable as error:
            end = next((end for words, end in SAID if words in str(error)), str(error))
        if end == "not known":
            line.deliver()  # what a silent line has held back
        line.close()
        folder = Path(prepared.folder, "job.json").exists()
        taken = os.path.basename(prepared.folder) in self._names()
        is_true = {"sent": taken and folder, "not taken": not taken and not folder, "not known": folder}
        tally.check(is_true.get(end, False), end, f"{name}: {end}, folder {folder}, on the farm {taken}")

    def ask(self, tally: Tally, how: Callable[[FarmConnection, object], list[object]]) -> None:
        """An answer is that of the farm, or none."""
        line = FaultyLine(self._port, self._kind, trigger=WANTED.encode())
        request = job_pb2.JobGetJobsRequest(r=job_pb2.JobSearchCriteria(substr=[WANTED, "alice"]))
        connection = connect(FarmAddress("127.0.0.1", line.port), timeout_seconds=1)
        try:
            (answer,) = how(connection, request)
            end = "answered"
        except FarmUnreachable:
            answer, end = None, "unreachable"
        connection.close()
        line.close()
        # A bit that changed in a name is seen where there is a proof, which a line to another port cannot pass on.
        is_true = answer is None or self._kind == "flipped" or self._is_right(answer)
        tally.check(is_true, end, f"{self._kind}: answered what was not so")

    def _is_right(self, answer: object) -> bool:
        return sorted(job.name for job in answer.jobs.jobs) == sorted(self._names())  # type: ignore[attr-defined]

    def _names(self) -> list[str]:
        connection = connect_farm(self._farm)
        try:
            request = job_pb2.JobGetJobsRequest(r=job_pb2.JobSearchCriteria(substr=["alice"]))
            return [job.name for job in connection.call("job", "GetJobs", request).jobs.jobs]
        finally:
            connection.close()


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("kind", [*QUICK, *(pytest.param(kind, marks=LONG) for kind in KINDS if kind not in QUICK)])
def test_a_line_that_breaks(kind: str, farm: Settings, clips: Clips, tmp_path: Path, losses: Losses) -> None:
    attacked = Round(farm, str(clips("h264")), tmp_path, kind)
    with losses.attack("broken lines") as tally:
        for reaches in (True, False):
            for dies in (True, False):
                attacked.submit(reaches=reaches, dies=dies, tally=tally)
        attacked.ask(tally, lambda connection, request: [connection.call("job", "GetJobs", request)])
        attacked.ask(tally, lambda connection, request: connection.call_many("job", "GetJobs", [request]))
