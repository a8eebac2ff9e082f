# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Which frames run, how many at once, and in which order."""

from pathlib import Path

from farm_jobs import Start, frames_of, jobs_of, launch, layer, wait_finished
from opencue_proto import job_pb2
from waiting import wait_for


def test_a_layer_that_asks_for_too_much_runs_alone(root: Path, start: Start, tmp_path: Path) -> None:
    busy = tmp_path / "busy"
    command = f"sh -c 'mkdir {busy} || exit 1; sleep 0.1; rmdir {busy}'"
    with jobs_of(start()) as jobs:
        job = launch(
            jobs,
            layer(command, "1-2", "cores", cores="24.0"),
            layer(command, "1-2", "memory", memory="60g"),
            layer(command, "1", "both", cores="24.0", memory="60g"),
        )
        wait_finished(jobs, job)
        assert all(frame.retry_count == 0 for frame in frames_of(jobs, job))


def test_two_frames_run_at_once_on_two_cores(root: Path, start: Start, tmp_path: Path) -> None:
    meet = f"sh -c 'touch {tmp_path}/#IFRAME#; until test -e {tmp_path}/1 -a -e {tmp_path}/2; do sleep 0.02; done'"
    with jobs_of(start()) as jobs:
        wait_finished(jobs, launch(jobs, layer(meet, "1-2")))


def test_a_job_of_higher_priority_goes_first(root: Path, start: Start, tmp_path: Path) -> None:
    note = f"sh -c 'echo $CUE_JOB >> {tmp_path}/order'"
    with jobs_of(start(cores=1)) as jobs:
        blocker = launch(jobs, layer(f"sh -c 'until test -e {tmp_path}/go; do sleep 0.02; done'"), name="blocker")
        later = [launch(jobs, layer(note), name=name) for name in ("first", "second", "urgent")]
        jobs.SetPriority(job_pb2.JobSetPriorityRequest(job=later[2], val=99))
        (tmp_path / "go").touch()
        for job in (blocker, *later):
            wait_finished(jobs, job)
    names = [line.partition("artist_")[2] for line in (tmp_path / "order").read_text().split()]
    assert names == ["urgent", "first", "second"]


def test_a_layer_of_type_post_runs_after_the_others(root: Path, start: Start, tmp_path: Path) -> None:
    post = layer(f"touch {tmp_path}/post", name="post").replace('"Render"', '"Post"')
    with jobs_of(start()) as jobs:
        wait_finished(jobs, launch(jobs, layer(f"test ! -e {tmp_path}/post"), post))
        wait_for((tmp_path / "post").exists, "the post job runs")
