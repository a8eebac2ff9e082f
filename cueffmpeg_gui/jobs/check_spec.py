# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The one check between a job's document and every use of it: whoever wrote it, it can do nothing but be a job.

Nothing is read but the names of folders on the way to equally named files.
"""

import dataclasses
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from cueffmpeg_gui.errors import InputRefused, quoted
from cueffmpeg_gui.jobs.layer_tasks import encode_task, shared_frames
from cueffmpeg_gui.jobs.names import conform_job_name, conform_shot
from cueffmpeg_gui.jobs.rule_kinds import Rule
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.jobs.spec_rules import RULES
from cueffmpeg_gui.media.facts import MOST_PIXELS, ClipFacts
from cueffmpeg_gui.media.frames import check_frames
from cueffmpeg_gui.media.gaps import STOP
from cueffmpeg_gui.media.presets import Preset, check_preset, output_extensions
from cueffmpeg_gui.media.timing import check_timecode
from cueffmpeg_gui.media.view import MATRIX

T = TypeVar("T")
# Cue frames that a layer may have; each is a process.
MOST_CHUNKS = 100_000
MOST_STEPS = 12


def check_spec(spec: JobSpec, where: str) -> JobSpec:
    """The spec with its preset's values as presets have them; raises InputRefused naming `where`, key and cause."""
    check_fields(spec, where)
    spec = _with_checked_values(spec, where)
    for check in CHECKS:
        check(spec, where)
    return spec


def check_fields(value: Any, where: str) -> None:
    """Raises InputRefused unless every field of a dataclass, and of those in it, is what the table says."""
    for field in dataclasses.fields(value):
        place, inner = f"{where}.{field.name}", getattr(value, field.name)
        for item in inner if isinstance(inner, tuple) else (inner,):
            if item is not None:
                _apply(RULES[type(value)][field.name], item, place)
            if dataclasses.is_dataclass(item):
                check_fields(item, place)


def _apply(rule: Rule, value: object, place: str) -> None:
    try:
        rule(value)
    except ValueError as error:
        raise InputRefused(f"{place} is {quoted(value)}, but it must be {error}.") from None


def _with_checked_values(spec: JobSpec, where: str) -> JobSpec:
    use = spec.preset
    preset = check_preset(Preset(use.name, use.version, use.kind, "", "", use.values, use.level), where)
    return replace(spec, preset=replace(use, values=preset.values))


def _check_names(spec: JobSpec, where: str) -> None:
    """The name is final: what a farm would make of it is itself."""
    place = spec.placement
    prefix = f"{place.show}-{place.shot}-{place.user}_".lower().rstrip("_") + "_"
    is_kept = place.name.startswith(prefix) and conform_shot(place.shot) == place.shot
    if not is_kept or conform_job_name(place.show, place.shot, place.user, place.name[len(prefix) :]) != place.name:
        raise InputRefused(f"{where}: the job name {quoted(place.name)} is not as a farm keeps it ({prefix}…).")


def _check_kind(spec: JobSpec, where: str) -> None:
    kind = spec.preset.job_kind
    for name, value, is_meant, is_needed in (
        ("reference", spec.reference, kind.takes_reference, kind.takes_reference),
        ("output", spec.output, kind.writes_output, kind.writes_output),
        ("sound", spec.sound, kind.takes_sound, False),
    ):
        if (value is not None and not is_meant) or (value is None and is_needed):
            raise InputRefused(f"{where}: a job of kind {kind.name} has {'a' if is_meant else 'no'} {name}.")


def _check_frames(spec: JobSpec, where: str) -> None:
    whole = (spec.reference or spec.source).span
    for clip in _clips(spec):
        check_frames(clip.frames.first, clip.frames.last, where)
        if clip.video.width * clip.video.height > MOST_PIXELS:
            raise InputRefused(f"{where}: {clip.path} is said to be {clip.video.size}, more than ffmpeg decodes.")
        if clip.timecode is not None:
            check_timecode(clip.timecode, clip.video.rate)
        if clip.sequence and len(clip.frames) != clip.video.frames:
            raise InputRefused(f"{where}: {clip.path} is said to have {clip.video.frames} pictures.")
    if spec.frames.first not in whole or spec.frames.last not in whole:
        raise InputRefused(f"{where}: the frames {spec.frames} are not among {whole}.")
    _check_gaps(spec, where)
    if spec.chunking and len(spec.frames) > spec.chunking.length * MOST_CHUNKS:
        raise InputRefused(f"{where}: {spec.frames} makes more than {MOST_CHUNKS:,} chunks; take longer ones.")


def _check_gaps(spec: JobSpec, where: str) -> None:
    """A sequence is asked for no frame that it lacks, unless it is said what becomes of that."""
    for clip in _clips(spec):
        sequence = clip.sequence
        if sequence is None or not sequence.there:
            continue
        numbers = sequence.numbers
        if not (sequence.first <= numbers[0] and numbers[-1] <= sequence.last):
            raise InputRefused(f"{where}: {clip.path} is said to have the frames {quoted(sequence.there)}.")
        is_counted = clip is (spec.reference or spec.source)
        if sequence.gaps == STOP and sequence.missing_in(spec.frames if is_counted else sequence.span):
            raise InputRefused(f"{where}: {clip.path} lacks some of the frames {spec.frames}.")


def _check_views(spec: JobSpec, where: str) -> None:
    """The steps of a view hold what their kind has, and nothing is looked at but what is the source of an encode."""
    for clip in _clips(spec):
        steps = clip.video.view.steps if clip.video.view else ()
        if any((len(step.matrix), bool(step.digest)) != ((9, False) if step.kind == MATRIX else (0, True))
               for step in steps) or len(steps) > MOST_STEPS:  # fmt: skip
            raise InputRefused(f"{where}: the view of {clip.path} has a step that is no matrix and no table.")
        if clip.video.view and clip is spec.source and spec.reference:
            raise InputRefused(f"{where}: {clip.path} is an encode, which has no view.")


def _check_pair(spec: JobSpec, where: str) -> None:
    """The plan of a pair is one of these two clips."""
    if spec.pair is None:
        return
    if spec.reference is None:
        raise InputRefused(f"{where}: a job without a reference has no pair.")
    shared, geometry = shared_frames(spec), spec.pair.geometry
    frames = spec.pictures(spec.frames)
    if frames.first not in shared or frames.last not in shared:
        raise InputRefused(f"{where}: the frames {spec.frames} are not among {shared}, which both clips have.")
    if geometry.source != (spec.reference.video.width, spec.reference.video.height):
        raise InputRefused(f"{where}: {spec.reference.path} is said to be {spec.reference.video.size}.")


def _check_output(spec: JobSpec, where: str) -> None:
    if spec.output is None:
        return
    endings = output_extensions(spec.preset.values)
    if os.path.splitext(spec.output)[1].lower() not in endings:
        raise InputRefused(f"{where}: the output {spec.output} must end in {' or '.join(endings)}.")
    check_no_input(spec, where)


def check_no_input(spec: JobSpec, where: str) -> None:
    """Raises InputRefused when the output would take the place of a file the job reads."""
    output = spec.output or ""
    for path in _inputs(spec):
        if os.path.basename(path) == os.path.basename(output) and _folder(path) == _folder(output):
            raise InputRefused(f"{where}: the output {output} is a file that the job reads; name another.")
    for clip in _clips(spec):
        if clip.sequence and _folder(output) == os.path.realpath(clip.sequence.folder):
            numbered = f"{re.escape(clip.sequence.prefix)}-?[0-9]+{re.escape(clip.sequence.suffix)}"
            if re.fullmatch(numbered, os.path.basename(output)):
                raise InputRefused(f"{where}: the output {output} is a picture that the job reads; name another.")


def _check_size(spec: JobSpec, where: str) -> None:
    if spec.preset.job_kind.encodes and min(encode_task(spec).geometry.output) <= 0:
        raise InputRefused(f"{where}: {spec.source.path} is {spec.source.video.size}, too small to be encoded.")


def _clips(spec: JobSpec) -> Iterator[ClipFacts]:
    yield spec.source
    if spec.reference:
        yield spec.reference


def _inputs(spec: JobSpec) -> Iterator[str]:
    for clip in _clips(spec):
        yield clip.path
    if spec.sound:
        yield spec.sound.path


def _folder(path: str) -> str:
    return os.path.realpath(os.path.dirname(path))


CHECKS: tuple[Callable[[JobSpec, str], None], ...] = (
    _check_names, _check_kind, _check_frames, _check_views, _check_pair, _check_output, _check_size,
)  # fmt: skip
