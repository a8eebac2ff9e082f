# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Frame ranges as Cuebot reads them (its FrameRange, FrameSet and CueUtil.normalizeFrameRange)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from cueffmpeg_gui.localfarm.refusals import AbsurdValue

_NUMBER = r"-?[0-9]+"
_PART = re.compile(rf"({_NUMBER})(?:-({_NUMBER})(?:([xy:])({_NUMBER}))?)?")
_TOO_LONG = re.compile(r"[0-9]{100}")  # digits that Python itself might refuse to read
_MAX_INT = 2**31 - 1


# More than any farm holds. A text of twenty characters may stand for two thousand million frames.
MOST_FRAMES = 1_000_000


def parse_range(text: str) -> list[int]:
    """Frames of a range in order, doubles kept. Raises ValueError for what Cuebot does not read, AbsurdValue for
    more than MOST_FRAMES frames, which are counted and never made, and for numbers that no frame has."""
    if _TOO_LONG.search(text):
        raise AbsurdValue(f"is a range with a number beyond {_MAX_INT}")
    if count_frames(text) > MOST_FRAMES:
        raise AbsurdValue(f"holds more than {MOST_FRAMES} frames")
    frames: list[int] = []
    for part in _parts(text):
        frames.extend(_parse_part(part))
    return frames


def count_frames(text: str) -> int:
    """How many frames a range holds at the most, without making them; 0 for parts that cannot be read."""
    return sum(_count_part(part) for part in _parts(text))


def _count_part(text: str) -> int:
    match = _PART.fullmatch(text)
    if not match:
        return 0
    first, last, mark, step = (match[number] for number in range(1, 5))
    spanned = abs(int(last) - int(first)) + 1 if last is not None else 1
    return spanned // max(1, abs(int(step))) + 1 if mark == "x" else spanned


def _parts(text: str) -> list[str]:
    """Parts between commas; empty ones at the end do not count, but an empty range is one empty part."""
    return re.sub(r",+$", "", text).split(",") if text.strip(",") or not text else []


def _parse_part(text: str) -> Iterable[int]:
    match = _PART.fullmatch(text)
    if not match:
        raise ValueError(f"unrecognized frame range syntax {text}")
    first, last, mark, step_text = match.groups()
    if max(abs(int(number)) for number in (first, last or "0")) > _MAX_INT:
        raise AbsurdValue(f"is a range with a number beyond {_MAX_INT}")
    if abs(int(step_text or "0")) > MOST_FRAMES:
        raise AbsurdValue(f"is a range with steps of more than {MOST_FRAMES} frames")
    start = int(first)
    if last is None:
        return [start]
    end = int(last)
    if mark is None:
        return _span(start, end, 1 if end >= start else -1)
    return _KINDS[mark](start, end, _checked_step(start, end, int(step_text)))


def _checked_step(start: int, end: int, step: int) -> int:
    if step == 0:
        raise ValueError("step cannot be zero")
    if (step > 1 and end < start) or (step < 0 and end >= start):
        raise ValueError("the step leads away from the end frame")
    return step


def _span(start: int, end: int, step: int) -> list[int]:
    return list(range(start, end + (1 if step > 0 else -1), step))


def _all_but(start: int, end: int, step: int) -> list[int]:
    left_out = set(_span(start, end, step))
    return [frame for frame in _span(start, end, 1 if step > 0 else -1) if frame not in left_out]


def _interleaved(start: int, end: int, step: int) -> list[int]:
    frames: dict[int, None] = {}
    while step:
        frames.update(dict.fromkeys(_span(start, end, step)))
        step = int(step / 2)
    return list(frames)


_KINDS: dict[str, Callable[[int, int, int], list[int]]] = {"x": _span, "y": _all_but, ":": _interleaved}


@lru_cache(maxsize=8)  # each may hold MOST_FRAMES numbers
def chunk_frames(text: str, chunk: int) -> tuple[int, ...]:
    """First frames of the chunks: what Cuebot makes cue frames of. Raises ValueError if range or chunk cannot be."""
    frames = parse_range(text)
    if chunk <= 0:
        raise ValueError("a chunk holds at least one frame")
    if chunk > 1 and len(frames) < chunk:
        return tuple(frames[:1])
    return tuple(dict.fromkeys(frames))[::chunk]


@lru_cache(maxsize=8)
def _frames_of(text: str) -> tuple[int, ...]:
    return tuple(parse_range(text))


def chunk_at(text: str, chunk: int, first: int) -> tuple[int, ...]:
    """Frames of the chunk that begins with first (FrameSet.getChunk: doubles kept, clipped at the end of the range)."""
    frames = _frames_of(text)
    start = frames.index(first)
    return frames[start : start + chunk]


def compact(frames: Sequence[int]) -> str:
    """Frames as a short range, e.g. 1-10,12-20x2, written as Cuebot writes #FRAMESPEC#."""
    parts: list[str] = []
    start = 0
    while start < len(frames):
        stop = _run_end(frames, start)
        parts.append(_part_text(frames, start, stop))
        start = stop + 1
    return ",".join(parts)


def _run_end(frames: Sequence[int], start: int) -> int:
    """Index of the last frame of the run that begins at start; two frames are a run only when they are neighbours."""
    if start + 1 >= len(frames):
        return start
    step = frames[start + 1] - frames[start]
    stop = start + 1
    while stop + 1 < len(frames) and frames[stop + 1] - frames[stop] == step:
        stop += 1
    return start if stop == start + 1 and step != 1 else stop


def _part_text(frames: Sequence[int], start: int, stop: int) -> str:
    if start == stop:
        return str(frames[start])
    step = frames[start + 1] - frames[start]
    return f"{frames[start]}-{frames[stop]}" + ("" if step == 1 else f"x{step}")
