# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Storage that is away for a while is waited for, and the frame begins anew: a farm's retries would all be spent in the
minute a server takes to start again."""

import errno
import os
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Optional

from cueffmpeg_gui.errors import CueffmpegError, StorageAway, TemporaryTrouble
from cueffmpeg_gui.jobs.folder import JobDocument, read_job
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.worker.report import say

AWAY = frozenset({
    errno.EIO, errno.ESTALE, errno.ENOTCONN, errno.ENODEV, errno.ENXIO, errno.ETIMEDOUT, errno.EHOSTDOWN,
    errno.EHOSTUNREACH,
})  # fmt: skip
# How long storage is waited for, in seconds; a variable of the host or the job may say another number.
PATIENCE, PATIENCE_VARIABLE = 300.0, "CUEFFMPEG_STORAGE_SECONDS"
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0


def run_patiently(folder: str, work: Callable[[JobDocument], None]) -> None:
    """Does the work of a job folder, and again each time it failed while storage was away.

    Raises what the work raises, InputRefused when the folder holds no job to begin with, and TemporaryTrouble when the
    storage does not come back in time.
    """
    job = read_job(folder)
    paths = [os.path.join(folder, "job.json"), *_paths_of(job.spec)]
    until, pause = 0.0, FIRST_PAUSE
    while True:
        try:
            work(read_job(folder) if until else job)
            return
        except (CueffmpegError, OSError) as error:
            away = _what_is_away(paths, error)
            if away is None:
                raise
        until = until or time.monotonic() + _patience()
        left = until - time.monotonic()
        if left <= 0:
            raise TemporaryTrouble(f"{away} is away and did not come back; mount its storage on this host, then retry.")
        say(f"note: the storage of {away} is away; waiting {pause:g} s for it, then beginning again")
        time.sleep(min(pause, left))
        pause = min(2 * pause, LONGEST_PAUSE)


def is_away(path: str) -> bool:
    """Whether a path that was there cannot be reached: its server does not answer, or where it was mounted is bare.

    A file that is gone from a folder that holds others was removed by somebody.
    """
    try:
        os.stat(path)
        if os.path.isfile(path):
            with open(path, "rb") as file:
                file.read(1)
    except OSError as error:
        return error.errno in AWAY or (error.errno == errno.ENOENT and _is_bare(os.path.dirname(path)))
    return False


def _is_bare(folder: str) -> bool:
    try:
        with os.scandir(folder) as entries:
            return next(entries, None) is None
    except OSError as error:
        return error.errno in AWAY or error.errno == errno.ENOENT


def _what_is_away(paths: Sequence[str], error: Exception) -> Optional[str]:
    gone = next(filter(is_away, paths), None)
    if gone is None and (isinstance(error, StorageAway) or getattr(error, "errno", None) in AWAY):
        return str(getattr(error, "filename", None) or paths[1])
    return gone


def _paths_of(spec: JobSpec) -> Iterator[str]:
    """What was there when the job was submitted."""
    for clip in (spec.source, spec.reference):
        if clip is not None:
            yield clip.sequence.first_file if clip.sequence else clip.path
    if spec.sound is not None:
        yield spec.sound.path
    if spec.output is not None:
        yield os.path.dirname(spec.output)


def _patience() -> float:
    try:
        return float(os.environ.get(PATIENCE_VARIABLE, PATIENCE))
    except ValueError:
        return PATIENCE
