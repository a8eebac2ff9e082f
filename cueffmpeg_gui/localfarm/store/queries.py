# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Rows as clients want to see them: jobs and layers with their counts, frames in their order."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass

from cueffmpeg_gui.localfarm.store.criteria import Conditions
from cueffmpeg_gui.localfarm.store.database import Store

_USAGE = (
    "sum(success_count) AS success_count, sum(fail_count) AS fail_count, sum(success_core) AS success_core, "
    "sum(success_clock) AS success_clock, sum(fail_core) AS fail_core, max(clock_high) AS clock_high, "
    "max(max_rss) AS max_rss, count(*) AS layers"
)

_JOBS = "SELECT job.*, (SELECT count(*) FROM comment WHERE comment.job = job.pk) AS comments FROM job"


@dataclass(frozen=True)
class Counted:
    """A job or layer with its frames by state, what they have used, and core points in use now."""

    row: sqlite3.Row
    counts: dict[int, int]
    usage: sqlite3.Row
    running_cores: int


def read_jobs(store: Store, conditions: Conditions) -> list[Counted]:
    """Jobs by name, with sums over their layers: four statements, however many jobs there are."""
    where, values = f"WHERE {conditions}", conditions.values
    with store.snapshot():
        jobs = store.rows(f"{_JOBS} {where} ORDER BY job.name, job.pk", values)
        counts = _counts(
            store.rows(
                "SELECT frame_count.job AS owner, frame_count.state, sum(n) AS n FROM job "
                f"JOIN frame_count ON frame_count.job = job.pk {where} GROUP BY 1, 2",
                values,
            )
        )
        usage = {
            row["owner"]: row
            for row in store.rows(
                f"SELECT layer.job AS owner, {_USAGE} FROM job JOIN layer ON layer.job = job.pk {where} GROUP BY 1",
                values,
            )
        }
        running = _running(store, "job")
    return [Counted(job, counts[job["pk"]], usage[job["pk"]], running.get(job["pk"], 0)) for job in jobs]


def read_layers(store: Store, conditions: Conditions) -> list[Counted]:
    """Layers in their order."""
    where, values = f"WHERE {conditions}", conditions.values
    joined = "FROM layer JOIN job ON job.pk = layer.job"
    with store.snapshot():
        layers = store.rows(
            f"SELECT layer.*, job.id AS job_id {joined} {where} ORDER BY job.pk, dispatch_order", values
        )
        counts = _counts(
            store.rows(
                "SELECT frame_count.layer AS owner, frame_count.state, frame_count.n "
                f"{joined} JOIN frame_count ON frame_count.layer = layer.pk {where}",
                values,
            )
        )
        running = _running(store, "layer")
    return [Counted(layer, counts[layer["pk"]], layer, running.get(layer["pk"], 0)) for layer in layers]


def _counts(rows: list[sqlite3.Row]) -> defaultdict[int, dict[int, int]]:
    counts: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for row in rows:
        counts[row["owner"]][row["state"]] = row["n"]
    return counts


def _running(store: Store, owner: str) -> dict[int, int]:
    """Core points in use by job or layer: read from the few layers that have running frames."""
    sql = (
        f"SELECT frame.{owner}, sum(frame.cores) FROM frame_count JOIN frame ON frame.layer = frame_count.layer "
        "AND frame.state = 2 WHERE frame_count.state = 2 AND frame_count.n > 0 GROUP BY 1"
    )
    return {row[0]: row[1] for row in store.rows(sql)}


# Tables that no condition names are left out of the search, so a page is found in the index alone.
_FOUND_FRAMES = (
    "SELECT frame.pk FROM frame LEFT JOIN layer ON layer.pk = frame.layer LEFT JOIN job ON job.pk = frame.job "
    "WHERE {where} ORDER BY frame.dispatch_order, frame.layer_order, frame.pk LIMIT ? OFFSET ?"
)
_FRAMES = (
    "SELECT frame.*, layer.name AS layer_name, job.submitted FROM ({found}) AS found JOIN frame ON frame.pk = found.pk "
    "JOIN layer ON layer.pk = frame.layer JOIN job ON job.pk = frame.job "
    "ORDER BY frame.dispatch_order, frame.layer_order, frame.pk"
)


def read_frames(store: Store, conditions: Conditions, limit: int = -1, offset: int = 0) -> list[sqlite3.Row]:
    """Frames in dispatch order, interleaved across the layers of a job. limit -1: all of them."""
    sql = _FRAMES.format(found=_FOUND_FRAMES.format(where=conditions))
    return store.rows(sql, [*conditions.values, limit, offset])


def read_depends(store: Store, where: str, values: list[object]) -> list[sqlite3.Row]:
    """Depends with the names of both ends."""
    names = (
        "er_job.name AS er_job_name, er_layer.name AS er_layer_name, er_frame.name AS er_frame_name, "
        "on_job.name AS on_job_name, on_layer.name AS on_layer_name, on_frame.name AS on_frame_name"
    )
    joins = " ".join(
        f"LEFT JOIN {kind} AS {end}_{kind} ON {end}_{kind}.pk = depend.{end}_{kind}"
        for end in ("er", "on")
        for kind in ("job", "layer", "frame")
    )
    return store.rows(f"SELECT depend.*, {names} FROM depend {joins} WHERE {where} ORDER BY depend.pk", values)
