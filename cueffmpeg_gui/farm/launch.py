# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""From a plan to a job on the farm: pyoutline writes the spec, one RPC sends it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Optional

from opencue_proto import job_pb2

from cueffmpeg_gui.errors import FarmUnreachable, InputRefused, NeverSent, quoted
from cueffmpeg_gui.farm.connection import FarmConnection
from cueffmpeg_gui.farm.monitor import layers, search_jobs
from cueffmpeg_gui.farm.pyoutline import outline
from cueffmpeg_gui.farm.spec_text import adjust_spec, is_xml_text
from cueffmpeg_gui.farm.status import job_folder_in
from cueffmpeg_gui.jobs.names import name_in_spec
from cueffmpeg_gui.jobs.plan import SERVICE, LayerPlan, Plan, frame_command
from cueffmpeg_gui.jobs.spec import JobSpec

# A Cuebot writes all frames before it answers: 10,000 take it a second, a busy one longer.
LAUNCH_SECONDS = 60.0
# Cuebot's columns (V1__Initial_schema.sql); what is longer is refused without a reason.
MAX_COMMAND, MAX_OUTPUT_PATH = 4000, 2048
# The layers that may write the final output, the last one first.
OUTPUT_LAYERS = ("join", "encode")


@dataclass(frozen=True)
class LaunchedJob:
    """A job as the farm has taken it."""

    id: str
    name: str


class CueffmpegLayer(outline.layer.Layer):  # type: ignore[misc]
    """A layer whose frames run the worker."""


def build_spec_xml(
    spec: JobSpec, plan: Plan, folder: str, *, uid: Optional[int] = None, env: Optional[Mapping[str, str]] = None
) -> str:
    """The job spec (cjsl 1.15) of a plan whose job folder is `folder`; nothing is written, read or sent.

    uid None leaves it out, so that the farm's hosts choose; a Cuebot refuses 0. `env` goes to every layer.
    Raises InputRefused for what no spec can carry.
    """
    place = spec.placement
    name = name_in_spec(place.show, place.shot, place.user, place.name)
    job = outline.Outline(name=name, show=place.show, shot=place.shot, user=place.user, facility=place.facility)
    layers = {layer.name: _build_layer(layer, folder, env or {}) for layer in plan.layers}
    for layer in layers.values():
        job.add_layer(layer)
    for depend in plan.depends:
        layers[depend.layer].depend_all(layers[depend.on])
    _register_output(layers, spec.output)
    # Past its setup an outline only serialises; the setup would write a session folder and set SHOT for everybody.
    job.set_mode(outline.constants.OUTLINE_MODE_READY)
    launcher = outline.cuerun.OutlineLauncher(
        job, pause=place.paused, priority=place.priority, maxretries=1, nomail=True, backend="cue"
    )
    return adjust_spec(launcher.serialize(use_pycuerun=False), uid, place.tags, place.limits)


def launch(connection: FarmConnection, xml: str, name: str = "") -> LaunchedJob:
    """Sends a spec and waits until the farm has stored the job, which is asked for under `name`, "" for any.

    Raises FarmRefused with the farm's reason, FarmUnreachable when it does not answer; of its kinds see call_once().
    """
    request = job_pb2.JobLaunchSpecAndWaitRequest(spec=xml)
    try:
        answer = connection.call_once("job", "LaunchSpecAndWait", request, LAUNCH_SECONDS)
    except NeverSent as error:
        raise NeverSent(f"{error} The job was not sent.") from None
    except FarmUnreachable as error:
        raise type(error)(f"{error} The job may have been taken all the same: look before sending it again.") from None
    job = next(iter(answer.jobs.jobs), None)
    if job is None or (name and job.name != name):
        # A Cuebot's answer carries no proof; it gives every job the name it was asked for.
        told = f"names {quoted(job.name)} and not {name}" if job else "names no job"
        # It has taken something: whoever cannot find it must not think that it has not.
        raise FarmUnreachable(f"The answer of the farm at {connection.address} {told}: it was damaged.")
    return LaunchedJob(job.id, job.name)


def find_launched(connection: FarmConnection, name: str, folder: str) -> Optional[LaunchedJob]:
    """The job of that name that works in that folder, ended or not; None when the farm has not taken it."""
    found = search_jobs(connection, job_pb2.JobSearchCriteria(jobs=[name], include_finished=True))
    ours = (job for job in found if job.name == name and job_folder_in(layers(connection, job)) == folder)
    return next((LaunchedJob(job.id, job.name) for job in ours), None)


def _build_layer(layer: LayerPlan, folder: str, env: Mapping[str, str]) -> Any:
    command = frame_command(folder, layer.name)
    if len(command) > MAX_COMMAND:
        raise InputRefused(f"The job folder's path is too long for a farm's command: {folder}")
    for name, value in env.items():
        if not is_xml_text(value):
            raise InputRefused(f"{name} holds a character that no job spec can carry: {quoted(value)}.")
    return CueffmpegLayer(
        layer.name,
        command=command,
        range=str(layer.frames),
        chunk=layer.chunk,
        service=SERVICE,
        cores=layer.cores,
        # ffmpeg runs threads whatever is asked for; a threadable frame is pinned to the cores it is granted.
        threadable=True,
        memory=f"{layer.memory_mb}m",
        env=dict(env),
    )


def _register_output(layers: Mapping[str, Any], output: Optional[str]) -> None:
    """Names the final output to the farm, for CueGUI's viewers; a path that no spec can carry stays unnamed."""
    writer = next((layers[name] for name in OUTPUT_LAYERS if name in layers), None)
    if writer is not None and output and len(output) <= MAX_OUTPUT_PATH and is_xml_text(output):
        writer.add_output("output", output)
