# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What hosts execute can be changed by its owner alone, under any umask; and a worker that is another says so."""

import os
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from clips import Clips
from worker_jobs import Job, Jobs

from cueffmpeg_gui.api.doctor import examine
from cueffmpeg_gui.settings import load_settings

UMASKS = (0o000, 0o002, 0o022, 0o027, 0o077)


@pytest.fixture(params=UMASKS, ids=oct)
def job(request: pytest.FixtureRequest, clips: Clips, jobs: Jobs, tmp_path: Path) -> Iterator[Job]:
    before = os.umask(request.param)
    try:
        yield jobs(clips("h264"), output=str(tmp_path / "o.mp4"))
    finally:
        os.umask(before)


def rights(path: str) -> int:
    return stat.S_IMODE(os.stat(path).st_mode)


def test_nobody_else_can_write_the_worker_or_the_job_or_replace_them(job: Job) -> None:
    for path in (job.folder, f"{job.folder}/worker.pyz", f"{job.folder}/job.json"):
        assert not rights(path) & 0o022, path


def test_nobody_else_can_put_another_folder_in_a_jobs_place(job: Job) -> None:
    for parent in Path(job.folder).parents[:2]:
        assert not rights(str(parent)) & 0o022 or rights(str(parent)) & stat.S_ISVTX, parent


def test_hosts_write_into_the_folders_inside_as_the_umask_says(job: Job) -> None:
    mask = os.umask(0)
    os.umask(mask)
    for name in ("chunks", "audio", "scores", "work"):
        assert rights(f"{job.folder}/{name}") == 0o777 & ~mask


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user")
def test_another_user_of_an_open_job_root_changes_nothing_that_is_executed(clips: Clips, jobs: Jobs) -> None:
    before = os.umask(0)
    try:
        folder = jobs(clips("h264")).folder
    finally:
        os.umask(before)
    for place in [folder, *map(str, Path(folder).parents)]:
        if rights(place) & 0o005 != 0o005:
            os.chmod(place, rights(place) | 0o005)
    parent = Path(folder).parent
    tries = (
        f"echo x > {folder}/worker.pyz", f"rm -f {folder}/worker.pyz", f"mv {folder}/worker.pyz {folder}/old",
        f"echo x > {folder}/job.json", f"mv {folder} {folder}.old", f"mv {parent} {parent}.old",
    )  # fmt: skip
    for attempt in tries:
        done = subprocess.run(["sh", "-c", attempt], user=65534, group=65534, extra_groups=[], check=False, stderr=-3)
        assert done.returncode, attempt
    wrote = subprocess.run(["sh", "-c", f"echo x > {folder}/scores/x"], user=65534, group=65534, check=False)
    assert wrote.returncode == 0


def test_a_worker_that_is_not_the_jobs_own_says_so(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    job = jobs(clips("h264"), output=str(tmp_path / "o.mp4"))
    worker = Path(job.folder, "worker.pyz")
    shutil.copy(worker, tmp_path / "whole.pyz")
    with open(tmp_path / "whole.pyz", "ab") as file:
        file.write(b"\0")
    os.replace(tmp_path / "whole.pyz", worker)
    run = job.run()
    assert run.returncode == 2
    assert "is not the worker that the job was made with" in run.lines[-1]


@pytest.mark.parametrize(("mode", "is_good"), [(0o777, False), (0o1777, True), (0o775, True), (0o755, True)])
def test_doctor_says_that_a_job_root_is_open(mode: int, is_good: bool, tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    root.chmod(mode)
    settings = load_settings({"CUEFFMPEG_HOME": f"{tmp_path}/home", "CUEFFMPEG_JOB_ROOT": str(root)})
    (found,) = [finding for finding in examine(settings) if finding.name == "storage"]
    assert found.is_good == is_good
    assert is_good or found.fix.endswith(f"chmod +t {root}")
