# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A parsed job spec → rows, or Cuebot's refusal."""

from __future__ import annotations

import json
import re
import sqlite3
import time
from collections.abc import Mapping
from pathlib import Path

from cueffmpeg_gui.localfarm.refusals import SpecRefused
from cueffmpeg_gui.localfarm.spec.job_spec import Spec, SpecJob, SpecLayer
from cueffmpeg_gui.localfarm.spec.names import frame_name
from cueffmpeg_gui.localfarm.states import DONE, FrameState, JobState, LayerType
from cueffmpeg_gui.localfarm.store import depends as depend_store
from cueffmpeg_gui.localfarm.store.database import Store, new_id

FACILITIES = {"local": "aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaa1", "cloud": "aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaa0"}
DEFAULT_FACILITY = "cloud"
DEFAULT_MAX_CORES = 10000

# Cuebot hides whatever goes wrong after its first checks behind this.
_LOST = "Incorrect result size: expected 1, actual 0"
_PATH_PART = re.compile(r"\w[\w.@+-]*")
# Widths of Cuebot's columns.
_LAYER_WIDTHS = {"command": 4000, "range": 4000, "name": 256}
_TAGS_WIDTH, _ENV_WIDTH, _OUTPUT_WIDTH = 4000, 2048, 2048
_JOB_WIDTH, _SHOT_WIDTH, _USER_WIDTH = 255, 64, 32


def launch(store: Store, spec: Spec, log_root: Path, *, known_shows_only: bool) -> list[int]:
    """Make the jobs of a spec, all or none; returns their row numbers. Raises SpecRefused in Cuebot's words."""
    with store.transaction() as db:
        _check_path_parts(spec)
        _check_names(db, spec)
        _check_show(db, spec, known_shows_only)
        if not _fits(spec):
            raise SpecRefused(_LOST)
        jobs = [_insert_job(db, spec, job, log_root) for job in spec.jobs]
        try:
            for depend in spec.depends:
                depend_store.create(db, depend)
        except (LookupError, ValueError):
            raise SpecRefused(_LOST) from None
        return jobs


def _check_path_parts(spec: Spec) -> None:
    """Show and user become parts of paths of logs; Cuebot trusts them, a farm on the artist's own disk does not."""
    for kind, name in (("show", spec.show), ("user", spec.user)):
        if not _PATH_PART.fullmatch(name):
            raise SpecRefused(f"The {kind} name: {name} is not in the proper format.")


def _check_names(db: sqlite3.Connection, spec: Spec) -> None:
    for job in spec.jobs:
        if db.execute("SELECT 1 FROM job WHERE name = ? AND state = ?", (job.name, JobState.PENDING)).fetchone():
            raise SpecRefused(f"The job {job.name} is already pending")


def _check_show(db: sqlite3.Connection, spec: Spec, known_only: bool) -> None:
    known = db.execute("SELECT 1 FROM show WHERE name = ?", (spec.show,)).fetchone()
    if known:
        return
    if known_only or not spec.show:
        raise SpecRefused(
            f"The {spec.show} does not exist. Please contact administrator of your OpenCue deployment "
            "to have this show created."
        )
    db.execute("INSERT INTO show (name, id) VALUES (?, ?)", (spec.show, new_id()))


def _fits(spec: Spec) -> bool:
    """Whether Cuebot's database would hold the spec and knows its facility and limits (a fresh one has no limits)."""
    if (spec.facility or DEFAULT_FACILITY) not in FACILITIES:
        return False
    if len(spec.shot) > _SHOT_WIDTH or len(spec.user) > _USER_WIDTH:
        return False
    names = [job.name for job in spec.jobs]
    if len(set(names)) < len(names) or any(len(name) > _JOB_WIDTH for name in names):
        return False
    return all(_layer_fits(layer) for job in spec.jobs for layer in job.layers) and all(
        len(value) <= _ENV_WIDTH for job in spec.jobs for _, value in job.env
    )


def _layer_fits(layer: SpecLayer) -> bool:
    return (
        not layer.limits
        and all(len(getattr(layer, name)) <= width for name, width in _LAYER_WIDTHS.items())
        and len(" | ".join(layer.tags)) <= _TAGS_WIDTH
        and all(len(value) <= _ENV_WIDTH for _, value in layer.env)
        and all(len(path) <= _OUTPUT_WIDTH for path in layer.outputs)
    )


def _insert_job(db: sqlite3.Connection, spec: Spec, job: SpecJob, log_root: Path) -> int:
    main = [layer for layer in job.layers if layer.type is not LayerType.POST]
    post = [layer for layer in job.layers if layer.type is LayerType.POST]
    now = time.time()
    pk = _insert_rows(db, spec, job, main, log_root)
    if post:
        post_pk = _insert_rows(db, spec, _post_job(spec, job, now), post, log_root)
        db.execute(
            "UPDATE job SET state = ?, post_of = ?, user = 'monitor' WHERE pk = ?", (JobState.POSTED, pk, post_pk)
        )
    return pk


def _post_job(spec: Spec, job: SpecJob, now: float) -> SpecJob:
    """The job of the layers of type Post; it waits until the other one has ended."""
    name = f"{job.name}_post_job_{int(now * 1000)}".replace(spec.user, "monitor", 1)
    return SpecJob(name, False, False, 1, 2, 500, job.os, job.env, ())


def _insert_rows(db: sqlite3.Connection, spec: Spec, job: SpecJob, layers: list[SpecLayer], log_root: Path) -> int:
    now = time.time()
    job_id = new_id()
    log_dir = log_root / spec.show / spec.shot / "logs" / f"{job.name}--{job_id}"
    values = {
        "id": job_id,
        "name": job.name,
        "show": spec.show,
        "shot": spec.shot,
        "user": spec.user,
        "uid": spec.uid,
        "facility": spec.facility or DEFAULT_FACILITY,
        "os": job.os,
        "log_dir": str(log_dir),
        "state": JobState.PENDING,
        "paused": job.paused,
        "auto_eat": job.auto_eat,
        "priority": job.priority,
        "max_retries": job.max_retries,
        "min_cores": 100,
        "max_cores": job.max_cores or DEFAULT_MAX_CORES,
        "submitted": now,
        "env": json.dumps(dict(job.env)),
    }
    pk = _insert(db, "job", values)
    db.execute("UPDATE show SET jobs = jobs + 1 WHERE name = ?", (spec.show,))
    for layer in layers:
        _insert_layer(db, pk, layer, now)
    return pk


def _insert_layer(db: sqlite3.Connection, job: int, layer: SpecLayer, now: float) -> None:
    values = {
        "id": new_id(),
        "job": job,
        "name": layer.name,
        "type": layer.type,
        "command": layer.command,
        "range": layer.range,
        "chunk": layer.chunk,
        "min_cores": layer.cores,
        "min_memory": layer.memory,
        "threadable": layer.threadable,
        "gpus": layer.gpus,
        "tags": json.dumps(layer.tags),
        "services": json.dumps(layer.services),
        "limits": json.dumps(layer.limits),
        "outputs": json.dumps(layer.outputs),
        "env": json.dumps(dict(layer.env)),
        "timeout": layer.timeout,
        "timeout_llu": layer.timeout_llu,
        "dispatch_order": layer.dispatch_order,
        "eligible": now,
    }
    pk = _insert(db, "layer", values)
    db.executemany(
        "INSERT INTO frame (id, job, layer, number, name, dispatch_order, layer_order, updated, eligible, llu) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (new_id(), job, pk, number, frame_name(number, layer.name), order, layer.dispatch_order, now, now, now)
            for order, number in enumerate(layer.frames)
        ),
    )
    db.execute("INSERT INTO frame_count VALUES (?, ?, ?, ?)", (job, pk, FrameState.WAITING, len(layer.frames)))


def _insert(db: sqlite3.Connection, table: str, values: Mapping[str, object]) -> int:
    columns, marks = ", ".join(values), ", ".join("?" * len(values))
    pk = db.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(values.values())).lastrowid
    assert pk is not None  # an INSERT always has one
    return pk


def is_complete(db: sqlite3.Connection, column: str, pk: int) -> bool:
    """Whether no frame of a job (column "job") or layer ("layer") has anything left to do."""
    done = ", ".join(f"{state:d}" for state in DONE)
    sql = f"SELECT 1 FROM frame_count WHERE {column} = ? AND n > 0 AND state NOT IN ({done}) LIMIT 1"
    return db.execute(sql, (pk,)).fetchone() is None
