# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Pictures matched by time, where their numbers do not tell which belong together."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Optional

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.pair_times import Partners, are_equal, end_together, find_partners
from cueffmpeg_gui.media.pair_timing import MatchedPair

# Rates this near are of one film played faster or slower (24 and 25), unless it takes the same time.
OTHER_SPEED = Fraction(1, 20)
BY_NUMBER = "offset=0 compares by number."


def match_by_time(
    encode: ClipFacts,
    reference: ClipFacts,
    frames: Optional[FrameRange],
    ours: Sequence[int],
    theirs: Sequence[int],
    *,
    is_strict: bool = False,
) -> MatchedPair:
    """The pairing of clips whose pictures are at these times; `frames` are the reference's that are asked for.

    Raises InputRefused when it is not told which belong together.
    """
    start, has_one_count = reference.frames.first, len(ours) == len(theirs)
    if are_equal(ours, theirs):
        note = "A side has a variable frame rate; the times of both agree, so pictures are matched by their number."
        return _checked(encode, reference, frames, MatchedPair(0, reference.frames, (note,)))
    if has_one_count and not end_together(ours, theirs):
        note = (
            "A side has a variable frame rate and the other takes another time for as many pictures; they are matched "
            "by their number."
        )
        return _checked(encode, reference, frames, MatchedPair(0, reference.frames, (note,)))
    if _has_other_speed(encode, reference) and not end_together(ours, theirs):
        raise InputRefused(
            f"{encode.path} has {len(ours)} pictures at {_rate(encode)} frames a second, its reference "
            f"{reference.path} {len(theirs)} at {_rate(reference)}, which is one film at two speeds or two cuts of it; "
            "name an offset (offset=0) to compare by number."
        )
    found = find_partners(ours, theirs)
    common = FrameRange(start, start + len(found.pictures) - 1)
    notes = (
        _say(encode, reference, found),
        *_say_fields(encode, reference),
        *_say_rest(len(theirs) - len(common), reference.numbers_of(common)),
    )
    if is_strict and frames is None and (found.alone or found.passed or common != reference.frames):
        raise InputRefused(
            f"{encode.path} and {reference.path} are not one to one. {notes[0]} length=common compares so."
        )
    return _checked(encode, reference, frames, MatchedPair(0, common, notes, found.pictures))


def _checked(
    encode: ClipFacts, reference: ClipFacts, frames: Optional[FrameRange], matched: MatchedPair
) -> MatchedPair:
    if frames is None:
        return matched
    if frames.first not in matched.frames or frames.last not in matched.frames:
        raise InputRefused(
            f"Frames {reference.numbers_of(frames)} are not in both {encode.path} and {reference.path}; they have "
            f"{reference.numbers_of(matched.frames)} in common."
        )
    return MatchedPair(matched.offset, frames, matched.notes, matched.partners)


def _has_other_speed(encode: ClipFacts, reference: ClipFacts) -> bool:
    ours, theirs = encode.video, reference.video
    return ours.constant_rate and theirs.constant_rate and abs(ours.rate / theirs.rate - 1) <= OTHER_SPEED


def _say(encode: ClipFacts, reference: ClipFacts, found: Partners) -> str:
    rates = f"The encode has {_rate(encode)} and the reference {_rate(reference)} frames a second"
    alone, passed = f"{found.alone:,}", f"{found.passed:,}"
    return (
        f"{rates}; pictures are matched by their times. Of {len(found.pictures):,} pictures of the reference {alone} "
        f"have none of the encode at their time and are compared with the nearest; {passed} of the encode are passed "
        f"over. {BY_NUMBER}"
    )


def _say_fields(encode: ClipFacts, reference: ClipFacts) -> list[str]:
    for woven, other in ((encode, reference), (reference, encode)):
        if woven.video.interlaced and not other.video.interlaced and _is_double(other, woven):
            return [
                f"{woven.path} is interlaced, so each of its frames holds two moments; to compare all of them make a "
                "picture of each field first (ffmpeg -i CLIP -vf bwdif=mode=send_field OUTPUT)."
            ]
    return []


def _is_double(fast: ClipFacts, slow: ClipFacts) -> bool:
    return abs(fast.video.rate / slow.video.rate - 2) <= OTHER_SPEED


def _say_rest(more: int, common: FrameRange) -> list[str]:
    count = f"{more:,} {'picture' if more == 1 else 'pictures'}"
    return [f"The reference goes on for {count} after the encode's end; compared: {common}."] if more else []


def _rate(clip: ClipFacts) -> str:
    rate = f"{float(clip.video.rate):.3f}".rstrip("0").rstrip(".")
    return rate if clip.video.constant_rate else f"a variable number of (about {rate})"
