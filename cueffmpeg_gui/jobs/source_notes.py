# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What is read of a job's sequences: which layer, which frames are missing, and what stands in their places."""

from typing import Optional

from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.frame_numbers import numbers_text
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.gaps import HOLD, POLICIES

MOST_PARTS = 30


def layers_read(spec: JobSpec) -> Optional[str]:
    """Which layers of EXR are read, and that one asked for chooses nothing; None where there is no choice."""
    named = [clip for clip in (spec.source, spec.reference) if clip and clip.sequence and clip.sequence.layer]
    told = " ".join(f"Of {clip.path} the layer {clip.sequence.layer} is read." for clip in named if clip.sequence)
    asked = spec.preset.values.get("layer", "")
    if asked and not named:
        return f"{spec.source.path} has no layers, as only EXR has: layer={asked} chooses nothing."
    return told or None


def missing_frames(spec: JobSpec) -> Optional[str]:
    """The sentences on the sequences of a job, None where nothing is missing."""
    counted = spec.reference or spec.source
    told = [_of_clip(clip, spec.frames if clip is counted else clip.span) for clip in (spec.source, spec.reference)
            if clip]  # fmt: skip
    return " ".join(filter(None, told)) or None


def _of_clip(clip: ClipFacts, frames: FrameRange) -> str:
    sequence = clip.sequence
    gaps = sequence.missing_in(frames) if sequence else []
    if sequence is None or not gaps:
        return ""
    missing = [n for gap in gaps for n in range(max(gap.first, frames.first), min(gap.last, frames.last) + 1)]
    parts = numbers_text(missing).split(",")
    more = len(parts) - MOST_PARTS
    text = ", ".join(parts[:MOST_PARTS]) + (f" and {more} more ranges" if more > 0 else "")
    note = POLICIES[sequence.gaps].note.format(path=clip.path, frames=text)
    early = sequence.gaps == HOLD and missing[0] < sequence.numbers[0]
    return f"{note} Before the first picture there is, that one is shown." if early else note
