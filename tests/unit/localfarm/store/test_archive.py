# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Finished jobs leave the list by age and by number, and are found by name all the same."""

import sqlite3
from pathlib import Path
from typing import Any

from farm_jobs import Start, jobs_of, launch, layer, wait_finished
from opencue_proto import job_pb2

from cueffmpeg_gui.localfarm import control


def listed(stub: Any, **criteria: Any) -> list[str]:
    request = job_pb2.JobGetJobsRequest(r=job_pb2.JobSearchCriteria(include_finished=True, **criteria))
    return [job.name.rpartition("_")[2] for job in stub.GetJobs(request).jobs.jobs]


def test_the_newest_finished_jobs_stay_on_the_list(start: Start) -> None:
    with jobs_of(start(keep_jobs=2)) as jobs:
        made = []
        for name in ("aaa", "bbb", "ccc", "ddd"):
            made.append(launch(jobs, layer("/bin/true"), name=name))
            wait_finished(jobs, made[-1])
        launch(jobs, layer("/bin/sleep 60"), name="live")
        assert listed(jobs) == ["ccc", "ddd", "live"]
        assert listed(jobs, shows=["testing"]) == ["ccc", "ddd", "live"]
        for criteria in ({"ids": [made[0].id]}, {"jobs": [made[0].name]}, {"substr": ["_aaa"]}, {"regex": ["_aaa$"]}):
            assert listed(jobs, **criteria) == ["aaa"]
        jobs.Kill(job_pb2.JobKillRequest(job=made[0], reason="enough"))
        retried = job_pb2.JobRetryFramesRequest(job=made[0], req=job_pb2.FrameSearchCriteria())
        jobs.RetryFrames(retried)
        wait_finished(jobs, made[0])
        assert "aaa" in listed(jobs)


def test_old_jobs_leave_the_list(start: Start, root: Path) -> None:
    with jobs_of(start()) as jobs:
        for name in ("old", "new"):
            wait_finished(jobs, launch(jobs, layer("/bin/true"), name=name))
        assert listed(jobs) == ["new", "old"]
    control.stop(root)
    with sqlite3.connect(root / "farm.db") as db:
        db.execute("UPDATE job SET stopped = stopped - 31 * 86400 WHERE name LIKE '%old'")
    with jobs_of(start()) as jobs:
        assert listed(jobs) == ["new"]
    control.stop(root)
    with jobs_of(start(keep_days=0)) as jobs:
        assert listed(jobs) == ["new", "old"]
