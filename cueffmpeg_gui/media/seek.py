# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Reaching a range of frames exactly: the files by name, an exact seek, or decoding from the start."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby
from typing import Optional

from cueffmpeg_gui.media.containers import local_input
from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.frames import FrameRange, padded
from cueffmpeg_gui.media.repeats import repeat_filters
from cueffmpeg_gui.media.sequences import Sequence
from cueffmpeg_gui.media.shown import raw_input, show_filters

# Containers in which a seek by packet times was seen to be exact; transport streams and AVI were seen not to be.
EXACT_CONTAINERS = ("mov", "matroska")
# What a shell pattern gives a meaning to.
PATTERN_MARKS = "\\*?[]{},~"
# How many pictures earlier a seek aims: some shown before the cut may be stored after its key frame.
SEEK_SLACK = 6


@dataclass(frozen=True)
class ClipInput:
    """ffmpeg's input arguments and the filters that leave exactly the `frames`."""

    arguments: tuple[str, ...]
    filters: tuple[str, ...]
    frames: Optional[FrameRange] = None


def clip_input(clip: ClipFacts, frames: FrameRange) -> ClipInput:
    """How to read these frames of the clip, in its own numbers, as they are shown."""
    found = _stored(clip, frames)
    return ClipInput((*raw_input(clip.video), *found.arguments), (*found.filters, *show_filters(clip.video)), frames)


def _stored(clip: ClipFacts, frames: FrameRange) -> ClipInput:
    if clip.sequence is not None:
        return _by_name(clip.sequence, frames, clip.video.rate)
    again = repeat_filters(clip.video)
    if frames == clip.frames:
        return ClipInput(local_input(clip.path), again)
    if can_seek(clip) and not missing_cuts(clip, frames):
        return _by_seek(clip, frames)
    trim = f"trim=start_frame={frames.first - 1}:end_frame={frames.last}"
    return ClipInput(local_input(clip.path), (*again, trim))


def has_cuts(*clips: ClipFacts) -> bool:
    """Whether any of the clips is reached by a seek."""
    return any(clip.cuts for clip in clips)


def slowly(clip: ClipFacts) -> ClipFacts:
    """The clip without cuts: every range of it is then reached by decoding from the start, exact in any container."""
    return replace(clip, cuts={})


def can_seek(clip: ClipFacts) -> bool:
    """Whether an exact seek works in the clip's container."""
    return any(name in clip.container.split(",") for name in EXACT_CONTAINERS)


def missing_cuts(clip: ClipFacts, frames: FrameRange) -> list[int]:
    """The frames of the borders whose times are not known; the clip's own ends need none."""
    return [frame for frame in borders(clip.frames, frames) if str(frame) not in clip.cuts]


def borders(whole: FrameRange, frames: FrameRange) -> Iterable[int]:
    """The frames before which a cut is made to get `frames` out of `whole`."""
    return [frame for frame in (frames.first, frames.last + 1) if whole.first < frame <= whole.last]


def _by_name(sequence: Sequence, frames: FrameRange, rate: Fraction) -> ClipInput:
    # A pattern of just these files: by start number ffmpeg would read on, and fail where a later file is missing.
    numbers = ",".join(shown_patterns(sequence, frames))
    name = _literal(os.path.join(sequence.folder, sequence.prefix)) + f"{{{numbers}}}" + _literal(sequence.suffix)
    layer = ("-layer", sequence.layer_prefix) if sequence.layer_prefix else ()
    pattern = ("-pattern_type", "glob", "-framerate", str(rate))
    return ClipInput(("-f", "image2", *pattern, *layer, *local_input(name)), ())


def shown_patterns(sequence: Sequence, frames: FrameRange) -> Iterator[str]:
    """Patterns of the numbers that are shown; one that is held is listed as often as it is shown: 1004{,,}."""
    if not sequence.there:
        yield from number_patterns(frames, sequence.digits)
        return
    run: list[int] = []
    for number, same in groupby(sequence.shown(frame) for frame in range(frames.first, frames.last + 1)):
        count = len(list(same))
        if run and (count > 1 or number != run[-1] + 1):
            yield from number_patterns(FrameRange(run[0], run[-1]), sequence.digits)
            run = []
        if count > 1:
            yield "".join(number_patterns(FrameRange(number, number), sequence.digits)) + f"{{{',' * (count - 1)}}}"
        else:
            run.append(number)
    if run:
        yield from number_patterns(FrameRange(run[0], run[-1]), sequence.digits)


def number_patterns(frames: FrameRange, digits: int) -> Iterator[str]:
    """Shell patterns that match just these numbers, of at least so many digits, and list them in their order."""
    yield from (padded(number, digits) for number in range(frames.first, min(0, frames.last + 1)))
    first = max(0, frames.first)
    while first <= frames.last:
        text = f"{first:0{digits}d}"
        # The last `free` digits may be any: 1020 begins ten numbers 102[0-9] when all of them are wanted.
        free = 0
        while free + 1 < len(text) and first % 10 ** (free + 1) == 0 and first + 10 ** (free + 1) - 1 <= frames.last:
            free += 1
        head, digit = text[: len(text) - free - 1], int(text[len(text) - free - 1])
        blocks = min(10 - digit, (frames.last - first + 1) // 10**free)
        yield head + (f"[{digit}-{digit + blocks - 1}]" if blocks > 1 else str(digit)) + "[0-9]" * free
        first += blocks * 10**free


def _literal(text: str) -> str:
    return "".join("\\" + character if character in PATTERN_MARKS else character for character in text)


def _by_seek(clip: ClipFacts, frames: FrameRange) -> ClipInput:
    start, end = clip.cuts.get(str(frames.first)), clip.cuts.get(str(frames.last + 1))
    seek: tuple[str, ...] = ()
    if start is not None:
        aim = max(Fraction(0), start - clip.start - SEEK_SLACK / clip.video.rate)
        seek = ("-noaccurate_seek", "-ss", _seconds(aim))
    ends = [f"start={_seconds(start)}" if start is not None else "", f"end={_seconds(end)}" if end is not None else ""]
    # The file's own clock (-copyts), because the cuts are in it.
    return ClipInput(("-copyts", *seek, *local_input(clip.path)), ("trim=" + ":".join(filter(None, ends)),))


def _seconds(time: Fraction) -> str:
    return f"{float(time):.9f}"
