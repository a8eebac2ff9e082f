# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Whether a job is cut into chunks, and how."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.jobs.layer_tasks import chunk_task, pair_plan, read_frames
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.media.chunks import Chunking, choose_chunks, plan_chunks
from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.seek import borders, can_seek
from cueffmpeg_gui.probe import with_cuts
from cueffmpeg_gui.settings import Settings

# From the end of one frame to the start of the next: a Rust rqd notices the end up to five seconds late.
FARM_WAIT_SECONDS, LOCAL_WAIT_SECONDS = 5.0, 0.3


def with_chunks(spec: JobSpec, settings: Settings) -> JobSpec:
    """The spec with its chunking, and with the times at which its clips are cut.

    Raises InputRefused when the preset or the source cannot be chunked.
    """
    wanted = spec.preset.values.get("chunk", "none")
    if wanted == "none":
        return spec
    chunking = _chunking(spec, settings, wanted)
    chunked = replace(spec, chunking=chunking)
    if not chunked.is_chunked:
        return chunked
    _check_can_chunk(spec)
    return _with_cuts(chunked)


def _chunking(spec: JobSpec, settings: Settings, wanted: Any) -> Chunking:
    values = spec.preset.values
    gop = int(values.get("gop", 1)) if spec.preset.job_kind.encodes else 1
    pictures, span = spec.pictures(spec.frames), len(spec.frames)
    if not spec.step:
        return Chunking(span, f"{len(pictures)} frames in one piece, as their numbers do not follow in even steps")
    if wanted != "auto":
        chunking = plan_chunks(pictures, gop, int(wanted))
    else:
        video = spec.source.video
        wait = LOCAL_WAIT_SECONDS if settings.is_local else FARM_WAIT_SECONDS
        chunking = choose_chunks(pictures, gop, video.width * video.height, wait)
    return replace(chunking, length=min(span, chunking.length * spec.step))


def _check_can_chunk(spec: JobSpec) -> None:
    values: Mapping[str, Any] = spec.preset.values
    if "bitrate" in values:
        raise InputRefused(
            f"Preset {spec.preset.name} aims at a bit rate, which each chunk would meet by itself and the film would "
            "miss; use constant quality (crf, with max_bitrate as a ceiling), or chunk=none."
        )
    if spec.preset.job_kind.encodes and not spec.source.video.constant_rate:
        raise InputRefused(f"{spec.source.path} has a variable frame rate and cannot be chunked; use chunk=none.")


def _with_cuts(spec: JobSpec) -> JobSpec:
    source = _cut(spec.source, [*_needed(spec, spec.source, is_encoded=True)])
    reference = spec.reference and _cut(spec.reference, [*_needed(spec, spec.reference, is_encoded=False)])
    return replace(spec, source=source, reference=reference)


def _needed(spec: JobSpec, clip: ClipFacts, *, is_encoded: bool) -> list[int]:
    if pair_plan(spec).partners:
        return []
    shift = clip.frames.first - (spec.reference or spec.source).frames.first
    if clip is spec.source:
        shift += pair_plan(spec).offset
    ranges = (
        [chunk_task(spec, chunk).read for chunk in spec.chunks] if is_encoded and spec.preset.job_kind.encodes else []
    )
    if spec.preset.job_kind.compares:
        ranges += [read_frames(spec, spec.pictures(chunk)) for chunk in spec.chunks]
    moved = [FrameRange(r.first + shift, r.last + shift) for r in ranges]
    return [frame for r in moved for frame in borders(clip.frames, r)]


def _cut(clip: ClipFacts, frames: list[int]) -> ClipFacts:
    return with_cuts(clip, frames) if can_seek(clip) else clip
