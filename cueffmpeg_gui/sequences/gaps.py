# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Sequences that lack frames: refused, or taken with an answer to what becomes of the missing ones."""

import os
from collections.abc import Iterable
from dataclasses import replace

from cueffmpeg_gui.errors import GapsRefused
from cueffmpeg_gui.media.frame_numbers import common_step, numbers_text
from cueffmpeg_gui.media.frames import FrameRange, check_frames, runs_of
from cueffmpeg_gui.media.gaps import FILLING, STOP, name_missing
from cueffmpeg_gui.media.sequences import Sequence


def with_present(sequence: Sequence, numbers: Iterable[int]) -> Sequence:
    """The sequence, knowing which of its numbers have a file."""
    present = sorted(number for number in numbers if number in sequence.span)
    is_whole = len(present) == len(sequence.span)
    return replace(sequence, there="" if is_whole else numbers_text(present))


def with_those_rendered(sequence: Sequence) -> Sequence:
    """The sequence with those of its missing pictures that have come since; a film of those there were stays so."""
    if not (sequence.there and sequence.keeps_clock):
        return sequence
    missing = (number for gap in sequence.missing for number in range(gap.first, gap.last + 1))
    come = [number for number in missing if os.path.isfile(sequence.file(number))]
    return with_present(sequence, [*sequence.numbers, *come]) if come else sequence


def settle_gaps(sequence: Sequence, policy: str, frames: FrameRange | None) -> Sequence:
    """The sequence with the answer to its gaps, if it has any; `frames` are those that are asked for.

    Raises GapsRefused where it is to stop at a gap among them, listing the gaps.
    """
    if not sequence.there:
        return sequence
    if policy == STOP:
        _check_whole(sequence, frames or sequence.span)
    return replace(sequence, gaps=policy)


def widened(sequence: Sequence, numbers: Iterable[int], policy: str, frames: FrameRange | None) -> Sequence:
    """The sequence up to the asked frames beyond its ends, where the answer fills those and some of them are there.

    `numbers` are those of all files.
    """
    if not (frames and policy in FILLING and frames.first <= sequence.last and sequence.first <= frames.last):
        return sequence
    check_frames(frames.first, frames.last, str(sequence))
    first, last = min(sequence.first, frames.first), max(sequence.last, frames.last)
    return with_present(replace(sequence, first=first, last=last), numbers)


def _check_whole(sequence: Sequence, frames: FrameRange) -> None:
    gaps = sequence.missing_in(frames)
    if gaps:
        best = max(runs_of(sequence.numbers), key=len)
        part = f", or name a part that is whole ({best})" if len(best) > 1 else ""
        step = common_step(sequence.numbers)
        rendered = f" For a render in steps of {step}, as it seems to be, give --gaps only." if step > 1 else ""
        raise GapsRefused(
            f"{sequence} is not whole: {name_missing(gaps)}; render or copy what is missing{part}.{rendered}"
        )
