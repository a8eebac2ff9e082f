# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Disks that are full at any point: a sentence, nothing half under a whole name, and all well when there is room."""

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from clips import Clips
from worker_jobs import Job, Jobs

from cueffmpeg_gui.errors import CueffmpegError

from ..worker_promises import PARTS
from .losses import Losses, Tally

SEED = 20261128
LONG = [pytest.mark.long, pytest.mark.timeout(3600)]
FULL, GOOD = 75, 0
Disk = Callable[[str], Path]


def rounds(quick: int, long: int) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("disks", [quick, pytest.param(long, marks=LONG)])


class Filler:
    """A file that leaves so many bytes of a disk."""

    def __init__(self, disk: Path) -> None:
        self._path = disk / "filler"

    def leave(self, room: int) -> None:
        self.free()
        with self._path.open("wb") as file:
            file.write(bytes(max(0, shutil.disk_usage(self._path.parent).free - room)))

    def free(self) -> None:
        self._path.unlink(missing_ok=True)


@dataclass(frozen=True)
class Victim:
    """A frame that ran well once, what it made, and the disk it is on."""

    job: Job
    layer: str
    result: Path
    made: bytes
    filler: Filler


def attack(victim: Victim, room: int, tally: Tally) -> None:
    job, layer, result, made, filler = victim.job, victim.layer, victim.result, victim.made, victim.filler
    result.unlink(missing_ok=True)
    filler.leave(room)
    run = job.run(layer)
    found = result.read_bytes() if result.exists() else None
    filler.free()
    is_true = found == made if run.returncode == GOOD else found is None
    is_told = run.returncode == GOOD or (run.returncode in (3, FULL) and run.lines[-1].startswith("error: "))
    parts = list(result.parent.glob(PARTS))
    again = job.run(layer)
    is_well = again.returncode == GOOD and result.read_bytes() == made
    end = {GOOD: "room enough", FULL: "told as full"}.get(run.returncode, f"told, code {run.returncode}")
    what = f"{layer}, {room} bytes: {run.returncode} {run.lines[-1:]}, parts {parts}, again {again.lines[-1:]}"
    tally.check(is_true and is_told and is_well and not parts, end, what)


@rounds(2, 45)
def test_under_an_output(disks: int, clips: Clips, jobs: Jobs, tiny_disk: Disk, losses: Losses) -> None:
    chance = random.Random(SEED)
    disk = tiny_disk("size=4m")
    job = jobs(clips("h264"), output=str(disk / "o.mp4"), values={"speed": "ultrafast"})
    job.must_run()
    made = job.output.read_bytes()
    victim = Victim(job, "encode", job.output, made, Filler(disk))
    with losses.attack("full disks under outputs") as tally:
        for _ in range(disks):
            attack(victim, int(len(made) * chance.uniform(0, 1.2)), tally)


@rounds(2, 40)
def test_under_scores(disks: int, clips: Clips, jobs: Jobs, tiny_disk: Disk, losses: Losses) -> None:
    chance = random.Random(SEED)
    disk = tiny_disk("size=4m")
    values = {**jobs.settings.values, "job_root": str(disk)}
    job = Jobs(replace(jobs.settings, values=values), jobs.ffmpeg)(
        clips("bframes"), "vmaf-compare", reference=str(clips("h264"))
    )
    job.must_run("compare")
    made = job.scores.read_bytes()
    victim = Victim(job, "compare", job.scores, made, Filler(disk))
    with losses.attack("full disks under job folders") as tally:
        for _ in range(disks):
            attack(victim, int(60 * len(made) * chance.random() ** 2), tally)


@rounds(2, 15)
def test_under_a_submit(disks: int, clips: Clips, jobs: Jobs, tiny_disk: Disk, losses: Losses) -> None:
    chance = random.Random(SEED)
    disk = tiny_disk("size=1m")
    own = Jobs(replace(jobs.settings, values={**jobs.settings.values, "job_root": str(disk)}), jobs.ffmpeg)
    whole = own(clips("h264"), output=str(disk.parent / "o.mp4"))
    size = sum(path.stat().st_size for path in Path(whole.folder).rglob("*") if path.is_file())
    filler = Filler(disk)
    with losses.attack("full disks under submits") as tally:
        for number in range(disks):
            filler.leave(chance.randrange(0, min(size, 30000)))
            before = set(disk.rglob("job.json"))
            try:
                made = own(clips("h264"), output=str(disk.parent / f"{number}.mp4"), name=f"n{number}")
                tally.check(Path(made.folder, "job.json").stat().st_size > 0, "room enough", "an empty job.json")
            except CueffmpegError as error:
                left = set(disk.rglob("job.json")) - before
                tally.check(not left and len(str(error)) < 1000, "told", f"{error}: {left}")
            filler.free()
