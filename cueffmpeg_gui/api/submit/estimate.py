# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""How long a job may take, before anything has run: the arithmetic of docs/chunk-length.md. Rough, and said to be."""

import os

from cueffmpeg_gui.api.submit.chunking import FARM_WAIT_SECONDS, LOCAL_WAIT_SECONDS
from cueffmpeg_gui.jobs.plan import CHUNKS, LayerPlan, Plan
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.media.chunks import PIXELS_A_SECOND
from cueffmpeg_gui.settings import Settings

LIGHT_SECONDS = 1.0


def estimate_seconds(spec: JobSpec, plan: Plan, settings: Settings) -> float:
    """On this computer with all its cores; on a farm when every chunk has a host at once."""
    return sum(_layer(spec, layer, settings) for layer in plan.layers)


def _layer(spec: JobSpec, layer: LayerPlan, settings: Settings) -> float:
    if layer.name not in CHUNKS:
        return (LOCAL_WAIT_SECONDS if settings.is_local else FARM_WAIT_SECONDS) + LIGHT_SECONDS
    video = spec.source.video
    a_second = PIXELS_A_SECOND / (video.width * video.height)
    threads = int(spec.preset.values["threads"])
    if not settings.is_local:
        chunk = min(layer.chunk, len(spec.frames)) // (spec.step or 1)
        return FARM_WAIT_SECONDS + chunk / (a_second * max(layer.cores, 1))
    cores = local_cores(settings)
    at_once = max(1, min(len(layer.cue_frames), cores // layer.cores))
    busy = min(cores, at_once * threads)
    waits = -(-len(layer.cue_frames) // at_once) * LOCAL_WAIT_SECONDS
    return waits + len(spec.pictures(spec.frames)) / (a_second * busy)


def local_cores(settings: Settings) -> int:
    """The cores the local farm shares out."""
    wanted = settings["local_cores"]
    return int(wanted) if wanted.isdigit() and int(wanted) else os.cpu_count() or 1
