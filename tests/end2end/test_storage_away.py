# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Storage that is away for a while costs a frame time, and nothing else."""

import errno
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from clips import Clips
from worker_jobs import Job, Jobs

from .worker_promises import failed, nothing_half


@pytest.fixture
def job(clips: Clips, jobs: Jobs, tmp_path: Path) -> Job:
    """An encode whose source and output lie in folders of their own, as on servers that are mounted."""
    for folder in ("plates/show", "films/show"):
        (tmp_path / folder).mkdir(parents=True)
    source = tmp_path / "plates" / "show" / "s.mov"
    shutil.copy(clips("prores"), source)
    return jobs(source, output=str(tmp_path / "films" / "show" / "o.mp4"))


def lines_until(process: "subprocess.Popen[bytes]", word: str) -> list[str]:
    assert process.stdout is not None
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line.decode())
        if word in lines[-1]:
            return lines
    raise AssertionError(f"It never said {word!r}: {lines}")


@pytest.mark.parametrize("away", ["plates", "films"])
def test_what_is_away_when_a_frame_starts_is_waited_for(away: str, job: Job, tmp_path: Path) -> None:
    mounted, hidden = tmp_path / away, tmp_path / "unmounted"
    mounted.rename(hidden)
    with job.start() as process:
        assert f"{mounted}/show" in lines_until(process, "is away")[-1]
        hidden.rename(mounted)
        process.communicate(timeout=120)
    assert process.returncode == 0
    assert job.output.exists()
    nothing_half(job.output.parent)


@pytest.mark.parametrize("number", [errno.EIO, errno.ESTALE, errno.ENOTCONN])
def test_a_server_that_goes_while_ffmpeg_works_costs_no_try_of_the_farm(
    number: int, job: Job, ffmpeg: str, fake: Callable[[str], str], tmp_path: Path
) -> None:
    """ffmpeg ends as it does when a read fails, twice; then it works."""
    count = f"n=$(cat {tmp_path}/n 2>/dev/null || echo 0); echo $((n + 1)) > {tmp_path}/n"
    fails = f'case "$*" in *-progress*) {count}; [ $n -lt 2 ] && echo "read error" >&2 && exit {256 - number};; esac'
    run = job.run(CUEFFMPEG_FFMPEG=fake(f'{fails}; exec {ffmpeg} "$@"'))
    assert run.returncode == 0, run.lines
    assert sum("is away" in line for line in run.lines) == 2
    assert job.output.exists()


def test_storage_that_does_not_come_back_is_temporary_trouble(job: Job, tmp_path: Path) -> None:
    (tmp_path / "plates").rename(tmp_path / "unmounted")
    run = job.run(CUEFFMPEG_STORAGE_SECONDS="1.5")
    failed(run, 75, str(tmp_path / "plates" / "show" / "s.mov"), "did not come back")
    assert sum("is away" in line for line in run.lines[:-1]) == 2


def test_a_job_folder_that_goes_away_is_waited_for(job: Job, ffmpeg: str, fake: Callable[[str], str]) -> None:
    """It is gone while ffmpeg works, as its part in the folder of outputs is made."""
    folder, hidden = job.folder, f"{job.folder}.hidden"
    away = f'case "$*" in *-progress*) [ -e {folder} ] && mv {folder} {hidden} && exit 251;; esac'
    with job.start(CUEFFMPEG_FFMPEG=fake(f'{away}; exec {ffmpeg} "$@"')) as process:
        lines_until(process, "job.json is away")
        Path(hidden).rename(folder)
        fake(f'exec {ffmpeg} "$@"')
        printed, _ = process.communicate(timeout=120)
    assert process.returncode == 0, printed.decode()


def test_a_file_that_somebody_removed_is_not_waited_for(job: Job, tmp_path: Path) -> None:
    (tmp_path / "plates" / "show" / "other.mov").touch()
    (tmp_path / "plates" / "show" / "s.mov").unlink()
    failed(job.run(), 2, "No such file")
