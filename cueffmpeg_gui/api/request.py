# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""From what a person asks for to a complete, checked spec. Reads media; writes and sends nothing."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cueffmpeg_gui.api.output import check_output, suggest_output
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.jobs.folder import free_name
from cueffmpeg_gui.jobs.names import conform_job_name, conform_shot, suggest_job_name
from cueffmpeg_gui.jobs.spec import JobSpec, Placement, PresetUse
from cueffmpeg_gui.jobs.tasks import encode_task
from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.frames import FrameRange, parse_range
from cueffmpeg_gui.media.pairs import check_comparable, check_geometry, check_pair
from cueffmpeg_gui.media.presets import Preset, find_preset, load_presets, with_settings
from cueffmpeg_gui.probe import probe_clip
from cueffmpeg_gui.settings import Settings

DEFAULT_PRIORITY = 100


@dataclass(frozen=True)
class SubmitRequest:
    """What a person asks for; whatever is None or empty is chosen."""

    preset: str
    source: str
    reference: str | None = None
    output: str | None = None
    frames: str | None = None
    name: str | None = None
    priority: int = DEFAULT_PRIORITY
    paused: bool = False
    values: Mapping[str, str] = field(default_factory=dict)


def make_spec(request: SubmitRequest, settings: Settings) -> JobSpec:
    """Probes, checks and decides everything; raises InputRefused in one sentence."""
    preset = with_settings(find_preset(load_presets(settings.preset_folders), request.preset), request.values)
    _check_request(request, preset)
    source = probe_clip(request.source, decode=True)
    reference = probe_clip(request.reference, decode=True) if request.reference else None
    if reference:
        check_pair(reference, source)
    output = None
    if "encode" in preset.steps:
        output = os.path.abspath(request.output or suggest_output(source.path, preset))
        check_output(output, preset, source.path)
    use = PresetUse(preset.name, preset.version, preset.kind, preset.level, preset.values)
    place = _placement(request, settings, source)
    spec = JobSpec(place, use, source, _frames(request, source), output, reference)
    if preset.steps == ("encode", "compare"):
        check_comparable(source)
        check_geometry(source.path, encode_task(spec).geometry)
    return spec


def job_root(settings: Settings) -> str:
    """Where job folders go; raises InputRefused when a farm's hosts could not know it."""
    if settings["job_root"]:
        return os.path.abspath(settings["job_root"])
    if settings.is_local:
        return str(settings.home.jobs)
    raise InputRefused(
        f"Jobs for the farm {settings['farm']} need a job folder that its hosts reach; "
        "name one in CUEFFMPEG_JOB_ROOT or in the settings (job_root)."
    )


def _check_request(request: SubmitRequest, preset: Preset) -> None:
    if preset.kind == "compare" and not request.reference:
        raise InputRefused(f"Preset {preset.name} compares an encode with its reference; name it with --reference.")
    if preset.kind != "compare" and request.reference:
        raise InputRefused(f"Preset {preset.name} takes no reference: its source is the reference.")
    if preset.kind == "compare" and request.output:
        raise InputRefused(f"Preset {preset.name} writes no media, so it takes no output; read its scores instead.")


def _frames(request: SubmitRequest, source: ClipFacts) -> FrameRange:
    whole = FrameRange(1, source.video.frames)
    if request.frames is None:
        return whole
    frames = parse_range(request.frames)
    if frames.first not in whole or frames.last not in whole:
        raise InputRefused(f"Frames {frames} are not in {source.path}, which has the frames {whole}.")
    return frames


def _placement(request: SubmitRequest, settings: Settings, source: ClipFacts) -> Placement:
    show, shot, user = settings["show"], settings["shot"], settings.user
    wanted = request.name or suggest_job_name(Path(source.path).stem)
    name = conform_job_name(show, shot, user, wanted)
    return Placement(
        name=free_name(job_root(settings), show, conform_shot(shot), name),
        show=show,
        shot=conform_shot(shot),
        user=user,
        facility=settings["facility"],
        priority=request.priority,
        paused=request.paused,
    )
