# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The times at which a clip is cut into chunks."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.probe.files import opened
from cueffmpeg_gui.probe.packets import read_packets


def with_cuts(clip: ClipFacts, frames: Iterable[int]) -> ClipFacts:
    """The clip with the times midway before these frames (its own numbers), for exact seeks. Reads every packet."""
    wanted = sorted(set(frames))
    if clip.sequence is not None or not wanted:
        return clip
    with opened(clip.path) as container:
        stream = container.streams[clip.video.index]
        times = read_packets(container, stream, clip.path).times
        base = stream.time_base
    cuts = {str(frame): Fraction(times[frame - 2] + times[frame - 1], 2) * base for frame in wanted}
    return replace(clip, cuts={**clip.cuts, **cuts})
