# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Frees the folders of jobs that have long ended: never of a live job, never outside the job root, never unasked."""

import contextlib
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cueffmpeg_gui.api.farm import FarmConnection, connect_farm, farm_identity
from cueffmpeg_gui.api.submit.request import job_root
from cueffmpeg_gui.errors import InputRefused, quoted
from cueffmpeg_gui.farm.monitor import list_jobs
from cueffmpeg_gui.jobs.folder import JobDocument, read_job
from cueffmpeg_gui.jobs.shared_worker import unused_workers
from cueffmpeg_gui.media.view import FOLDER
from cueffmpeg_gui.settings import Settings

__all__ = ["Freed", "clean_folders", "read_age"]

UNITS = {"": 86400.0, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0, "w": 7 * 86400.0}
# What stays of a folder when its scores are kept: enough to review it.
KEPT = ("job.json", "scores", FOLDER)
# A folder that does not say whose it is may be another farm's: it is left alone until nothing has moved for so long.
UNNAMED_SECONDS = 7 * 86400.0
# What the farm said of its live jobs is believed for so long.
FRESH_SECONDS = 2.0


@dataclass(frozen=True)
class Freed:
    """A job folder, the bytes that go, and seconds since anything in it changed."""

    folder: str
    size: int
    age: float


def read_age(text: str) -> float:
    """Seconds of "30d", "12h", "2w" or "30" (days); raises InputRefused."""
    match = re.fullmatch(r"([0-9]{1,6}(?:\.[0-9]{1,6})?)([smhdw]?)", text.strip())
    if not match:
        raise InputRefused(f"{quoted(text)} is no age; write for example 30d, 12h or 2w.")
    return float(match[1]) * UNITS[match[2]]


def clean_folders(
    settings: Settings, *, older: float, keep_scores: bool, dry_run: bool, on_freed: Callable[[Freed], None]
) -> None:
    """Frees the folders of ended jobs in which nothing has changed for `older` seconds; tells of each one.

    Raises FarmUnreachable before anything is removed when the farm does not answer: only it knows what is live.
    """
    root, identity = job_root(settings), farm_identity(settings)
    live = _LiveJobs(connect_farm(settings), root)
    for folder, document in _job_folders(root):
        found = _freeable(folder, keep_scores)
        wanted = older if document.farm == identity else max(older, UNNAMED_SECONDS)
        is_ours = document.farm in ("", identity)
        if not is_ours or found is None or found.age < wanted or live.holds(folder):
            continue
        if not dry_run:
            _free(folder, keep_scores)
        on_freed(found)
    for worker in [] if dry_run else unused_workers(root):
        with contextlib.suppress(OSError):
            os.unlink(worker)


class _LiveJobs:
    """The folders that jobs which have not ended work in, or take chunks from."""

    def __init__(self, connection: FarmConnection, root: str) -> None:
        self._connection = connection
        self._root = root
        self._asked = float("-inf")
        self._folders: set[str] = set()

    def holds(self, folder: str) -> bool:
        """Whether the folder is one of them. Raises FarmUnreachable."""
        if time.monotonic() - self._asked > FRESH_SECONDS:
            jobs = list_jobs(self._connection, ours_only=False, include_finished=False)
            self._folders = {os.path.join(self._root, job.show, job.shot, job.name) for job in jobs}
            self._folders |= {os.path.normpath(kept) for kept in map(_reused, self._folders) if kept}
            self._asked = time.monotonic()
        return folder in self._folders


def _reused(folder: str) -> str | None:
    try:
        return read_job(folder).spec.reuse
    except InputRefused:
        return None


def _job_folders(root: str) -> Iterator[tuple[str, JobDocument]]:
    """Job folders show/shot/name below the root, found without following any link; what is no job is not touched."""
    for show in _folders_in(root):
        for shot in _folders_in(show):
            for folder in _folders_in(shot):
                with contextlib.suppress(InputRefused):
                    document = read_job(folder)
                    place = document.spec.placement
                    if folder == os.path.join(root, place.show, place.shot, place.name):
                        yield folder, document


def _folders_in(folder: str) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return sorted(
                entry.path for entry in entries if entry.is_dir(follow_symlinks=False) and entry.name[0] != "."
            )
    except OSError:
        return []


def _freeable(folder: str, keep_scores: bool) -> Freed | None:
    """What would go of a folder; None when nothing would."""
    size, newest, count = 0, 0.0, 0
    for place, _, names in os.walk(folder):
        top = os.path.relpath(place, folder).split(os.sep)[0]
        for name in names:
            found = _stat(os.path.join(place, name))
            newest = max(newest, found.st_mtime if found else 0.0)
            if found and not (keep_scores and (name if top == "." else top) in KEPT):
                count += 1
                size += found.st_size if found.st_nlink == 1 else 0  # a shared worker goes with its last folder
    return Freed(folder, size, time.time() - newest) if count else None


def _stat(path: str) -> os.stat_result | None:
    try:
        return os.lstat(path)
    except OSError:
        return None


def _free(folder: str, keep_scores: bool) -> None:
    if not keep_scores:
        shutil.rmtree(folder, ignore_errors=True)
        for parent in (os.path.dirname(folder), os.path.dirname(os.path.dirname(folder))):
            with contextlib.suppress(OSError):  # another job is in it
                os.rmdir(parent)
        return
    with os.scandir(folder) as entries:
        others = [entry for entry in entries if entry.name not in KEPT]
    for entry in others:
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                os.unlink(entry.path)
