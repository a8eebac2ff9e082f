# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""JobInterface: launching, listing, watching and steering jobs and their frames."""

from __future__ import annotations

import sqlite3
import time
from typing import Any

from opencue_proto import comment_pb2, depend_pb2, job_pb2

from cueffmpeg_gui.localfarm.refusals import NO_ROW, CallRefused, SpecRefused
from cueffmpeg_gui.localfarm.rpc.call_dispatch import of_service
from cueffmpeg_gui.localfarm.rpc.farm import Farm, kill_message
from cueffmpeg_gui.localfarm.rpc.job_list import JobList
from cueffmpeg_gui.localfarm.rpc.messages import (
    comment_message,
    depend_message,
    frame_message,
    job_message,
    layer_message,
    updated_frame_message,
)
from cueffmpeg_gui.localfarm.spec.parser import parse_spec
from cueffmpeg_gui.localfarm.states import DependType, JobState
from cueffmpeg_gui.localfarm.store import depends as depend_store
from cueffmpeg_gui.localfarm.store import frames as frame_store
from cueffmpeg_gui.localfarm.store.archive import Archive
from cueffmpeg_gui.localfarm.store.criteria import Conditions, frame_conditions, page
from cueffmpeg_gui.localfarm.store.database import new_id
from cueffmpeg_gui.localfarm.store.launch import launch
from cueffmpeg_gui.localfarm.store.queries import Counted, read_depends, read_frames, read_jobs, read_layers

UPDATE_ROWS, UPDATE_SECONDS = 100, 60
MAX_RETRIES = 16
MOST_CORES = 1_000_000


class JobService:
    """Methods are the calls; Job messages are known by their id alone, as in Cuebot."""

    def __init__(self, farm: Farm) -> None:
        self._farm = farm
        self._store = farm.store
        self._list = JobList(farm.store, Archive(farm.store, farm.settings))

    # Launching

    def launch_spec_and_wait(self, request: Any) -> Any:
        jobs = self._launch(request.spec, "Failed to launch and add job")
        messages = [job_message(job) for job in jobs]
        return job_pb2.JobLaunchSpecAndWaitResponse(jobs=job_pb2.JobSeq(jobs=messages))

    def launch_spec(self, request: Any) -> Any:
        jobs = self._launch(request.spec, "Failed to add job to launch queue")
        return job_pb2.JobLaunchSpecResponse(names=[job.row["name"] for job in jobs])

    def _launch(self, text: str, failed: str) -> list[Counted]:
        try:
            spec = parse_spec(text, root_allowed=self._farm.root_allowed)
            launched = launch(self._store, spec, self._farm.log_root, known_shows_only=self._farm.settings.strict)
        except SpecRefused as refused:
            raise CallRefused(refused.code, f"{failed}: {refused}") from None
        self._farm.dispatcher.wake()
        found = {job.row["pk"]: job for job in read_jobs(self._store, Conditions().among("job.pk", launched))}
        return [found[pk] for pk in launched]

    # Looking

    @of_service
    def get_jobs(self, request: Any, service: str) -> Any:
        return self._list.answer(request, service)

    def get_job_names(self, request: Any) -> Any:
        names = [row["name"] for row in self._list.rows(request.r)]
        return job_pb2.JobGetJobNamesResponse(names=names)

    def get_job(self, request: Any) -> Any:
        return job_pb2.JobGetJobResponse(job=self._one(Conditions().one_of("job.id", [request.id])))

    def find_job(self, request: Any) -> Any:
        pending = Conditions().one_of("job.state", [int(JobState.PENDING)])
        return job_pb2.JobFindJobResponse(job=self._one(pending.one_of("job.name", [request.name.lower()])))

    def get_current(self, request: Any) -> Any:
        row = self._farm.job(request.job)
        return job_pb2.JobGetCurrentResponse(job=self._one(Conditions().one_of("job.pk", [row["pk"]])))

    def is_job_pending(self, request: Any) -> Any:
        pending = self._store.row(
            "SELECT 1 FROM job WHERE name = ? AND state = ?", (request.name.lower(), JobState.PENDING)
        )
        return job_pb2.JobIsJobPendingResponse(value=pending is not None)

    def get_layers(self, request: Any) -> Any:
        layers = read_layers(self._store, self._of_job(request.job))
        return job_pb2.JobGetLayersResponse(layers=job_pb2.LayerSeq(layers=[layer_message(one) for one in layers]))

    def get_frames(self, request: Any) -> Any:
        conditions = frame_conditions(request.req, self._frames_of(request.job))
        frames = read_frames(self._store, conditions, *page(request.req))
        return job_pb2.JobGetFramesResponse(frames=job_pb2.FrameSeq(frames=[frame_message(one) for one in frames]))

    def get_updated_frames(self, request: Any) -> Any:
        """Frames changed since last_check, at most 100. Cuebot never answers an older last_check; this says no."""
        row = self._farm.job(request.job)
        age = int(time.time()) - request.last_check
        if age > UPDATE_SECONDS:
            raise CallRefused(
                "INVALID_ARGUMENT",
                f"the last update timestamp cannot be over a minute off the current time, difference was: {age}",
            )
        changed = Conditions().one_of("frame.job", [row["pk"]]).above("frame.updated", request.last_check)
        changed.one_of("layer.id", (layer.id for layer in request.layer_filter.layers))
        frames = read_frames(self._store, changed, UPDATE_ROWS)
        messages = [updated_frame_message(frame) for frame in frames]
        return job_pb2.JobGetUpdatedFramesResponse(
            state=row["state"],
            server_time=int(time.time()) - 1,
            updated_frames=job_pb2.UpdatedFrameSeq(updated_frames=messages),
        )

    def get_comments(self, request: Any) -> Any:
        row = self._farm.job(request.job)
        comments = self._store.rows("SELECT * FROM comment WHERE job = ? ORDER BY pk", (row["pk"],))
        messages = [comment_message(comment) for comment in comments]
        return job_pb2.JobGetCommentsResponse(comments=comment_pb2.CommentSeq(comments=messages))

    def get_depends(self, request: Any) -> Any:
        depends = self._depends(request, f"depend.er_job = ? AND depend.type <> {DependType.FRAME_ON_FRAME:d}")
        return job_pb2.JobGetDependsResponse(depends=depends)

    def get_what_this_depends_on(self, request: Any) -> Any:
        where = "depend.parent IS NULL AND depend.er_layer IS NULL AND depend.er_frame IS NULL AND depend.er_job = ?"
        return job_pb2.JobGetWhatThisDependsOnResponse(depends=self._depends(request, where))

    def get_what_depends_on_this(self, request: Any) -> Any:
        where = "depend.parent IS NULL AND depend.on_job = ?"
        return job_pb2.JobGetWhatDependsOnThisResponse(depends=self._depends(request, where))

    def _one(self, conditions: Conditions) -> Any:
        jobs = read_jobs(self._store, conditions)
        if len(jobs) != 1:
            raise CallRefused("NOT_FOUND", NO_ROW)
        return job_message(jobs[0])

    def _of_job(self, job: Any) -> Conditions:
        return Conditions().one_of("job.pk", [self._farm.job(job)["pk"]])

    def _frames_of(self, job: Any) -> Conditions:
        return Conditions().one_of("frame.job", [self._farm.job(job)["pk"]])

    def _depends(self, request: Any, where: str) -> Any:
        rows = read_depends(self._store, where, [self._farm.job(request.job)["pk"]])
        return depend_pb2.DependSeq(depends=[depend_message(row) for row in rows])

    # Steering frames

    def kill_frames(self, request: Any) -> None:
        self._farm.kill_frames(self._wanted(request), request)

    def retry_frames(self, request: Any) -> None:
        self._farm.retry_frames(self._wanted(request), request)

    def eat_frames(self, request: Any) -> None:
        self._farm.eat_frames(self._wanted(request), request)

    def mark_done_frames(self, request: Any) -> None:
        frame_store.mark_done(self._store, self._wanted(request))
        self._farm.dispatcher.wake()

    def mark_as_waiting(self, request: Any) -> None:
        frame_store.mark_waiting(self._store, self._wanted(request))
        self._farm.dispatcher.wake()

    def _wanted(self, request: Any) -> list[sqlite3.Row]:
        return self._farm.frames(frame_conditions(request.req, self._frames_of(request.job)))

    # Steering jobs

    def kill(self, request: Any) -> None:
        """Without a reason Cuebot takes the call and does nothing; so does this."""
        row = self._farm.job(request.job)
        if request.reason:
            self._farm.dispatcher.kill(frame_store.kill_job(self._store, row["pk"]), kill_message(request))
            self._farm.dispatcher.wake()

    def pause(self, request: Any) -> None:
        self._set(request, paused=1)

    def resume(self, request: Any) -> None:
        self._set(request, paused=0)

    def set_auto_eat(self, request: Any) -> None:
        """A job that eats its failures does not retry them (Cuebot's JobDaoJdbc.updateAutoEat)."""
        self._set(request, auto_eat=request.value, max_retries=0 if request.value else 1)

    def set_priority(self, request: Any) -> None:
        self._set(request, priority=request.val)

    def set_min_cores(self, request: Any) -> None:
        self._set(request, min_cores=_whole_cores(request.val))

    def set_max_cores(self, request: Any) -> None:
        self._set(request, max_cores=_whole_cores(request.val))

    def set_max_retries(self, request: Any) -> None:
        if not 0 <= request.max_retries <= MAX_RETRIES:
            raise CallRefused("INVALID_ARGUMENT", f"The number of retries must be between 0 and {MAX_RETRIES}.")
        self._set(request, max_retries=request.max_retries)

    def add_comment(self, request: Any) -> None:
        row, comment = self._farm.job(request.job), request.new_comment
        self._store.execute(
            "INSERT INTO comment (id, job, written, user, subject, message) VALUES (?, ?, ?, ?, ?, ?)",
            (new_id(), row["pk"], time.time(), comment.user, comment.subject, comment.message),
        )

    def drop_depends(self, request: Any) -> None:
        row, target = self._farm.job(request.job), request.target
        with self._store.transaction() as db:
            depend_store.drop(
                db, row["pk"], internal=target != depend_pb2.EXTERNAL, external=target != depend_pb2.INTERNAL
            )
        self._farm.dispatcher.wake()

    def _set(self, request: Any, **values: object) -> None:
        row = self._farm.job(request.job)
        columns = ", ".join(f"{name} = ?" for name in values)
        self._store.execute(f"UPDATE job SET {columns} WHERE pk = ?", (*values.values(), row["pk"]))
        self._farm.dispatcher.wake()


def _whole_cores(value: float) -> int:
    """Cores → points, in whole cores (Cuebot's Convert.coresToWholeCoreUnits). Raises CallRefused."""
    if not abs(value) <= MOST_CORES:  # nor for what is no number
        raise CallRefused("INVALID_ARGUMENT", f"The number of cores must be -1, or from 0 to {MOST_CORES}.")
    return -1 if value == -1 else int((value * 100 + 0.5) / 100) * 100
