# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Which picture of the encode goes with which of the reference, where one of them is longer or begins elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Optional

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.containers import is_timeless
from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.frames import FrameRange

AUTO = "auto"
COMMON, STRICT = "common", "strict"
LENGTHS = (COMMON, STRICT)
# 24 and 23.976 frames a second are the same pictures, played a little faster.
SAME_PICTURES = Fraction(1, 500)


@dataclass(frozen=True)
class MatchedPair:
    """`offset` pictures of the encode come before the reference's first (negative: the encode lacks some of them).

    `frames` are those that both have, in the reference's numbers; `notes` say what was done. `partners` as in PairPlan.
    """

    offset: int
    frames: FrameRange
    notes: tuple[str, ...] = ()
    partners: tuple[int, ...] = ()


@dataclass(frozen=True)
class Jump:
    """The encode has `more` pictures too many (negative: it lacks some) before the reference's picture `at`, from 0."""

    at: int
    more: int


def wants_offset(
    encode: ClipFacts, reference: ClipFacts, values: Mapping[str, Any], frames: Optional[FrameRange]
) -> bool:
    """Whether the offset has to be looked for: clips of one length go together from their first pictures."""
    if values.get("offset", AUTO) != AUTO or _is_part(encode, reference, frames):
        return False
    return encode.video.frames != reference.video.frames and not _has_other_rate(encode, reference)


def wants_times(
    encode: ClipFacts, reference: ClipFacts, values: Mapping[str, Any], frames: Optional[FrameRange]
) -> bool:
    """Whether pictures belong together by their times: at uneven ones, and at another rate unless counts are equal."""
    if values.get("offset", AUTO) != AUTO or _is_part(encode, reference, frames):
        return False
    ours, theirs = encode.video, reference.video
    is_even = ours.constant_rate and theirs.constant_rate
    return _has_other_rate(encode, reference) and not (is_even and ours.frames == theirs.frames)


def match_pair(
    encode: ClipFacts,
    reference: ClipFacts,
    values: Mapping[str, Any],
    frames: Optional[FrameRange],
    found: Optional[int],
    *,
    jump: Optional[Jump] = None,
) -> MatchedPair:
    """The pairing of pictures by number; `frames` are the reference's that are asked for, `found` a measured offset.

    With a `jump` there is no one offset, so the pictures go together from the first of each.

    Raises InputRefused when there is no such pairing, or when it is not as strict as asked.
    """
    ours, theirs = encode.video.frames, reference.video.frames
    asked = values.get("offset", AUTO)
    if jump:
        offset, why = 0, [_say_jump(jump, reference)]
    else:
        offset, why = _offset(encode, reference, asked, frames, found)
    first, last = max(0, -offset), min(theirs, ours - offset) - 1
    start = reference.frames.first
    if last < first:
        raise InputRefused(
            f"With offset={offset} {encode.path} ({ours} pictures) and {reference.path} ({theirs}) have no picture in "
            "common; name another offset."
        )
    common = FrameRange(start + first, start + last)
    used = frames or common
    if used.first not in common or used.last not in common:
        raise InputRefused(
            f"Frames {reference.numbers_of(used)} are not in both {encode.path} and {reference.path}; they have "
            f"{reference.numbers_of(common)} in common."
        )
    rest = [] if jump else _say_rest(encode, reference, common, used, offset)
    notes = [*why, *rest, *_say_rates(encode, reference)]
    if values.get("length", COMMON) == STRICT and frames is None and (ours, offset) != (theirs, 0):
        raise InputRefused(
            f"{encode.path} has {ours} pictures and its reference {reference.path} {theirs}; length=common compares "
            f"what both have, which is {reference.numbers_of(common)}."
        )
    return MatchedPair(offset, used, tuple(notes))


def _offset(
    encode: ClipFacts, reference: ClipFacts, asked: Any, frames: Optional[FrameRange], found: Optional[int]
) -> tuple[int, list[str]]:
    if asked != AUTO:
        offset = int(asked)
        return offset, [_say_offset(offset, "as asked")] if offset else []
    if frames is not None and _is_part(encode, reference, frames):
        return reference.frames.first - frames.first, [
            f"The encode is taken to hold the frames {reference.numbers_of(frames)} alone."
        ]
    if found:
        return found, [_say_offset(found, "found by looking at the pictures of both")]
    if found is None and wants_offset(encode, reference, {}, frames):
        return 0, [
            "Whether one side begins earlier could not be seen in the pictures, so they are compared from the first of "
            "each; offset=FRAMES sets another start."
        ]
    return 0, []


def _say_offset(offset: int, why: str) -> str:
    pictures = f"{abs(offset)} {'picture' if abs(offset) == 1 else 'pictures'}"
    if offset > 0:
        return f"The encode has {pictures} before the reference's first; they are passed over ({why})."
    return f"The encode lacks the reference's first {pictures} ({why})."


def _say_jump(jump: Jump, reference: ClipFacts) -> str:
    count = abs(jump.more)
    pictures = f"{count} {'picture' if count == 1 else 'pictures'}"
    what = f"has {pictures} too many" if jump.more > 0 else f"lacks {pictures}"
    frame = reference.number_of(reference.frames.first + jump.at)
    return (
        f"The encode {what} at about the reference's frame {frame}; compared from the first of each, all after that is "
        "out of step."
    )


def _say_rest(encode: ClipFacts, reference: ClipFacts, common: FrameRange, used: FrameRange, offset: int) -> list[str]:
    ours, theirs = encode.video.frames - offset, reference.video.frames
    if ours == theirs or used != common:
        return []
    longer, more = ("encode", ours - theirs) if ours > theirs else ("reference", theirs - ours)
    count = f"{more} {'picture' if more == 1 else 'pictures'}"
    both = reference.numbers_of(common)
    return [f"The {longer} goes on for {count} after the other's last; the frames both have are compared: {both}."]


def _say_rates(encode: ClipFacts, reference: ClipFacts) -> list[str]:
    ours, theirs = encode.video, reference.video
    if not (ours.constant_rate and theirs.constant_rate):
        return ["A side has a variable frame rate; pictures are matched by their number, as both have the same count."]
    guessed = [clip for clip in (encode, reference) if is_timeless(clip.container)]
    if guessed:
        return ["An elementary stream has no times; pictures are matched by their number."]
    if ours.rate == theirs.rate:
        return []
    return [
        f"The encode plays at {_rate(ours.rate)} and the reference at {_rate(theirs.rate)} frames a second; pictures "
        "are matched by their number."
    ]


def _rate(rate: Fraction) -> str:
    return f"{float(rate):.3f}".rstrip("0").rstrip(".")


def _is_part(encode: ClipFacts, reference: ClipFacts, frames: Optional[FrameRange]) -> bool:
    """Whether the encode is as long as the frames asked for, and the reference is longer."""
    return frames is not None and encode.video.frames == len(frames) != reference.video.frames


def _has_other_rate(encode: ClipFacts, reference: ClipFacts) -> bool:
    if any(is_timeless(clip.container) for clip in (encode, reference)):
        return False
    ours, theirs = encode.video, reference.video
    uneven = not (ours.constant_rate and theirs.constant_rate)
    return uneven or abs(ours.rate / theirs.rate - 1) > SAME_PICTURES
