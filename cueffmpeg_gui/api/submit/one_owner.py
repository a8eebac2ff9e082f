# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""One output, one owner: which files living jobs will write, and a lock, so that no two submits find one name free."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
from collections.abc import Iterator

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.farm.by_id import layers_by_id
from cueffmpeg_gui.farm.connection import FarmConnection
from cueffmpeg_gui.farm.monitor import list_jobs, outcome
from cueffmpeg_gui.farm.status import job_folder_in
from cueffmpeg_gui.jobs.folder import read_job

LOCKS = ".locks"


def busy_outputs(connection: FarmConnection) -> set[str]:
    """The outputs of this program's jobs that are not done, as their folders name them; of those this host reaches."""
    living = [job for job in list_jobs(connection, include_finished=False) if outcome(job) == "running"]
    folders = {job_folder_in(layers) for layers in layers_by_id(connection, living).values()} - {None}
    return {output for folder in folders if (output := _output_of(str(folder)))}


@contextlib.contextmanager
def choosing(root: str, output: str | None) -> Iterator[None]:
    """While inside, no other submit with this job root decides about this output."""
    lock = _open_lock(root, output) if output else None
    try:
        if lock is not None:
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        if lock is not None:
            os.close(lock)


def _open_lock(root: str, output: str) -> int | None:
    """Few files serve all outputs; None where there can be none, and the hosts' own check has to do."""
    folder = os.path.join(root, LOCKS)
    name = hashlib.sha256(os.fsencode(output)).hexdigest()[:2]
    try:
        os.makedirs(folder, exist_ok=True)
        return os.open(os.path.join(folder, name), os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError:
        return None


def _output_of(folder: str) -> str | None:
    try:
        return read_job(folder).spec.output
    except InputRefused:
        return None
