# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""From a spec to the media tasks of its layers: the same for preview and render host."""

from dataclasses import replace
from fractions import Fraction
from typing import Optional

from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.media.codecs import NO_AUDIO
from cueffmpeg_gui.media.compare import CompareTask
from cueffmpeg_gui.media.encode import EncodeTask, expected_facts
from cueffmpeg_gui.media.facts import ClipFacts, SoundFile
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.gaps import STOP
from cueffmpeg_gui.media.geometry import Geometry
from cueffmpeg_gui.media.pair_fields import REFERENCE
from cueffmpeg_gui.media.pair_geometry import fit_geometry
from cueffmpeg_gui.media.pairs import PairPlan
from cueffmpeg_gui.media.seek import borders
from cueffmpeg_gui.media.sound import Sound

# Frames that a chunk's scores depend on and that are not its own: motion looks back (4 in the models for 50 and
# 60 frames a second) and ahead (1); one more on each side costs little.
OVERLAP_BEFORE, OVERLAP_AFTER = 5, 2


def encode_task(spec: JobSpec) -> EncodeTask:
    """What the encode of the whole job is, and what the joined film must be."""
    pictures = spec.pictures(spec.frames)
    return EncodeTask(spec.source, pictures, spec.preset.values, spec.preset.label, sound_task(spec))


def chunk_task(spec: JobSpec, chunk: FrameRange) -> EncodeTask:
    """What the encode of one chunk is: picture only."""
    values = {**spec.preset.values, "audio_codec": NO_AUDIO}
    return EncodeTask(spec.source, spec.pictures(chunk), values, spec.preset.label)


def sound_task(spec: JobSpec) -> Optional[Sound]:
    """The sound that is fitted to the picture: a file of its own, or that of a clip whose picture is chunked."""
    if spec.preset.values.get("audio_codec") == NO_AUDIO:
        return None
    rate, pictures = spec.source.video.rate, spec.pictures(spec.frames)
    length = len(pictures) / rate
    before = (pictures.first - spec.source.frames.first) / rate
    if spec.sound is not None:
        return Sound(spec.sound, spec.sound_delay - before, length)
    if not spec.is_chunked or not spec.source.audio:
        return None
    own = SoundFile(spec.source.path, spec.source.bytes, spec.source.modified, spec.source.audio)
    return Sound(own, -spec.source.video.start - before, length)


def compare_task(spec: JobSpec, chunk: Optional[FrameRange] = None) -> CompareTask:
    """What the compare of a chunk (or of all) is: a given pair, or the source with the encode made of it.

    More frames are read than are scored; see read_frames.
    """
    own, values = spec.pictures(spec.frames), spec.preset.values
    frames = read_frames(spec, spec.pictures(chunk or spec.frames))
    if spec.reference is not None:
        plan = pair_plan(spec)
        reference, encode = spec.reference, spec.source
    else:
        task = encode_task(spec)
        fields = (REFERENCE,) if task.deinterlaces else ()
        plan = PairPlan(fit_geometry(task.geometry, values, spec.source.video), deinterlaced=fields)
        reference, encode = spec.source, expected_facts(task, spec.output or "")
    encode_frames = _of_encode(spec, frames)
    if spec.reference is None:
        encode = _with_even_cuts(encode, encode_frames)
    every = every_of(spec)
    subsample = 1 if (frames.first - own.first) % every else every
    return CompareTask(
        reference,
        encode,
        frames,
        encode_frames,
        plan.geometry,
        values,
        subsample,
        plan.deinterlaced,
        is_timed=bool(plan.partners),
    )


def scored_encode_frames(spec: JobSpec) -> FrameRange:
    """The job's frames as pictures of the encode."""
    return _of_encode(spec, spec.pictures(spec.frames))


def _of_encode(spec: JobSpec, frames: FrameRange) -> FrameRange:
    if spec.reference is None:
        first = spec.pictures(spec.frames).first - 1
    elif partners := pair_plan(spec).partners:
        own, theirs = spec.source.frames.first, spec.reference.frames.first
        return FrameRange(own + partners[frames.first - theirs], own + partners[frames.last - theirs])
    else:
        first = spec.reference.frames.first - spec.source.frames.first - pair_plan(spec).offset
    return FrameRange(frames.first - first, frames.last - first)


def read_frames(spec: JobSpec, pictures: FrameRange) -> FrameRange:
    """The pictures to read to score these: with the neighbours that both clips have, also beyond the job's frames."""
    return window(shared_frames(spec), pictures, every_of(spec), spec.pictures(spec.frames).first)


def shared_frames(spec: JobSpec) -> FrameRange:
    """The pictures of the reference that the encode has, too; an encode of the job's own has the job's alone."""
    if spec.reference is None or _stops_at_gaps(spec.reference) or _stops_at_gaps(spec.source):
        return spec.pictures(spec.frames)
    reference, encode = spec.reference.frames, spec.source.frames
    if partners := pair_plan(spec).partners:
        return FrameRange(reference.first, reference.first + len(partners) - 1)
    start = reference.first - pair_plan(spec).offset
    return FrameRange(max(reference.first, start), min(reference.last, start + len(encode) - 1))


def _stops_at_gaps(clip: ClipFacts) -> bool:
    """Whether there is nothing to read beyond the job's frames."""
    return clip.sequence is not None and bool(clip.sequence.there) and clip.sequence.gaps == STOP


def pair_plan(spec: JobSpec) -> PairPlan:
    """How a given pair is compared; a job of earlier days says nothing: picture by picture, in its one size."""
    if spec.pair is not None or spec.reference is None:
        return spec.pair or PairPlan(encode_task(spec).geometry)
    size = (spec.reference.video.width, spec.reference.video.height)
    return PairPlan(Geometry(size, size, size))


def window(whole: FrameRange, chunk: FrameRange, every: int = 1, scored: Optional[int] = None) -> FrameRange:
    """The frames to read so that each frame of the chunk has the neighbours it has in a run over the whole.

    libvmaf counts each `every`-th frame from the first it gets, so that is one of those that are scored, as `scored`
    is (None: the first of the whole); where the whole begins too late for that, all are read and scored.
    """
    first = max(whole.first, chunk.first - OVERLAP_BEFORE)
    first -= (first - (whole.first if scored is None else scored)) % every
    return FrameRange(max(whole.first, first), min(whole.last, chunk.last + OVERLAP_AFTER))


def every_of(spec: JobSpec) -> int:
    """Of which n frames one is scored."""
    return int(spec.preset.values.get("every", 1))


def _with_even_cuts(made: ClipFacts, frames: FrameRange) -> ClipFacts:
    """An encode of ours steps evenly from 0, so the times midway before its frames are known before it exists."""
    cuts = {str(frame): Fraction(2 * frame - 3, 2) / made.video.rate for frame in borders(made.frames, frames)}
    return replace(made, cuts=cuts)
