# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""How an encode and its reference are compared, decided by their facts and by looking at their pictures once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from cueffmpeg_gui.api.media import named_frames
from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.pair_by_time import match_by_time
from cueffmpeg_gui.media.pair_fields import (
    FieldPlan,
    LookedFields,
    plan_fields,
    said_woven,
    seen_woven,
    wants_look,
    wants_screening,
)
from cueffmpeg_gui.media.pair_geometry import (
    Bars,
    FittedPair,
    even_geometry,
    fit_pair,
    has_seen_bars,
    wants_bars,
    wants_part,
)
from cueffmpeg_gui.media.pair_timing import STRICT, MatchedPair, match_pair, wants_offset, wants_times
from cueffmpeg_gui.media.pairs import PairPlan, check_geometry
from cueffmpeg_gui.pictures.bars import find_bars
from cueffmpeg_gui.pictures.find_edges import find_edges
from cueffmpeg_gui.pictures.find_jump import find_jump
from cueffmpeg_gui.pictures.find_offset import find_offset
from cueffmpeg_gui.pictures.find_other_cut import find_other_cut
from cueffmpeg_gui.pictures.find_part import find_part
from cueffmpeg_gui.pictures.find_scaled import is_scaled
from cueffmpeg_gui.pictures.interlacing import FEW_PLACES, look_at_fields
from cueffmpeg_gui.pictures.kept_fields import FieldPair, look_at_field_pair
from cueffmpeg_gui.pictures.picture_times import read_times

T = TypeVar("T")
# What was seen of clips that are still the same is not looked at twice in one process: a form asks at each change.
_SEEN: dict[tuple[object, ...], object] = {}
MOST_SEEN = 256
NAME_THE_PART = "If its edges were cut off and the rest was scaled back, name that part (crop=WxH+X+Y)."


@dataclass(frozen=True)
class MatchedClips:
    """The plan of a pair, and the frames that are compared, in the reference's numbers."""

    plan: PairPlan
    frames: FrameRange


def match_clips(encode: ClipFacts, reference: ClipFacts, values: Mapping[str, Any], frames: str | None) -> MatchedClips:
    """Decides by a preset's values; `frames` are the reference's, None: all that both have.

    Reads pictures where the facts alone do not tell. Raises InputRefused when the two cannot be compared.
    """
    fitted = fit_pair(encode, reference, values, _bars(encode, reference, values))
    check_geometry(encode.path, fitted.geometry)
    matched = _matched(encode, reference, values, named_frames(reference, frames), fitted)
    if not matched.partners:
        fitted = _settled(encode, reference, values, fitted, matched.offset)
    fields = _fields(encode, reference, values, fitted, matched)
    notes = (*matched.notes, *fitted.notes, *fields.notes, *_other_cut(encode, reference, fitted, matched))
    plan = PairPlan(fitted.geometry, matched.offset, fields.deinterlaced, notes, matched.partners, fields.fault)
    return MatchedClips(plan, matched.frames)


def _bars(encode: ClipFacts, reference: ClipFacts, values: Mapping[str, Any]) -> Bars:
    looks = wants_bars(encode.video, reference.video, values)
    bars = Bars(_seen(find_bars, encode), _seen(find_bars, reference)) if looks else Bars()
    if bars == Bars() and wants_part(encode.video, reference.video, values):
        bars = Bars(part=_seen(find_part, encode, reference))
    return bars


def _settled(
    encode: ClipFacts, reference: ClipFacts, values: Mapping[str, Any], fitted: FittedPair, offset: int
) -> FittedPair:
    """The same, after a look at pictures of one number where sizes and bars alone may mislead."""
    even = even_geometry(encode.video, reference.video, values)
    if even and _seen(is_scaled, encode, reference, even, offset):
        return fit_pair(encode, reference, values, Bars(is_scaled=True))
    if not has_seen_bars(_bars(encode, reference, values), values, fitted.geometry):
        return fitted
    return fit_pair(encode, reference, values, _seen(find_edges, encode, reference, fitted.geometry, offset))


def _matched(
    encode: ClipFacts, reference: ClipFacts, values: Mapping[str, Any], frames: FrameRange | None, fitted: FittedPair
) -> MatchedPair:
    if wants_times(encode, reference, values, frames):
        times = _seen(read_times, encode), _seen(read_times, reference)
        return match_by_time(encode, reference, frames, *times, is_strict=values.get("length") == STRICT)
    looks = wants_offset(encode, reference, values, frames)
    found = _seen(find_offset, encode, reference, fitted.geometry) if looks else None
    jump = _seen(find_jump, encode, reference, fitted.geometry) if looks else None
    return match_pair(encode, reference, values, frames, found, jump=jump)


def _fields(
    encode: ClipFacts, reference: ClipFacts, values: Mapping[str, Any], fitted: FittedPair, matched: MatchedPair
) -> FieldPlan:
    looked = LookedFields()
    if wants_look(encode.video, reference.video, values):
        said = said_woven(encode.video, reference.video)
        pair = FieldPair()
        if not matched.partners:
            pair = _seen(look_at_field_pair, encode, reference, fitted.geometry, matched.offset, said[0])
        sides = _seen(look_at_fields, encode), _seen(look_at_fields, reference)
        looked = LookedFields(*sides, pair.kept, pair.swapped)
    elif wants_screening(encode.video, reference.video, values):
        looked = _screened(encode, reference, fitted, matched)
    return plan_fields(encode.video, reference.video, values, fitted.geometry, looked)


def _other_cut(encode: ClipFacts, reference: ClipFacts, fitted: FittedPair, matched: MatchedPair) -> tuple[str, ...]:
    """The note that the encode shows the whole reference enlarged; what was cut is not looked at again."""
    geometry = fitted.geometry
    if matched.partners or geometry.encode_filter or geometry.fix_filter:
        return ()
    said = _seen(find_other_cut, encode, reference, geometry, matched.offset)
    return (f"{said} {NAME_THE_PART}",) if said else ()


def _screened(encode: ClipFacts, reference: ClipFacts, fitted: FittedPair, matched: MatchedPair) -> LookedFields:
    """What is seen of fields that no side says it has; both sides are only held together where one alone shows them."""
    sides = _seen(look_at_fields, encode, FEW_PLACES), _seen(look_at_fields, reference, FEW_PLACES)
    woven = seen_woven(*sides)
    if len(woven) != 1 or matched.partners:
        return LookedFields(*sides)
    pair = _seen(look_at_field_pair, encode, reference, fitted.geometry, matched.offset, woven[0])
    return LookedFields(*sides, pair.kept)


def _seen(look: Callable[..., T], *about: Any) -> T:
    """What a look at clips gives; clips are told by path, size, time, and what is read of a sequence."""
    key = (
        look.__name__,
        *((one.path, one.bytes, one.modified, one.sequence) if isinstance(one, ClipFacts) else one for one in about),
    )
    if key not in _SEEN:
        if len(_SEEN) >= MOST_SEEN:
            _SEEN.clear()
        _SEEN[key] = look(*about)
    found: T = _SEEN[key]  # type: ignore[assignment]  # the look's own answer
    return found
