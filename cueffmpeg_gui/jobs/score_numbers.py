# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What pictures are called where their scores stand: by the numbers of the clip whose numbers count in a job."""

from collections.abc import Sequence
from dataclasses import replace

from cueffmpeg_gui.jobs.layer_tasks import every_of, pair_plan
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.frame_numbers import numbers_text
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.pair_facts import PairFacts, judge_pair
from cueffmpeg_gui.media.pair_measure import PairMeasure, merge_measures


def counted_clip(spec: JobSpec) -> ClipFacts:
    """The clip by whose numbers frames are called."""
    return spec.reference or spec.source


def numbers_of(spec: JobSpec, chunk: FrameRange) -> list[int]:
    """The numbers of the pictures of a chunk."""
    clip, pictures = counted_clip(spec), spec.pictures(chunk)
    return [clip.number_of(picture) for picture in range(pictures.first, pictures.last + 1)]


def scored_pictures(spec: JobSpec) -> range:
    """The pictures of the job that are scored."""
    pictures = spec.pictures(spec.frames)
    return range(pictures.first, pictures.last + 1, every_of(spec))


def score_step(spec: JobSpec) -> int:
    """How far apart the numbers of two scores are; where the numbers have no step, as if they followed one another."""
    return every_of(spec) * (spec.step or 1)


def named_pair(spec: JobSpec, measures: Sequence[PairMeasure]) -> PairFacts:
    """What the measures of chunks say of the pair, in the numbers of its scores."""
    facts, clip = judge_pair(merge_measures(measures), pair_plan(spec).field_fault), counted_clip(spec)
    if clip.sequence is None or clip.sequence.keeps_clock:
        return facts
    numbers = [clip.number_of(picture) for picture in range(facts.first, facts.last + 1)]
    return replace(facts.named(clip.number_of), numbers=numbers_text(numbers))
