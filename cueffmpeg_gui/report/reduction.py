# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Fewer points that look the same: of each column of a picture the lowest and the highest value."""

import math
from collections.abc import Iterator, Mapping

from cueffmpeg_gui.media.frames import FrameRange

Point = tuple[int, float]


def known_spans(values: Mapping[int, float]) -> list[FrameRange]:
    """The runs of frames, one after another, that have a finite value."""
    spans: list[FrameRange] = []
    begin = before = None
    for frame in sorted(frame for frame, value in values.items() if math.isfinite(value)):
        if begin is None or before is None or frame != before + 1:
            if begin is not None and before is not None:
                spans.append(FrameRange(begin, before))
            begin = frame
        before = frame
    if begin is not None and before is not None:
        spans.append(FrameRange(begin, before))
    return spans


def missing_spans(known: list[FrameRange], whole: FrameRange) -> list[FrameRange]:
    """The runs of frames of `whole` that no known run holds."""
    missing = []
    begin = whole.first
    for span in known:
        if span.first > begin:
            missing.append(FrameRange(begin, span.first - 1))
        begin = span.last + 1
    if begin <= whole.last:
        missing.append(FrameRange(begin, whole.last))
    return missing


def reduced(values: Mapping[int, float], span: FrameRange, width: int) -> Iterator[Point]:
    """The points of a run, of each `width` frames only the lowest and the highest, in frame order."""
    for start in range(span.first, span.last + 1, width):
        column = range(start, min(span.last, start + width - 1) + 1)
        low, high = min(column, key=values.__getitem__), max(column, key=values.__getitem__)
        for frame in sorted({low, high}):
            yield frame, values[frame]
