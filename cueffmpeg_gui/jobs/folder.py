# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The job folder: everything a job is, on storage that the render hosts reach."""

import hashlib
import os
import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import cueffmpeg_gui
from cueffmpeg_gui.errors import FolderTaken, InputRefused
from cueffmpeg_gui.jobs.check_spec import check_fields, check_spec
from cueffmpeg_gui.jobs.folder_rights import keep_own, make_own, make_parents
from cueffmpeg_gui.jobs.plan import Plan, frame_command, preview_commands
from cueffmpeg_gui.jobs.shared_worker import put_shared
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.jobs.tables import put_tables
from cueffmpeg_gui.media.documents import from_plain, read_json, to_plain, write_json
from cueffmpeg_gui.media.open_file import JOB_DOCUMENT

SCHEMA = "cueffmpeg.job/1"
# The layer's command holds this path bare, and it goes through a shell on the host.
SAFE_PATH = re.compile(r"^/[A-Za-z0-9_./+@=-]*$")
SUBFOLDERS = ("chunks", "audio", "scores", "work")
WORKER_ROOMS = ("media", "jobs", "worker")
WORKER_FILES = ("__init__.py", "errors.py")
WORKER_MAIN = "from cueffmpeg_gui.worker.main import main\n\nmain()\n"
# Zip files need a time; a fixed one makes equal workers equal files.
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class JobDocument:
    """What job.json holds: the spec, and for the reader the version, time, plan and commands.

    `worker` is the digest (SHA-256) of the worker.pyz that the job was made with; empty in jobs of earlier versions.
    """

    cueffmpeg: str
    created: str
    spec: JobSpec
    plan: Plan
    commands: dict[str, Any]
    worker: str = ""
    farm: str = ""


def create_job_folder(
    root: str,
    spec: JobSpec,
    plan: Plan,
    created: str,
    farm: str = "",
    *,
    tables: str = "",
    begun: Callable[[str], None] = lambda folder: None,
) -> str:
    """Makes the folder of a job, complete, and returns its path; `farm` says whose it is (see api.farm.farm_identity).

    `tables` is where the tables of the spec's views lie. `begun` is told as soon as there is a folder, empty yet.

    Raises FolderTaken or InputRefused; nothing half is left then.
    """
    folder = job_folder(root, spec)
    try:
        make_parents(folder)
        make_own(folder)
    except FileExistsError as error:
        raise FolderTaken(f"The job folder {folder} cannot be made: {error.strerror}.") from None
    except OSError as error:
        raise InputRefused(f"The job folder {folder} cannot be made: {error.strerror}.") from None
    begun(folder)
    try:
        for name in SUBFOLDERS:
            os.mkdir(os.path.join(folder, name))
        worker = build_worker()
        put_shared(root, os.path.join(folder, "worker.pyz"), worker)
        put_tables(root, folder, spec, tables)
        document = _document(folder, spec, plan, created)
        document = replace(document, worker=hashlib.sha256(worker).hexdigest(), farm=farm)
        write_json(os.path.join(folder, "job.json"), SCHEMA, to_plain(document))
        keep_own(os.path.join(folder, "job.json"))
    except InputRefused:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise InputRefused(f"The job folder {folder} cannot be written: {error.strerror}.") from None
    return folder


def job_folder(root: str, spec: JobSpec) -> str:
    """The path of the folder; raises InputRefused when a shell would read something into it."""
    place = spec.placement
    folder = os.path.join(root, place.show, place.shot, place.name)
    check_safe(folder)
    return folder


def check_safe(folder: str) -> None:
    """Raises InputRefused when the path could not stand bare in a frame's command."""
    if not SAFE_PATH.match(folder):
        raise InputRefused(
            f"The job folder {folder} cannot go into a farm's command: its path must be absolute and hold only "
            "letters, digits and _ . / + @ = -; name another root in CUEFFMPEG_JOB_ROOT."
        )


def free_name(root: str, show: str, shot: str, name: str, after: str = "") -> str:
    """`name`, or with _2, _3 … behind it the first whose folder is not there yet; only numbers behind `after`'s."""
    number, candidate = 1, name
    is_behind = not after.startswith(name)
    while not is_behind or os.path.lexists(os.path.join(root, show, shot, candidate)):
        is_behind = is_behind or candidate == after
        number += 1
        candidate = f"{name}_{number}"
    return candidate


def read_job(folder: str) -> JobDocument:
    """Reads and checks job.json of a folder, the only way to a job's document; raises InputRefused."""
    path = os.path.join(folder, "job.json")
    document = from_plain(JobDocument, read_json(path, SCHEMA, JOB_DOCUMENT), path)
    check_fields(document.plan, f"{path}: plan")
    return replace(document, spec=check_spec(document.spec, path))


def scores_path(folder: str) -> str:
    """Where the merged scores of a job lie."""
    return os.path.join(folder, "scores", "scores.json")


def build_worker() -> bytes:
    """The worker as a zip application: the rooms it needs, standard library only. Equal sources give equal bytes."""
    package = Path(cueffmpeg_gui.__file__).parent
    files = [package / name for name in WORKER_FILES]
    files += sorted(path for room in WORKER_ROOMS for path in (package / room).glob("*.py"))
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("__main__.py", ZIP_EPOCH), WORKER_MAIN)
        for path in files:
            name = f"{package.name}/{path.relative_to(package).as_posix()}"
            archive.writestr(zipfile.ZipInfo(name, ZIP_EPOCH), path.read_bytes())
    return buffer.getvalue()


def _document(folder: str, spec: JobSpec, plan: Plan, created: str) -> JobDocument:
    commands = {
        layer.name: {
            "frame": frame_command(folder, layer.name),
            "ffmpeg": preview_commands(spec, layer.name),
        }
        for layer in plan.layers
    }
    return JobDocument(cueffmpeg_gui.__version__, created, spec, plan, commands)
