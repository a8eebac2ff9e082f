# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""From OpenCue's messages (job.proto) to this program's values."""

from functools import lru_cache
from typing import Any

from opencue_proto import job_pb2

from cueffmpeg_gui.farm.status import FrameCounts, FrameStatus, JobStatus, LayerStatus


def job_from(data: Any) -> JobStatus:
    """From job_pb2.Job."""
    return JobStatus(
        id=data.id,
        name=data.name,
        show=data.show,
        shot=data.shot,
        user=data.user,
        facility=data.facility,
        state=_name(job_pb2.JobState, data.state),
        paused=data.is_paused,
        priority=data.priority,
        log_dir=data.log_dir,
        loki_url=data.loki_url,
        start=data.start_time,
        stop=data.stop_time,
        layer_count=data.job_stats.total_layers,
        counts=_counts(data.job_stats),
    )


def layer_from(data: Any) -> LayerStatus:
    """From job_pb2.Layer."""
    return LayerStatus(
        id=data.id,
        name=data.name,
        services=tuple(data.services),
        command=data.command,
        range=data.range,
        chunk=data.chunk_size,
        cores=data.min_cores,
        memory_kb=data.min_memory,
        counts=_counts(data.layer_stats),
    )


def frame_from(data: Any) -> FrameStatus:
    """From job_pb2.Frame."""
    return FrameStatus(
        id=data.id,
        name=data.name,
        number=data.number,
        layer=data.layer_name,
        state=_name(job_pb2.FrameState, data.state),
        exit_status=data.exit_status,
        retry_count=data.retry_count,
        start=data.start_time,
        stop=data.stop_time,
        last_resource=data.last_resource,
    )


def _counts(stats: Any) -> FrameCounts:
    return FrameCounts(
        total=stats.total_frames,
        waiting=stats.waiting_frames,
        running=stats.running_frames,
        succeeded=stats.succeeded_frames,
        depend=stats.depend_frames,
        dead=stats.dead_frames,
        eaten=stats.eaten_frames,
    )


@lru_cache(maxsize=256)
def _name(enum: Any, number: int) -> str:
    """The state's name; a state that a newer farm has invented is shown as its number."""
    return str(enum.Name(number)) if number in enum.values() else str(number)
