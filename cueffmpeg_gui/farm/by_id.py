# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Several jobs at once, by the ids another program knows them by."""

from collections.abc import Sequence

from opencue_proto import job_pb2

from cueffmpeg_gui.farm.connection import FarmConnection
from cueffmpeg_gui.farm.messages import layer_from
from cueffmpeg_gui.farm.monitor import job_message, search_jobs
from cueffmpeg_gui.farm.status import JobStatus, LayerStatus


def jobs_by_id(connection: FarmConnection, ids: Sequence[str]) -> dict[str, JobStatus]:
    """The jobs of these ids, finished ones included; those that have left the farm are not in it. One RPC."""
    criteria = job_pb2.JobSearchCriteria(ids=ids, include_finished=True)
    # Without an id the criteria would mean all jobs.
    return {job.id: job for job in search_jobs(connection, criteria)} if ids else {}


def layers_by_id(connection: FarmConnection, jobs: Sequence[JobStatus]) -> dict[str, list[LayerStatus]]:
    """The layers of each job by its id, without jobs that have left the farm. One RPC a job, many at a time."""
    requests = [job_pb2.JobGetLayersRequest(job=job_message(job)) for job in jobs]
    answers = zip(jobs, connection.call_many("job", "GetLayers", requests))
    return {job.id: [layer_from(data) for data in answer.layers.layers] for job, answer in answers if answer}
