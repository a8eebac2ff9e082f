# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""From a spec to the media tasks of its layers: the same for preview and render host."""

from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.media.compare import Compare
from cueffmpeg_gui.media.encode import Encode, expected_facts
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.geometry import Geometry


def encode_task(spec: JobSpec) -> Encode:
    """What the encode layer does."""
    return Encode(spec.source, spec.frames, spec.preset.values, spec.preset.label)


def compare_task(spec: JobSpec) -> Compare:
    """What the compare layer does: a given pair, or the source with the encode made of it."""
    if spec.reference is not None:
        size = (spec.reference.video.width, spec.reference.video.height)
        untouched = Geometry(size, size, size)
        return Compare(spec.reference, spec.source, spec.frames, spec.frames, untouched, spec.preset.values)
    encode = encode_task(spec)
    made = expected_facts(encode, spec.output or "")
    everything = FrameRange(1, made.video.frames)
    return Compare(spec.source, made, spec.frames, everything, encode.geometry, spec.preset.values)
