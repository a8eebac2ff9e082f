# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Submitting: a checked spec becomes a job folder, then a job. If the farm says no, the folder goes again.

A farm whose answer was lost is asked what it has taken before anything is decided.
"""

import os
import shutil
from dataclasses import dataclass, replace
from datetime import datetime, timezone

from cueffmpeg_gui.api.farm import connect_farm, farm_identity, submitting_uid
from cueffmpeg_gui.api.submit.existing_output import REFUSE, mark_of, settle_output
from cueffmpeg_gui.api.submit.lost_answer import ask_for_job, not_known, not_taken
from cueffmpeg_gui.api.submit.one_owner import busy_outputs, choosing
from cueffmpeg_gui.api.submit.request import SubmitRequest, job_root, make_spec, wanted_name
from cueffmpeg_gui.api.submit.unsent import clear_unsent, forget_sending, note_sending
from cueffmpeg_gui.api.submit.views import keep_tables_of, table_folder
from cueffmpeg_gui.errors import (
    DatabaseAway,
    FarmInTrouble,
    FarmRefused,
    FarmUnreachable,
    FolderTaken,
    JobNameTaken,
    LineEnded,
    NeverSent,
    OutputTaken,
)
from cueffmpeg_gui.farm.connection import FarmConnection
from cueffmpeg_gui.farm.launch import LaunchedJob, build_spec_xml, find_launched, launch
from cueffmpeg_gui.jobs.check_spec import check_spec
from cueffmpeg_gui.jobs.folder import create_job_folder, free_name, job_folder, read_job
from cueffmpeg_gui.jobs.plan import Plan, plan_job
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.probe import seen_anew
from cueffmpeg_gui.settings import Settings

# Numbers tried for one name; far more than a burst of submits needs, but not for ever.
MOST_NUMBERS = 1000


@dataclass(frozen=True)
class Prepared:
    """All that will be sent, before anything is: spec, plan, the folder it will get, and the XML of the spec.

    `wanted` is the job's name without the number that makes it unlike others; `existing` as in SubmitRequest;
    `tables` is where those of its view lie.
    """

    spec: JobSpec
    plan: Plan
    folder: str
    xml: str
    wanted: str
    existing: str
    tables: str = ""


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
    spec = make_spec(request, settings)
    return _prepare(spec, settings, wanted_name(request, settings, spec.source), request.existing)


def prepare_again(folder: str, settings: Settings, existing: str = REFUSE) -> Prepared:
    """The job of a job folder once more, under a free name; its chunks are kept where nothing has changed.

    Its output is most often there already; `existing` as in SubmitRequest. Raises OutputTaken, InputRefused.
    """
    spec = _seen_anew(read_job(folder).spec)
    keep_tables_of(folder, spec, settings)
    if spec.output:
        spec = _with_output(spec, _settled_again(spec.output, existing))
    place = spec.placement
    name = free_name(job_root(settings), place.show, place.shot, place.name)
    kept = os.path.abspath(folder) if spec.is_chunked else None
    return _prepare(replace(spec, placement=replace(place, name=name), reuse=kept), settings, place.name, existing)


def _settled_again(output: str, existing: str) -> str:
    """As settle_output(); a job folder's output cannot be given another name."""
    try:
        return settle_output(output, existing)
    except OutputTaken as taken:
        raise OutputTaken(taken.fact, "replace it (--replace), or number the new one (--number)") from None


def _seen_anew(spec: JobSpec) -> JobSpec:
    """Pictures of sequences that were changed since are meant to be: they are why the job is sent again."""
    reference = seen_anew(spec.reference) if spec.reference is not None else None
    return replace(spec, source=seen_anew(spec.source), reference=reference)


def submit_job(prepared: Prepared, settings: Settings) -> Submitted:
    """Writes the job folder and launches the job, under the next free number when its name was taken meanwhile.

    Raises OutputTaken when a living job will write its output, or a file has come there since it was prepared. Raises
    FarmRefused, and FarmUnreachable when the farm has not taken the job: no folder is left then. When that is not
    known, because the farm cannot be asked or the job may still be on its way, FarmUnreachable says so and the folder
    stays; its name is not given again.
    """
    connection = connect_farm(settings)
    clear_unsent(job_root(settings), _farm_name(settings), connection)
    while True:
        with choosing(job_root(settings), prepared.spec.output):
            settled = _settle_again(connection, prepared)
            if settled == prepared.spec.output:
                return _submit_numbered(connection, prepared, settings)
        # Another name has another lock.
        spec = _with_output(prepared.spec, settled)
        prepared = _prepare(spec, settings, prepared.wanted, prepared.existing)


def _settle_again(connection: FarmConnection, prepared: Prepared) -> str | None:
    """The output, now that the farm can be asked who writes what."""
    output = prepared.spec.output
    if output is None:
        return None
    settled = settle_output(output, prepared.existing, busy_outputs(connection))
    if settled == output and mark_of(output) != prepared.spec.replaces:
        raise OutputTaken(f"The output {output} has changed since it was looked at", "look at it, and submit again")
    return settled


def _with_output(spec: JobSpec, output: str | None) -> JobSpec:
    return replace(spec, output=output, replaces=mark_of(output) if output else None)


def _submit_numbered(connection: FarmConnection, prepared: Prepared, settings: Settings) -> Submitted:
    number = 0
    while True:
        try:
            return _submit_once(connection, prepared, settings)
        except (FolderTaken, JobNameTaken):
            number += 1
            if number > MOST_NUMBERS:
                raise
            prepared = _numbered(prepared, settings)


def _submit_once(connection: FarmConnection, prepared: Prepared, settings: Settings) -> Submitted:
    created = datetime.now(timezone.utc).isoformat(timespec="seconds")
    identity, tables = farm_identity(settings), table_folder(settings)
    root, farm = job_root(settings), _farm_name(settings)
    folder = create_job_folder(
        root,
        prepared.spec,
        prepared.plan,
        created,
        identity,
        tables=tables,
        begun=lambda made: note_sending(root, made, farm),
    )
    job = _launch(connection, prepared, settings, folder)
    forget_sending(root, folder)
    layers = tuple(layer.name for layer in prepared.plan.layers)
    return Submitted(job.name, job.id, folder, prepared.spec.output, layers)


def _launch(connection: FarmConnection, prepared: Prepared, settings: Settings, folder: str) -> LaunchedJob:
    name = prepared.spec.placement.name
    try:
        return launch(connection, prepared.xml, name)
    except JobNameTaken:
        # By this very job, when the line brought it twice.
        twice = find_launched(connection, name, folder)
        if twice:
            return twice
        _remove(settings, folder)
        raise
    except (FarmRefused, NeverSent):
        _remove(settings, folder)
        raise
    except (FarmUnreachable, KeyboardInterrupt) as lost:
        return _found_again(settings, name, folder, lost)


def _farm_name(settings: Settings) -> str:
    """Which farm is meant; every home has a local one of its own."""
    return str(settings.home.local_farm) if settings.is_local else settings["farm"]


def _remove(settings: Settings, folder: str) -> None:
    """The farm has no job for the folder, and will have none."""
    shutil.rmtree(folder, ignore_errors=True)
    forget_sending(job_root(settings), folder)


def _found_again(settings: Settings, name: str, folder: str, lost: BaseException) -> LaunchedJob:
    try:
        job = ask_for_job(settings, name, folder)
    except (FarmUnreachable, FarmRefused):
        raise not_known(name, folder) from None
    if job:
        return job
    # What was given up here, at a deadline or by the person, may still be on its way.
    if not isinstance(lost, (LineEnded, FarmInTrouble, DatabaseAway)):
        raise not_known(name, folder) from None
    _remove(settings, folder)
    raise not_taken(name) from None


def _numbered(prepared: Prepared, settings: Settings) -> Prepared:
    """The same job under the next free number."""
    place, last = prepared.spec.placement, prepared.spec.placement.name
    name = free_name(job_root(settings), place.show, place.shot, prepared.wanted, after=last)
    spec = replace(prepared.spec, placement=replace(place, name=name))
    return _prepare(spec, settings, prepared.wanted, prepared.existing)


def _prepare(spec: JobSpec, settings: Settings, wanted: str, existing: str) -> Prepared:
    spec = check_spec(spec, f"The job {spec.placement.name}")
    plan = plan_job(spec)
    folder = job_folder(job_root(settings), spec)
    environment = (
        {} if settings.is_local or not settings["host_ffmpeg"] else {"CUEFFMPEG_FFMPEG": settings["host_ffmpeg"]}
    )
    xml = build_spec_xml(spec, plan, folder, uid=submitting_uid(settings), env=environment)
    return Prepared(spec, plan, folder, xml, wanted, existing, table_folder(settings))
