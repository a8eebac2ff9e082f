# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What becomes of the fields of an interlaced pair: like is compared with like."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Optional

from cueffmpeg_gui.media.facts import VideoFacts
from cueffmpeg_gui.media.geometry import Geometry

ENCODE, REFERENCE = "encode", "reference"
AUTO, KEEP, DEINTERLACE = "auto", "keep", "deinterlace"
FIELDS = (AUTO, KEEP, DEINTERLACE)
TOP, BOTTOM, UNTOLD = "top", "bottom", ""
# One picture of each frame, so that numbers stay what they are.
FILTER = "bwdif=mode=send_frame:parity=auto:deint=all"
# A side that does not say which field is first is told so before: the name of the side, and the field.
SIDES = (ENCODE, REFERENCE)
TOLD_ORDERS = {
    f"{side}:{first}": f"setfield={mode}" for side in SIDES for first, mode in ((TOP, "tff"), (BOTTOM, "bff"))
}
# What may be deinterlaced.
DEINTERLACED = (*SIDES, *TOLD_ORDERS)
# Nothing higher is interlaced, so it is not looked for there.
HIGHEST = 1088


@dataclass(frozen=True)
class SeenFields:
    """What is seen of one side: whether its frames hold two moments (None: nothing moves), which field is first by the
    pictures, and which by what the clip says."""

    woven: Optional[bool] = None
    first: str = UNTOLD
    says: str = UNTOLD


@dataclass(frozen=True)
class LookedFields:
    """What was seen of both sides; `kept` is whether the one that is not called interlaced has both fields, too;
    `swapped` is whether the fields of both are each other's."""

    encode: SeenFields = field(default_factory=SeenFields)
    reference: SeenFields = field(default_factory=SeenFields)
    kept: Optional[bool] = None
    swapped: Optional[bool] = None


@dataclass(frozen=True)
class FieldPlan:
    """The sides that are deinterlaced (of DEINTERLACED), and why.

    `fault` is what is wrong with the order of the encode's fields.
    """

    deinterlaced: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    fault: str = ""


def said_woven(encode: VideoFacts, reference: VideoFacts) -> tuple[str, ...]:
    """The sides that are called interlaced."""
    return tuple(side for side, video in ((ENCODE, encode), (REFERENCE, reference)) if video.interlaced)


def wants_look(encode: VideoFacts, reference: VideoFacts, values: Mapping[str, Any]) -> bool:
    """Whether the pictures have to be looked at: a side says it is interlaced, and both are not to be made whole."""
    return values.get("fields", AUTO) != DEINTERLACE and bool(said_woven(encode, reference))


def wants_screening(encode: VideoFacts, reference: VideoFacts, values: Mapping[str, Any]) -> bool:
    """Whether fields are looked for though neither side says that it has them."""
    is_low = max(encode.height, reference.height) <= HIGHEST
    return values.get("fields", AUTO) != DEINTERLACE and not said_woven(encode, reference) and is_low


def seen_woven(encode: SeenFields, reference: SeenFields) -> tuple[str, ...]:
    """The sides whose pictures hold two moments in an order that is seen."""
    return tuple(side for side, seen in ((ENCODE, encode), (REFERENCE, reference)) if seen.woven and seen.first)


def plan_fields(
    encode: VideoFacts,
    reference: VideoFacts,
    values: Mapping[str, Any],
    geometry: Geometry,
    seen: LookedFields,
) -> FieldPlan:
    """What is done, by what the sides say and what was seen.

    Fields that are scaled in height would be blended, so both are deinterlaced then.
    """
    asked, said = values.get("fields", AUTO), said_woven(encode, reference)
    if asked == DEINTERLACE:
        return FieldPlan((ENCODE, REFERENCE), ("Both sides are deinterlaced by the same filter (bwdif), as asked.",))
    if not said:
        return _unsaid(seen, asked)
    are_woven = len(said) == 2 or bool(seen.kept)
    fault = _say_order(seen) if are_woven else ""
    if asked == KEEP:
        return FieldPlan((), ("Frames are compared as they are, fields woven, as asked.",), fault)
    if len(said) == 2:
        return _both(geometry, fault)
    return _one(said[0], seen, fault)


def field_filter(side: str, deinterlaced: tuple[str, ...]) -> tuple[str, ...]:
    """The filters of a side."""
    told = tuple(mode for name, mode in TOLD_ORDERS.items() if name in deinterlaced and name.startswith(f"{side}:"))
    return (*told, FILTER) if told or side in deinterlaced else ()


def _unsaid(seen: LookedFields, asked: str) -> FieldPlan:
    """What is done where neither side says that it is interlaced: only what the pictures of both tell counts."""
    woven = seen_woven(seen.encode, seen.reference)
    if len(woven) == len(SIDES):
        return FieldPlan(fault=_say_order(seen) if seen.encode.first != seen.reference.first else "")
    if len(woven) != 1 or asked == KEEP or seen.kept is not False:
        return FieldPlan()
    side, other = (woven[0], REFERENCE) if woven[0] == ENCODE else (woven[0], ENCODE)
    ours, theirs = (seen.encode, seen.reference) if side == ENCODE else (seen.reference, seen.encode)
    if theirs.woven is not False:
        return FieldPlan()
    return FieldPlan(
        (f"{side}:{ours.first}",),
        (
            f"The {side} does not say that it is interlaced, but its pictures hold two fields, the {ours.first} one "
            f"first, and the {other}'s do not; the {side} is deinterlaced (bwdif, a picture a frame). fields=keep "
            "compares its frames as they are.",
        ),
    )


def _one(side: str, seen: LookedFields, fault: str) -> FieldPlan:
    other = REFERENCE if side == ENCODE else ENCODE
    if (seen.encode if side == ENCODE else seen.reference).woven is False:
        return FieldPlan(
            (),
            (f"The {side} says it is interlaced, but its pictures look progressive: nothing is deinterlaced.",),
        )
    if seen.kept:
        return FieldPlan(
            (),
            (
                f"The {side} is interlaced; the {other} says it is not, but its pictures hold both fields, too: frames "
                "are compared with the fields woven. fields=deinterlace makes whole pictures of both.",
            ),
            fault,
        )
    return FieldPlan(
        (side,),
        (
            f"The {side} is interlaced and the {other} is not; the {side} is deinterlaced (bwdif, a picture a frame). "
            "If its pictures are progressive, set fields=keep.",
        ),
    )


def _both(geometry: Geometry, fault: str) -> FieldPlan:
    heights = {geometry.fixed[1], geometry.output[1], geometry.compared[1]}
    if len(heights) == 1:
        return FieldPlan((), ("Both sides are interlaced; their frames are compared with the fields woven.",), fault)
    return FieldPlan(
        (ENCODE, REFERENCE),
        ("Both sides are interlaced and of other heights; both are deinterlaced by the same filter (bwdif).",),
        fault,
    )


def _say_order(seen: LookedFields) -> str:
    """What is wrong with the order of the encode's fields; "" where nothing is, or nothing can be told."""
    ours, theirs = seen.encode, seen.reference
    differ = UNTOLD not in (ours.first, theirs.first) and ours.first != theirs.first
    if differ:
        return (
            f"The order of the fields is swapped: the encode's pictures show the {ours.first} field first, the "
            f"reference's the {theirs.first} one."
        )
    if seen.swapped:
        return "The order of the fields is swapped: the encode's upper lines show what the reference's lower ones do."
    if UNTOLD not in (ours.first, ours.says, theirs.says) and ours.first != ours.says != theirs.says:
        return (
            f"The order of the fields is swapped: the encode says that its {ours.says} field is first, but its "
            f"pictures show the {ours.first} one first, so it would judder."
        )
    return ""
