# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Rows → the messages of OpenCue's protocol, filled as Cuebot's WhiteboardDaoJdbc fills them."""

from __future__ import annotations

import json
import sqlite3
import time
from typing import Any

from opencue_proto import comment_pb2, depend_pb2, job_pb2

from cueffmpeg_gui.localfarm.states import DependType, FrameState
from cueffmpeg_gui.localfarm.store.queries import Counted

_COUNTS = {
    "waiting_frames": FrameState.WAITING,
    "running_frames": FrameState.RUNNING,
    "dead_frames": FrameState.DEAD,
    "eaten_frames": FrameState.EATEN,
    "depend_frames": FrameState.DEPEND,
    "succeeded_frames": FrameState.SUCCEEDED,
}


def cores(points: int) -> float:
    return -1.0 if points == -1 else points / 100


def _stats(counted: Counted) -> dict[str, Any]:
    usage, counts = counted.usage, {name: counted.counts.get(state, 0) for name, state in _COUNTS.items()}
    pending = counts["waiting_frames"] + counts["depend_frames"]
    rendered = usage["success_count"]
    average_core = usage["success_core"] // rendered if rendered else 0
    return {
        **counts,
        "total_frames": sum(counted.counts.values()),
        "pending_frames": pending,
        "high_frame_sec": usage["clock_high"],
        "avg_core_sec": average_core,
        "rendered_frame_count": rendered,
        "failed_frame_count": usage["fail_count"],
        "remaining_core_sec": pending * average_core,
        "total_core_sec": usage["success_core"] + usage["fail_core"],
        "rendered_core_sec": usage["success_core"],
        "failed_core_sec": usage["fail_core"],
        "max_rss": usage["max_rss"],
        "reserved_cores": cores(counted.running_cores),
    }


def job_message(counted: Counted) -> Any:
    row = counted.row
    message = job_pb2.Job(
        id=row["id"],
        state=row["state"],
        name=row["name"],
        shot=row["shot"],
        show=row["show"],
        user=row["user"],
        group=row["show"],
        facility=row["facility"],
        os=row["os"],
        priority=row["priority"],
        min_cores=cores(row["min_cores"]),
        max_cores=cores(row["max_cores"]),
        max_gpus=100,
        log_dir=row["log_dir"],
        is_paused=row["paused"],
        has_comment=row["comments"] > 0,
        auto_eat=row["auto_eat"],
        start_time=int(row["submitted"]),
        stop_time=int(row["stopped"] or 0),
        eligible_time=int(row["submitted"]),
        job_stats=job_pb2.JobStats(total_layers=counted.usage["layers"], **_stats(counted)),
    )
    if row["uid"] is not None:
        message.uid = row["uid"]
    return message


def layer_message(counted: Counted) -> Any:
    row, rendered = counted.row, counted.row["success_count"]
    busy = any(counted.counts.get(state) for state in (FrameState.WAITING, FrameState.RUNNING, FrameState.DEPEND))
    average = row["success_clock"] // rendered if rendered else 0
    stats = job_pb2.LayerStats(avg_frame_sec=average, low_frame_sec=row["clock_low"], **_stats(counted))
    return job_pb2.Layer(
        id=row["id"],
        name=row["name"],
        range=row["range"],
        tags=json.loads(row["tags"]),
        min_cores=cores(row["min_cores"]),
        is_threadable=row["threadable"],
        min_memory=row["min_memory"],
        chunk_size=row["chunk"],
        dispatch_order=row["dispatch_order"],
        type=row["type"],
        services=json.loads(row["services"]),
        memory_optimizer_enabled=True,
        layer_stats=stats,
        parent_id=row["job_id"],
        limits=json.loads(row["limits"]) or [""],
        timeout=row["timeout"],
        timeout_llu=row["timeout_llu"],
        command=row["command"],
        min_gpus=row["gpus"],
        eligible_time=int(row["eligible"]),
        start_time=int(row["started"] or 0),
        stop_time=0 if busy else int(row["stopped"] or 0),
    )


def frame_message(row: sqlite3.Row) -> Any:
    return job_pb2.Frame(
        number=row["number"],
        name=row["name"],
        layer_name=row["layer_name"],
        dispatch_order=row["dispatch_order"],
        reserved_memory=row["memory"],
        total_core_time=_core_time(row),
        eligible_time=int(row["eligible"] or row["submitted"]),
        submission_time=int(row["submitted"]),
        **_changing(row),
    )


def updated_frame_message(row: sqlite3.Row) -> Any:
    return job_pb2.UpdatedFrame(**_changing(row))


def _changing(row: sqlite3.Row) -> dict[str, Any]:
    return {
        "id": row["id"],
        "state": row["state"],
        "exit_status": row["exit_status"],
        "retry_count": row["retries"],
        "start_time": int(row["started"] or 0),
        "stop_time": int(row["stopped"] or 0),
        "max_rss": row["max_rss"],
        "llu_time": int(row["llu"]),
        "last_resource": f"{row['host']}/{cores(row['cores']):.2f}/0",
    }


def _core_time(row: sqlite3.Row) -> int:
    running = row["state"] == FrameState.RUNNING and row["started"]
    return int(row["core_time"] + ((time.time() - row["started"]) * row["cores"] / 100 if running else 0))


def depend_message(row: sqlite3.Row) -> Any:
    """A depend between frames of layers stays active as a whole; its parts carry what is satisfied."""
    external = row["er_job"] != row["on_job"]
    return depend_pb2.Depend(
        id=row["id"],
        type=DependType(row["type"]),
        target=depend_pb2.EXTERNAL if external else depend_pb2.INTERNAL,
        any_frame=row["any_frame"],
        active=row["active"],
        depend_er_job=row["er_job_name"],
        depend_er_layer=row["er_layer_name"] or "",
        depend_er_frame=row["er_frame_name"] or "",
        depend_on_job=row["on_job_name"],
        depend_on_layer=row["on_layer_name"] or "",
        depend_on_frame=row["on_frame_name"] or "",
    )


def comment_message(row: sqlite3.Row) -> Any:
    return comment_pb2.Comment(
        id=row["id"],
        timestamp=int(row["written"]),
        user=row["user"],
        subject=row["subject"],
        message=row["message"],
    )
