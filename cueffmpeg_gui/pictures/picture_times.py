# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The times of a clip's pictures, in microseconds after its first."""

from fractions import Fraction

from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.pair_times import picture_times
from cueffmpeg_gui.probe.files import opened
from cueffmpeg_gui.probe.packets import read_packets


def read_times(clip: ClipFacts) -> list[int]:
    """The times; raises InputRefused when a clip of a variable rate cannot be read. Reads every packet of such."""
    if clip.video.constant_rate:
        return picture_times(clip.video, (), Fraction(1))
    with opened(clip.path) as container:
        stream = container.streams[clip.video.index]
        return picture_times(clip.video, read_packets(container, stream, clip.path).times, stream.time_base)
