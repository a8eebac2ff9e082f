# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Which cue frame waits for which, for depends between the frames of two layers (Cuebot's DependManagerService)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from cueffmpeg_gui.localfarm.spec.frame_ranges import parse_range


@dataclass(frozen=True)
class ChunkedLayer:
    """range and chunk of a layer, and the first frames of its chunks."""

    range: str
    chunk: int
    frames: tuple[int, ...]

    @property
    def is_one_chunk(self) -> bool:
        return len(self.frames) == 1 and self.chunk > 1


def collapses(er: ChunkedLayer, on: ChunkedLayer) -> bool:
    """Whether frame by frame means layer on layer, because one side is a single chunk."""
    return er.is_one_chunk or on.is_one_chunk


def frame_by_frame(er: ChunkedLayer, on: ChunkedLayer) -> list[tuple[int, int]]:
    """(waiting frame, frame waited for). Raises ValueError where no chunk of `on` can hold a frame of `er`."""
    if er.chunk == on.chunk:
        known = set(on.frames)
        return [(frame, frame) for frame in er.frames if frame in known]
    index = {frame: position for position, frame in enumerate(on.frames)}
    more = max(0, er.chunk - on.chunk)  # how many further chunks Cuebot adds when the waiting chunk is the larger one
    pairs = []
    for frame in er.frames:
        first = index[_chunk_holding(on.frames, frame, index)]
        pairs += [(frame, on_frame) for on_frame in on.frames[first : first + more + 1]]
    return pairs


def _chunk_holding(frames: Sequence[int], frame: int, index: dict[int, int]) -> int:
    if frame in index:
        return frame
    position = bisect_right(frames, frame)
    if position == 0:
        raise ValueError(f"unable to find chunk for frame: {frame}")
    return frames[position - 1]


def previous_frame(er: ChunkedLayer, on: ChunkedLayer) -> list[tuple[int, int]]:
    """Each frame but the first waits for the one before it in the other layer; ranges are taken without chunks."""
    return list(zip(parse_range(er.range)[1:], parse_range(on.range), strict=False))
