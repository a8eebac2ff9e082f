# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The local farm tells this program's jobs from others in one call; a client asks about none of them alone."""

import pytest
from farm_jobs import Start, jobs_of, launch, layer

from cueffmpeg_gui.farm.address import parse_address
from cueffmpeg_gui.farm.connection import FarmConnection, connect
from cueffmpeg_gui.farm.job_list import JobList
from cueffmpeg_gui.farm.monitor import list_jobs

OURS = layer("/bin/true", name="encode").replace(
    "</layer>", "<services><service>cueffmpeg</service></services></layer>"
)


def test_only_our_jobs_are_sent_and_asked_for_once(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    address = start()
    with jobs_of(address) as jobs:
        launch(jobs, layer("/bin/true"), name="foreign")
        ours = [launch(jobs, layer("/bin/true"), OURS, name=f"ours{n}").id for n in range(3)]
    connection = connect(parse_address(str(address)))
    monkeypatch.setattr(FarmConnection, "call_many", lambda *given: [pytest.fail("too many") for _ in given[-1]])
    assert {job.id for job in list_jobs(connection)} == set(ours)
    assert {job.id for job in JobList().poll(connection).changed} == set(ours)
    assert len(list_jobs(connection, ours_only=False)) == 4
    connection.close()
