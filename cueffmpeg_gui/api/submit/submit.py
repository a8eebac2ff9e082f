# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Submitting: a checked spec becomes a job folder, then a job. If the farm says no, the folder goes again."""

import os
import shutil
from dataclasses import dataclass, replace
from datetime import datetime, timezone

from cueffmpeg_gui.api.farm import connect_farm, submitting_uid
from cueffmpeg_gui.api.submit.request import SubmitRequest, job_root, make_spec
from cueffmpeg_gui.farm.launch import build_spec_xml, launch
from cueffmpeg_gui.jobs.folder import create_job_folder, free_name, job_folder, read_job
from cueffmpeg_gui.jobs.plan import Plan, plan_job
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.settings import Settings


@dataclass(frozen=True)
class Prepared:
    """All that will be sent, before anything is: spec, plan, the folder it will get, and the XML of the spec."""

    spec: JobSpec
    plan: Plan
    folder: str
    xml: str


@dataclass(frozen=True)
class Submitted:
    """A job on the farm."""

    job: str
    id: str
    folder: str
    output: str | None
    layers: tuple[str, ...]


def prepare(request: SubmitRequest, settings: Settings) -> Prepared:
    """Checks everything and plans the job; writes and sends nothing. Raises InputRefused."""
    return _prepare(make_spec(request, settings), settings)


def prepare_again(folder: str, settings: Settings) -> Prepared:
    """The job of a job folder once more, under a free name; its chunks are kept where nothing has changed.

    Raises InputRefused.
    """
    spec = read_job(folder).spec
    place = spec.placement
    name = free_name(job_root(settings), place.show, place.shot, place.name)
    kept = os.path.abspath(folder) if spec.is_chunked else None
    return _prepare(replace(spec, placement=replace(place, name=name), reuse=kept), settings)


def submit_job(prepared: Prepared, settings: Settings) -> Submitted:
    """Writes the job folder and launches the job. Raises FarmUnreachable or FarmRefused; no folder is left then."""
    connection = connect_farm(settings)
    created = datetime.now(timezone.utc).isoformat(timespec="seconds")
    folder = create_job_folder(job_root(settings), prepared.spec, prepared.plan, created)
    try:
        job = launch(connection, prepared.xml)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    layers = tuple(layer.name for layer in prepared.plan.layers)
    return Submitted(job.name, job.id, folder, prepared.spec.output, layers)


def _prepare(spec: JobSpec, settings: Settings) -> Prepared:
    plan = plan_job(spec)
    folder = job_folder(job_root(settings), spec)
    environment = (
        {} if settings.is_local or not settings["host_ffmpeg"] else {"CUEFFMPEG_FFMPEG": settings["host_ffmpeg"]}
    )
    xml = build_spec_xml(spec, plan, folder, uid=submitting_uid(settings), env=environment)
    return Prepared(spec, plan, folder, xml)
