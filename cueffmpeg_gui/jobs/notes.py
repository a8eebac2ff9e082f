# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What is done to a picture on purpose, said in sentences before it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Optional

from cueffmpeg_gui.jobs.colour_notes import full_range, guessed_source, hdr_scores, pair_colours, said_tags
from cueffmpeg_gui.jobs.layer_tasks import compare_task, encode_task, every_of, sound_task
from cueffmpeg_gui.jobs.source_notes import layers_read, missing_frames
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.jobs.view_notes import HDR_SPACES, seen_reference, seen_source
from cueffmpeg_gui.media.colour import HDR_TRANSFERS
from cueffmpeg_gui.media.facts import SCREEN_YUV, depth_of
from cueffmpeg_gui.media.kinds import COMPARE, ENCODE, SOURCE
from cueffmpeg_gui.media.metrics import is_v1, model_height, model_label
from cueffmpeg_gui.media.scores import every_word

CHUNKING = "chunking"
FOUR_K_HEIGHT = 1440


@dataclass(frozen=True)
class JobNote:
    """One sentence; `topic` is CHUNKING, SOURCE, or the step it is about."""

    topic: str
    text: str


def notes_of(spec: JobSpec) -> tuple[JobNote, ...]:
    """The notes on this job, in the order of the pipeline."""
    topics = (CHUNKING, SOURCE, *spec.preset.steps)
    notes = [JobNote(topic, text) for topic in topics for rule in RULES[topic] if (text := rule(spec))]
    return (*notes, *(JobNote(COMPARE, text) for text in spec.findings))


def _odd_size(spec: JobSpec) -> Optional[str]:
    geometry = encode_task(spec).geometry
    if geometry.fixed == geometry.source:
        return None
    how = "the last column or row is left out" if geometry.fix == "crop" else "black lines are added"
    return f"{_size(geometry.source)} is odd; {how}, which makes {_size(geometry.fixed)}."


def _scaled(spec: JobSpec) -> Optional[str]:
    geometry = encode_task(spec).geometry
    return (
        f"The picture is scaled from {_size(geometry.fixed)} to {_size(geometry.output)}." if geometry.scales else None
    )


def _lost(spec: JobSpec) -> Optional[str]:
    lost = [clip for clip in (spec.source, spec.reference) if clip and clip.video.lost]
    return (
        " ".join(
            f"{clip.path} begins in the middle of a group of pictures; its first {clip.video.lost} cannot be decoded "
            "by anybody and are left out."
            for clip in lost
        )
        or None
    )


def _lost_of_pair(spec: JobSpec) -> Optional[str]:
    return _lost(spec) if spec.reference else None


def _alpha_left_out(spec: JobSpec) -> Optional[str]:
    if spec.reference is None or not (spec.source.video.has_alpha or spec.reference.video.has_alpha):
        return None
    return "Alpha is left out of the comparison; colours are compared as they stand."


def _alpha(spec: JobSpec) -> Optional[str]:
    if not spec.source.video.has_alpha:
        return None
    return "The alpha channel is left out; colours are taken as they stand, over black if they are premultiplied."


def _interlaced(spec: JobSpec) -> Optional[str]:
    if not spec.source.video.interlaced:
        return None
    if encode_task(spec).deinterlaces:
        return "The source is interlaced; each frame becomes one whole picture (bwdif). interlaced=keep leaves it."
    kept = "The source is interlaced; its fields stay woven into frames."
    if encode_task(spec).codec.interlaced:
        return kept
    return f"{kept} A film in {spec.preset.values['codec']} cannot say so, and players show combs; use deinterlace."


def _timecode(spec: JobSpec) -> Optional[str]:
    unused = spec.source.unused_timecode
    return f"The timecode of the pictures' headers is not taken. {unused}" if unused else None


def _variable_rate(spec: JobSpec) -> Optional[str]:
    if spec.source.video.constant_rate:
        return None
    return "The source has a variable frame rate; every frame is kept at its own time."


def _colour(spec: JobSpec) -> Optional[str]:
    video = spec.source.video
    if video.view:
        return seen_source(video)
    if video.is_rgb:
        return "RGB is taken as display-referred and becomes BT.709, limited range."
    if video.is_jpeg:
        return f"{SCREEN_YUV[video.codec]} is taken as display-referred and becomes BT.709, limited range."
    return guessed_source(video)


def _mixed(spec: JobSpec) -> Optional[str]:
    video = spec.source.video
    if not video.is_mixed:
        return None
    return f"The pictures are not all of one kind (gray, alpha, depth or chroma); all are read as {video.pix_fmt}."


def _repeats(spec: JobSpec) -> Optional[str]:
    repeats = spec.source.video.repeats
    if repeats is None:
        return None
    return f"The source leaves some of its {repeats.frames} pictures empty; the one before is shown again there."


def _hdr(spec: JobSpec) -> Optional[str]:
    if spec.source.video.view or spec.source.video.tags.transfer not in HDR_TRANSFERS:
        return None
    transfer = spec.source.video.tags.transfer
    return (
        f"The source is HDR ({transfer}); it keeps its tags and is not tone-mapped. color={HDR_SPACES[transfer]} makes "
        "SDR of it."
    )


def _scaled_back(spec: JobSpec) -> Optional[str]:
    geometry = compare_task(spec).geometry
    if spec.reference is not None or geometry.output == geometry.compared:
        return None
    return f"For the comparison the encode is scaled back to {_size(geometry.compared)} (bicubic)."


def _reference_scaled(spec: JobSpec) -> Optional[str]:
    geometry = compare_task(spec).geometry
    if spec.reference is not None or geometry.fixed == geometry.compared:
        return None
    return f"For the comparison the source is scaled to {_size(geometry.compared)} (bicubic)."


def _pair(spec: JobSpec) -> Optional[str]:
    return (" ".join(spec.pair.notes) or None) if spec.pair else None


def _model(spec: JobSpec) -> Optional[str]:
    task = compare_task(spec)
    model = str(spec.preset.values["models"][0])
    is_4k = model_height(model) > FOUR_K_HEIGHT
    tall = task.reference.video.height >= FOUR_K_HEIGHT
    if is_4k == tall:
        return None
    better = "vmaf_4k_v0.6.1" if tall else "vmaf_v0.6.1"
    return (
        f"{model_label(model)} was made for another picture height than {task.reference.video.height}; {better} fits."
    )


def _every(spec: JobSpec) -> Optional[str]:
    every = every_of(spec)
    return f"Only {every_word(every)} frame is scored, from the first on." if every > 1 else None


def _bits(spec: JobSpec) -> Optional[str]:
    models = [str(model) for model in spec.preset.values["models"] if is_v1(str(model))]
    if not models or depth_of(compare_task(spec).pix_fmt) > 8:
        return None
    return (
        f"{model_label(models[0])} sees bands best at 10 bits, also in an encode of 8, as its makers advise; "
        "compare_bits=10 does that."
    )


def _size(size: tuple[int, int]) -> str:
    return f"{size[0]}x{size[1]}"


def _sound(spec: JobSpec) -> Optional[str]:
    sound = sound_task(spec)
    return sound.note if sound else None


def _chunks(spec: JobSpec) -> Optional[str]:
    return f"Chunks: {spec.chunking.reason}." if spec.chunking else None


RULES: dict[str, tuple[Callable[[JobSpec], Optional[str]], ...]] = {
    CHUNKING: (_chunks,),
    SOURCE: (layers_read, missing_frames),
    ENCODE: (
        _lost,
        _odd_size,
        _scaled,
        _alpha,
        _interlaced,
        _variable_rate,
        _timecode,
        _mixed,
        _repeats,
        _colour,
        _hdr,
        _sound,
    ),
    COMPARE: (
        _lost_of_pair,
        _pair,
        _alpha_left_out,
        _scaled_back,
        _reference_scaled,
        _model,
        _bits,
        _every,
        said_tags,
        seen_reference,
        pair_colours,
        full_range,
        hdr_scores,
    ),
}
