# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Fewer points that look the same: of each column of a picture the lowest and the highest value."""

import math
from collections.abc import Iterator, Mapping

from cueffmpeg_gui.media.frames import FrameRange, runs_of

Point = tuple[int, float]


def known_spans(values: Mapping[int, float]) -> list[FrameRange]:
    """The runs of frames, one after another, that have a finite value."""
    return runs_of(frame for frame, value in values.items() if math.isfinite(value))


def reduced(values: Mapping[int, float], span: FrameRange, width: int) -> Iterator[Point]:
    """The points of a run, of each `width` frames only the lowest and the highest, in frame order."""
    for start in range(span.first, span.last + 1, width):
        column = range(start, min(span.last, start + width - 1) + 1)
        low, high = min(column, key=values.__getitem__), max(column, key=values.__getitem__)
        for frame in sorted({low, high}):
            yield frame, values[frame]
