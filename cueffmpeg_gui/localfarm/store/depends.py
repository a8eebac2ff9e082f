# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Depends in the store: made at launch, satisfied by ends of frames, made active again by retries."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Iterable, Sequence

from cueffmpeg_gui.localfarm.refusals import SpecRefused
from cueffmpeg_gui.localfarm.spec.frame_ranges import chunk_frames
from cueffmpeg_gui.localfarm.spec.job_spec import SpecDepend
from cueffmpeg_gui.localfarm.states import DependType, FrameState
from cueffmpeg_gui.localfarm.store.database import new_id
from cueffmpeg_gui.localfarm.store.depend_plan import ChunkedLayer, collapses, frame_by_frame, previous_frame

_INSERT = (
    "INSERT INTO depend (id, parent, type, any_frame, er_job, er_layer, er_frame, on_job, on_layer, on_frame) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_HELD = f"({FrameState.WAITING:d}, {FrameState.DEAD:d}, {FrameState.SUCCEEDED:d}, {FrameState.CHECKPOINT:d})"
_ADD = (
    f"UPDATE frame SET state = CASE WHEN state IN {_HELD} THEN {FrameState.DEPEND:d} ELSE state END, "
    "depend_count = depend_count + ?, updated = ? WHERE "
)
_REMOVE = (
    f"UPDATE frame SET state = CASE WHEN state = {FrameState.DEPEND:d} AND depend_count = 1 "
    f"THEN {FrameState.WAITING:d} ELSE state END, eligible = ?1, updated = ?1, depend_count = depend_count - 1 "
    "WHERE depend_count > 0 AND "
)
# Which frames a depend of a type holds back.
_HOLDS = {DependType.LAYER_ON_LAYER: ("er_layer", "layer"), DependType.FRAME_ON_FRAME: ("er_frame", "pk")}
_PLANS = {DependType.FRAME_BY_FRAME: frame_by_frame, DependType.PREVIOUS_FRAME: previous_frame}


def create(db: sqlite3.Connection, depend: SpecDepend) -> None:
    """Make the rows of one depend of a spec. Raises SpecRefused for kinds the local farm does not know, LookupError
    for names that do not exist and ValueError for layers that cannot be matched."""
    er_layer = _find_layer(db, depend.er_job, depend.er_layer)
    if depend.type is DependType.LAYER_ON_SIM_FRAME:
        _layer_on_frame(db, er_layer, _find_frame(db, depend.on_job, depend.on_frame))
        return
    if depend.type is not DependType.LAYER_ON_LAYER and depend.type not in _PLANS:
        raise SpecRefused(f"the local farm does not know depends of the type {depend.type.name}")
    on_layer = _find_layer(db, depend.on_job, depend.on_layer)
    er, on = _chunked(er_layer), _chunked(on_layer)
    if depend.type is DependType.LAYER_ON_LAYER or (depend.type is DependType.FRAME_BY_FRAME and collapses(er, on)):
        _layer_on_layer(db, er_layer, on_layer, depend.any_frame)
    else:
        _frames_on_frames(db, depend.type, er_layer, on_layer, _PLANS[depend.type](er, on))


def _find_layer(db: sqlite3.Connection, job: str, layer: str | None) -> sqlite3.Row:
    found: sqlite3.Row | None = db.execute(
        "SELECT layer.* FROM layer JOIN job ON job.pk = layer.job WHERE job.name = ? AND job.state = 0 "
        "AND layer.name = ?",
        (job, layer),
    ).fetchone()
    if found is None:
        raise LookupError(layer)
    return found


def _find_frame(db: sqlite3.Connection, job: str, frame: str | None) -> sqlite3.Row:
    found: sqlite3.Row | None = db.execute(
        "SELECT frame.pk, frame.job, frame.layer FROM frame JOIN job ON job.pk = frame.job "
        "WHERE job.name = ? AND job.state = 0 AND frame.name = ?",
        (job, frame),
    ).fetchone()
    if found is None:
        raise LookupError(frame)
    return found


def _chunked(layer: sqlite3.Row) -> ChunkedLayer:
    return ChunkedLayer(layer["range"], layer["chunk"], chunk_frames(layer["range"], layer["chunk"]))


def _layer_on_layer(db: sqlite3.Connection, er: sqlite3.Row, on: sqlite3.Row, any_frame: bool) -> None:
    values = (
        new_id(),
        None,
        DependType.LAYER_ON_LAYER,
        any_frame,
        er["job"],
        er["pk"],
        None,
        on["job"],
        on["pk"],
        None,
    )
    db.execute(_INSERT, values)
    db.execute(_ADD + "layer = ?", (1, time.time(), er["pk"]))


def _layer_on_frame(db: sqlite3.Connection, er: sqlite3.Row, on: sqlite3.Row) -> None:
    frames = [row["pk"] for row in db.execute("SELECT pk FROM frame WHERE layer = ?", (er["pk"],))]
    ends = (on["job"], on["layer"], on["pk"])
    _insert_pairs(db, None, [((er["job"], er["pk"], frame), ends) for frame in frames])


def _frames_on_frames(
    db: sqlite3.Connection,
    kind: DependType,
    er: sqlite3.Row,
    on: sqlite3.Row,
    pairs: Sequence[tuple[int, int]],
) -> None:
    values = (new_id(), None, kind, False, er["job"], er["pk"], None, on["job"], on["pk"], None)
    parent = db.execute(_INSERT, values).lastrowid
    er_frames, on_frames = _frames_by_number(db, er), _frames_by_number(db, on)
    known = [(er_frames[a], on_frames[b]) for a, b in dict.fromkeys(pairs) if a in er_frames and b in on_frames]
    ends = [((er["job"], er["pk"], a), (on["job"], on["pk"], b)) for a, b in known]
    _insert_pairs(db, parent, ends)


def _frames_by_number(db: sqlite3.Connection, layer: sqlite3.Row) -> dict[int, int]:
    return dict(db.execute("SELECT number, pk FROM frame WHERE layer = ?", (layer["pk"],)).fetchall())


_End = tuple[int, int, int]  # job, layer, frame


def _insert_pairs(db: sqlite3.Connection, parent: int | None, pairs: Iterable[tuple[_End, _End]]) -> None:
    pairs = list(pairs)
    kind = DependType.FRAME_ON_FRAME
    db.executemany(_INSERT, ((new_id(), parent, kind, False, *er, *on) for er, on in pairs))
    now = time.time()
    held = Counter(er[2] for er, _ in pairs)
    db.executemany(_ADD + "pk = ?", ((count, now, frame) for frame, count in held.items()))


_ON_FRAME = (
    f"SELECT * FROM depend WHERE active = ?3 AND on_frame = ?1 AND type = {DependType.FRAME_ON_FRAME:d} UNION ALL "
    f"SELECT * FROM depend WHERE active = ?3 AND on_layer = ?2 AND type = {DependType.LAYER_ON_LAYER:d} AND any_frame"
)
_ON_LAYER = f"SELECT * FROM depend WHERE active = ? AND on_layer = ? AND type = {DependType.LAYER_ON_LAYER:d}"


def satisfy_frame(db: sqlite3.Connection, frame: int, layer: int) -> None:
    """The frame is done: release what waits for it, and what waits for any frame of its layer."""
    for depend in db.execute(_ON_FRAME, (frame, layer, 1)).fetchall():
        _satisfy(db, depend)


def satisfy_layer(db: sqlite3.Connection, layer: int) -> None:
    """The layer is done: release what waits for all of it."""
    for depend in db.execute(_ON_LAYER, (1, layer)).fetchall():
        _satisfy(db, depend)


def unsatisfy(db: sqlite3.Connection, frame: int, layer: int) -> None:
    """The frame runs again: what waited for it or its layer waits again."""
    depends = db.execute(_ON_FRAME, (frame, layer, 0)).fetchall() + db.execute(_ON_LAYER, (0, layer)).fetchall()
    for depend in {row["pk"]: row for row in depends}.values():
        db.execute("UPDATE depend SET active = 1 WHERE pk = ?", (depend["pk"],))
        er, column = _HOLDS[DependType(depend["type"])]
        db.execute(_ADD + f"{column} = ?", (1, time.time(), depend[er]))


def drop(db: sqlite3.Connection, job: int, *, internal: bool, external: bool) -> None:
    """Take away everything the job's frames wait for, inside the job, outside of it, or both."""
    for depend in db.execute("SELECT * FROM depend WHERE er_job = ? AND active = 1", (job,)).fetchall():
        if internal if depend["on_job"] == job else external:
            _satisfy(db, depend)


def _satisfy(db: sqlite3.Connection, depend: sqlite3.Row) -> None:
    changed = db.execute("UPDATE depend SET active = 0 WHERE pk = ? AND active = 1", (depend["pk"],)).rowcount
    holds = _HOLDS.get(DependType(depend["type"]))
    if changed and holds:
        db.execute(_REMOVE + f"{holds[1]} = ?2", (time.time(), depend[holds[0]]))
