# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What happens to frames, as transactions: started, ended, retried, eaten, marked; and when a job is finished."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable

from cueffmpeg_gui.localfarm.states import CLEARED, NOT_A_RETRY, ORPHAN, STOPPED_BY_HAND, FrameState, JobState
from cueffmpeg_gui.localfarm.store import depends as depend_store
from cueffmpeg_gui.localfarm.store.database import Store
from cueffmpeg_gui.localfarm.store.frame_outcome import FrameRules, RunEnd, next_state
from cueffmpeg_gui.localfarm.store.launch import is_complete

_SAME = ", ".join(map(str, NOT_A_RETRY))
_SUCCESS = (
    "success_count = success_count + 1, success_core = success_core + :core, success_clock = success_clock + :clock, "
    "clock_low = CASE success_count WHEN 0 THEN :clock ELSE min(clock_low, :clock) END, "
    "clock_high = max(clock_high, :clock) WHERE pk = :layer"
)
_FAILURE = "fail_count = fail_count + 1, fail_core = fail_core + :core WHERE pk = :layer"
_HELD_BACK = (FrameState.WAITING, FrameState.DEAD, FrameState.SUCCEEDED, FrameState.CHECKPOINT)


def reserve(store: Store, frame: int, *, host: str, cores: int, memory: int) -> bool:
    """WAITING → RUNNING, before there is a process. False if the frame is not WAITING any more."""
    now = time.time()
    with store.transaction() as db:
        taken = db.execute(
            "UPDATE frame SET state = ?, host = ?, cores = ?, memory = ?, started = ?, updated = ?, stopped = NULL, "
            f"stop_as = NULL, pid = NULL, pid_mark = NULL, retries = retries + (exit_status NOT IN ({_SAME})) "
            "WHERE pk = ? AND state = ?",
            (FrameState.RUNNING, host, cores, memory, now, now, frame, FrameState.WAITING),
        ).rowcount
        db.execute(
            "UPDATE layer SET started = ? WHERE started IS NULL AND pk = (SELECT layer FROM frame WHERE pk = ?)",
            (now, frame),
        )
        return taken == 1


def record_process(store: Store, frame: int, pid: int, mark: str) -> None:
    """The process that is about to run the frame; mark: no later process of that number has it."""
    store.execute("UPDATE frame SET pid = ?, pid_mark = ? WHERE pk = ?", (pid, mark, frame))


def record_output(store: Store, frame: int, when: float) -> None:
    """When the frame last wrote to its log."""
    store.execute("UPDATE frame SET llu = ?, updated = ? WHERE pk = ?", (when, time.time(), frame))


def end(store: Store, frame: int, run: RunEnd) -> FrameState:
    """RUNNING → what the end makes of it; releases what waited for it and finishes its job. Returns the new state."""
    with store.transaction() as db:
        row = db.execute(
            "SELECT frame.*, job.max_retries, job.auto_eat, layer.timeout, layer.timeout_llu FROM frame "
            "JOIN job ON job.pk = frame.job JOIN layer ON layer.pk = frame.layer WHERE frame.pk = ?",
            (frame,),
        ).fetchone()
        state, status = _verdict(row, run)
        _stop(db, row, state, status, run.max_rss)
        if state is FrameState.SUCCEEDED:
            depend_store.satisfy_frame(db, frame, row["layer"])
            if is_complete(db, "layer", row["layer"]):
                depend_store.satisfy_layer(db, row["layer"])
        finish_if_complete(db, row["job"])
        return state


def _verdict(row: sqlite3.Row, run: RunEnd) -> tuple[FrameState, int]:
    if row["stop_as"] is not None:
        state, status = FrameState(row["stop_as"]), STOPPED_BY_HAND + row["stop_as"]
    else:
        rules = FrameRules(
            row["retries"], row["max_retries"], bool(row["auto_eat"]), row["timeout"], row["timeout_llu"]
        )
        state, status = next_state(run, rules), run.exit_status
    held = row["depend_count"] > 0 and state in _HELD_BACK
    return (FrameState.DEPEND if held else state), status


def _stop(db: sqlite3.Connection, row: sqlite3.Row, state: FrameState, status: int, max_rss: int) -> None:
    now = time.time()
    clock = max(0, round(now - row["started"]))
    core = round(clock * row["cores"] / 100)
    db.execute(
        "UPDATE frame SET state = ?, exit_status = ?, stopped = ?, updated = ?, max_rss = ?, pid = NULL, "
        "pid_mark = NULL, stop_as = NULL, core_time = core_time + ? WHERE pk = ?",
        (state, status, now, now, max_rss, core, row["pk"]),
    )
    counted = _SUCCESS if status == 0 else _FAILURE
    values = {"layer": row["layer"], "core": core, "clock": clock, "now": now, "max_rss": max_rss}
    db.execute(f"UPDATE layer SET stopped = :now, max_rss = max(max_rss, :max_rss), {counted}", values)


def finish_if_complete(db: sqlite3.Connection, job: int) -> bool:
    """Finish the job if nothing in it has anything left to do."""
    return is_complete(db, "job", job) and finish(db, job)


def finish(db: sqlite3.Connection, job: int) -> bool:
    """PENDING → FINISHED, and let the job of its Post layers begin. False if it was not pending."""
    changed = db.execute(
        "UPDATE job SET state = ?, stopped = ? WHERE pk = ? AND state = ?",
        (JobState.FINISHED, time.time(), job, JobState.PENDING),
    ).rowcount
    db.execute("UPDATE job SET state = ? WHERE post_of = ? AND state = ?", (JobState.PENDING, job, JobState.POSTED))
    return changed == 1


def retry(store: Store, frames: Iterable[sqlite3.Row]) -> list[int]:
    """Make frames WAITING again, their dependents wait again, their jobs pending. Returns the running ones to kill."""
    with store.transaction() as db:
        running = []
        for frame in frames:
            if frame["state"] == FrameState.RUNNING:
                db.execute("UPDATE frame SET stop_as = ? WHERE pk = ?", (FrameState.WAITING, frame["pk"]))
                running.append(frame["pk"])
            else:
                db.execute(
                    "UPDATE frame SET state = CASE WHEN depend_count > 0 THEN ? ELSE ? END, updated = ? WHERE pk = ?",
                    (FrameState.DEPEND, FrameState.WAITING, time.time(), frame["pk"]),
                )
            depend_store.unsatisfy(db, frame["pk"], frame["layer"])
            db.execute(
                "UPDATE job SET state = ?, stopped = NULL WHERE pk = ? AND state = ?",
                (JobState.PENDING, frame["job"], JobState.FINISHED),
            )
        return running


def eat(store: Store, frames: Iterable[sqlite3.Row]) -> list[int]:
    """Make frames EATEN (those that succeeded stay so) and finish jobs that are done. Returns the ones to kill."""
    with store.transaction() as db:
        running, jobs = [], set()
        for frame in frames:
            if frame["state"] == FrameState.RUNNING:
                db.execute("UPDATE frame SET stop_as = ? WHERE pk = ?", (FrameState.EATEN, frame["pk"]))
                running.append(frame["pk"])
            elif frame["state"] != FrameState.SUCCEEDED:
                db.execute(
                    "UPDATE frame SET state = ?, updated = ? WHERE pk = ?",
                    (FrameState.EATEN, time.time(), frame["pk"]),
                )
            jobs.add(frame["job"])
        for job in jobs:
            finish_if_complete(db, job)
        return running


def mark_done(store: Store, frames: Iterable[sqlite3.Row]) -> None:
    """Release what waits for the frames; the frames themselves stay as they are."""
    with store.transaction() as db:
        for frame in frames:
            depend_store.satisfy_frame(db, frame["pk"], frame["layer"])


def mark_waiting(store: Store, frames: Iterable[sqlite3.Row]) -> None:
    """Let frames run although what they wait for has not ended."""
    now = time.time()
    with store.transaction() as db:
        db.executemany(
            "UPDATE frame SET state = ?, depend_count = 0, updated = ?, llu = ? WHERE pk = ? AND state = ?",
            ((FrameState.WAITING, now, now, frame["pk"], FrameState.DEPEND) for frame in frames),
        )


def kill_job(store: Store, job: int) -> list[int]:
    """FINISHED at once; returns its running frames, to be killed: they read WAITING afterwards."""
    with store.transaction() as db:
        if not finish(db, job):
            return []
        db.execute("UPDATE frame SET stop_as = 0 WHERE job = ? AND state = ?", (job, FrameState.RUNNING))
        rows = db.execute("SELECT pk FROM frame WHERE job = ? AND state = ?", (job, FrameState.RUNNING)).fetchall()
        return [row["pk"] for row in rows]


def running(store: Store) -> list[sqlite3.Row]:
    return store.rows("SELECT * FROM frame WHERE state = ?", (FrameState.RUNNING,))


def release(store: Store, frame: sqlite3.Row, *, orphaned: bool) -> None:
    """A run the farm cut short, or that outlived an earlier farm: the frame waits again and no retry is counted."""
    with store.transaction() as db:
        state = FrameState(frame["stop_as"] or FrameState.WAITING)
        status = ORPHAN if orphaned else CLEARED
        if state is FrameState.WAITING and frame["depend_count"] > 0:
            state = FrameState.DEPEND
        db.execute(
            "UPDATE frame SET state = ?1, exit_status = ?2, stopped = ?3, updated = ?3, pid = NULL, pid_mark = NULL, "
            "stop_as = NULL WHERE pk = ?4",
            (state, status, time.time(), frame["pk"]),
        )
        finish_if_complete(db, frame["job"])
