# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""From what a person asks for to a complete, checked spec. Reads media; writes and sends nothing."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from cueffmpeg_gui.api.ffmpeg import local_ffmpeg
from cueffmpeg_gui.api.media import AskedOf, named_frames, probe_media, probe_pair, with_timecode
from cueffmpeg_gui.api.pairing import match_clips
from cueffmpeg_gui.api.submit.chunking import with_chunks
from cueffmpeg_gui.api.submit.existing_output import REFUSE, mark_of, settle_output
from cueffmpeg_gui.api.submit.libvmaf_check import check_libvmaf
from cueffmpeg_gui.api.submit.output_check import check_output, suggest_output
from cueffmpeg_gui.api.submit.seen_colour import with_seen_colour
from cueffmpeg_gui.api.submit.views import table_folder, with_view
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.jobs.folder import free_name
from cueffmpeg_gui.jobs.layer_tasks import compare_task, encode_task
from cueffmpeg_gui.jobs.names import conform_job_name, conform_shot, read_words, suggest_job_name
from cueffmpeg_gui.jobs.spec import JobSpec, Placement, PresetUse
from cueffmpeg_gui.media.codecs import AUDIO_CODECS
from cueffmpeg_gui.media.colour_tags import with_tags
from cueffmpeg_gui.media.encode import EncodeTask
from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.pair_light import check_light
from cueffmpeg_gui.media.pairs import check_geometry
from cueffmpeg_gui.media.presets import Preset, find_preset, load_presets, with_settings
from cueffmpeg_gui.media.repeats import with_repeats
from cueffmpeg_gui.media.view_filters import read_here
from cueffmpeg_gui.probe import probe_sound
from cueffmpeg_gui.settings import Settings

DEFAULT_PRIORITY = 100


@dataclass(frozen=True)
class SubmitRequest:
    """What a person asks for; whatever is None or empty is chosen.

    `existing` says what becomes of a file that is at the output's name: "refuse" (raises OutputTaken), "number" (the
    new one) or "replace".
    """

    preset: str
    source: str
    reference: str | None = None
    output: str | None = None
    audio: str | None = None
    frame_rate: str | None = None
    frames: str | None = None
    chunk: str | None = None
    timecode: str | None = None
    name: str | None = None
    priority: int = DEFAULT_PRIORITY
    paused: bool = False
    tags: str = ""
    limits: str = ""
    gaps: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    existing: str = REFUSE


def make_spec(request: SubmitRequest, settings: Settings) -> JobSpec:
    """Probes, checks and decides everything; raises InputRefused in one sentence."""
    preset = with_settings(find_preset(load_presets(settings.preset_folders), request.preset), _values(request))
    _check_request(request, preset)
    asked = AskedOf(str(preset.values["gaps"]), request.frames, str(preset.values.get("layer", "")))
    # Frames are named by the numbers of the reference, where there is one.
    reference, pair, findings = None, None, tuple[str, ...]()
    if request.reference:
        probed = probe_pair(request.source, request.reference, request.frame_rate, asked)
        source, reference, findings = probed.encode, probed.reference, probed.findings
        source = with_tags(source, preset.values.get("encode_tags"))
        reference = with_tags(reference, preset.values.get("reference_tags"))
        # Beside pictures of light such are compared as they are.
        if not source.video.space or "color" in preset.values:
            reference = with_view(reference, preset.values, settings)
        check_light(reference, source)
        seen = read_here(reference, table_folder(settings))
        pair = match_clips(source, seen, preset.values, request.frames)
    else:
        probed_alone = with_repeats(probe_media(request.source, request.frame_rate, asked))
        source = with_view(probed_alone, preset.values, settings)
    source = with_timecode(source, preset.values.get("timecode"))
    output = _output(request, preset, source)
    spec = JobSpec(
        placement=_placement(request, settings, source),
        preset=PresetUse(preset.name, preset.version, preset.kind, preset.level, preset.values),
        source=source,
        frames=reference.numbers_of(pair.frames) if reference and pair else _frames(request, source),
        output=output,
        replaces=mark_of(output) if output else None,
        reference=reference,
        sound=probe_sound(request.audio) if request.audio else None,
        sound_delay=Fraction(str(preset.values.get("sound_delay", 0))),
        pair=pair.plan if pair else None,
        findings=findings,
    )
    if preset.job_kind.encodes:
        _check_encode(encode_task(spec))
    _check_compare(spec, settings)
    return with_chunks(with_seen_colour(spec), settings)


def _check_compare(spec: JobSpec, settings: Settings) -> None:
    if not spec.preset.job_kind.compares:
        return
    if spec.reference is None:
        check_geometry(spec.source.path, encode_task(spec).geometry)
    values = spec.preset.values
    width, height = compare_task(spec).geometry.compared
    check_libvmaf(local_ffmpeg(settings), values["models"], values["metrics"], f"{width}x{height}")


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
    kind = preset.job_kind
    if kind.takes_reference and not request.reference:
        raise InputRefused(f"Preset {preset.name} compares an encode with its reference; name it with --reference.")
    if request.reference and not kind.takes_reference:
        raise InputRefused(f"Preset {preset.name} takes no reference: its source is the reference.")
    if request.audio and not kind.takes_sound:
        raise InputRefused(f"Preset {preset.name} compares pictures only, so it takes no sound.")
    if request.output and not kind.writes_output:
        raise InputRefused(f"Preset {preset.name} writes no media, so it takes no output; read its scores instead.")


def _check_encode(encode: EncodeTask) -> None:
    path, video = encode.source.path, encode.source.video
    sequence = encode.source.sequence
    if sequence and not sequence.keeps_clock and encode.sound:
        raise InputRefused(
            f"{path} becomes a film of the frames that are there (gaps=only), which {encode.sound.path} does not go "
            "with; leave the sound out, or keep the clock with gaps=hold or gaps=black."
        )
    if min(encode.geometry.output) == 0:
        raise InputRefused(f"{path} is {video.size}, too small to be encoded like this; try odd_size=pad.")
    if not (video.constant_rate or encode.is_whole) and encode.audio:
        raise InputRefused(
            f"{path} has a variable frame rate, so the sound of frames {encode.frames} is not known; "
            "encode all of it, or without sound (audio_codec=none)."
        )
    _check_channels(encode)


def _check_channels(encode: EncodeTask) -> None:
    name = encode.values["audio_codec"]
    most = max((stream.channels for stream in encode.audio), default=0)
    if most > AUDIO_CODECS[name].max_channels:
        source = encode.sound.path if encode.sound else encode.source.path
        raise InputRefused(
            f"{source} has a stream of {most} channels; {name} takes {AUDIO_CODECS[name].max_channels} at most, "
            "so choose another audio_codec, or none."
        )


def _values(request: SubmitRequest) -> dict[str, str]:
    options = {"chunk": request.chunk, "timecode": request.timecode, "gaps": request.gaps}
    return {**request.values, **{name: value for name, value in options.items() if value is not None}}


def _output(request: SubmitRequest, preset: Preset, source: ClipFacts) -> str | None:
    if not preset.job_kind.writes_output:
        return None
    file = source.sequence.first_file if source.sequence else source.path
    output = os.path.abspath(request.output or suggest_output(stem_of(source), file, preset))
    check_output(output, preset, file)
    return settle_output(output, request.existing)


def stem_of(source: ClipFacts) -> str:
    """What a clip or sequence is called, without number and ending."""
    if source.sequence is None:
        return Path(source.path).stem
    return source.sequence.prefix.rstrip("._- ") or Path(source.sequence.folder).name


def _frames(request: SubmitRequest, source: ClipFacts) -> FrameRange:
    return source.numbers_of(named_frames(source, request.frames) or source.frames)


def wanted_name(request: SubmitRequest, settings: Settings, source: ClipFacts) -> str:
    """The job's name as the farm has it, if nobody else has it."""
    wanted = request.name or suggest_job_name(stem_of(source))
    return conform_job_name(settings["show"], settings["shot"], settings.user, wanted)


def _placement(request: SubmitRequest, settings: Settings, source: ClipFacts) -> Placement:
    show, shot, user = settings["show"], settings["shot"], settings.user
    name = wanted_name(request, settings, source)
    return Placement(
        name=free_name(job_root(settings), show, conform_shot(shot), name),
        show=show,
        shot=conform_shot(shot),
        user=user,
        facility=settings["facility"],
        priority=request.priority,
        paused=request.paused,
        tags=read_words("tag", request.tags),
        limits=read_words("limit", request.limits),
    )
