# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""One attempt at one cue frame: everything needed to run it, read from the store when it was chosen."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

from cueffmpeg_gui.localfarm.run.tokens import substitute
from cueffmpeg_gui.localfarm.store.database import Store


@dataclass(frozen=True)
class RunOrder:
    """pk: row of the frame; cores in points and memory in KB as reserved; timeouts in seconds, 0 = none."""

    pk: int
    frame_id: str
    frame_name: str
    number: int
    layer_id: str
    layer_name: str
    job_id: str
    job_name: str
    show: str
    shot: str
    user: str
    uid: int | None
    log_dir: Path
    command: str
    frame_range: str
    chunk: int
    cores: int
    memory: int
    threadable: bool
    timeout: int
    timeout_llu: int
    env: dict[str, str] = field(default_factory=dict)

    @property
    def log_file(self) -> Path:
        return self.log_dir / f"{self.job_name}.{self.frame_name}.rqlog"

    @property
    def threads(self) -> int:
        return max(1, self.cores // 100)


_SELECT = (
    "SELECT frame.pk, frame.id AS frame_id, frame.name AS frame_name, frame.number, layer.id AS layer_id, "
    "layer.name AS layer_name, job.id AS job_id, job.name AS job_name, job.show, job.shot, job.user, job.uid, "
    "job.log_dir, layer.command, layer.range AS frame_range, layer.chunk, frame.cores, frame.memory, layer.threadable, "
    "layer.timeout, layer.timeout_llu, job.env AS job_env, layer.env AS layer_env "
    "FROM frame JOIN layer ON layer.pk = frame.layer JOIN job ON job.pk = frame.job WHERE frame.pk = ?"
)


def read_order(store: Store, frame: int) -> RunOrder:
    """The order of a frame that has been reserved (its cores and memory are in the row)."""
    row = store.row(_SELECT, (frame,))
    assert row is not None  # the frame has just been chosen, and rows are never removed
    facts = {key: row[key] for key in row.keys() if not key.endswith("_env")}  # noqa: SIM118  a Row is no dict
    facts |= {
        "log_dir": Path(row["log_dir"]),
        "threadable": bool(row["threadable"]),
        "timeout": row["timeout"] * 60,
        "timeout_llu": row["timeout_llu"] * 60,
        "env": json.loads(row["job_env"]) | json.loads(row["layer_env"]),
        "command": _command(row),
    }
    return RunOrder(**facts)


def _command(row: sqlite3.Row) -> str:
    return substitute(
        row["command"],
        frame_range=row["frame_range"],
        chunk=row["chunk"],
        number=row["number"],
        frame_name=row["frame_name"],
        layer_name=row["layer_name"],
        job_name=row["job_name"],
    )
