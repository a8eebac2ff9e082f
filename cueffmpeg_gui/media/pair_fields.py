# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What becomes of the fields of an interlaced pair: like is compared with like."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Optional

from cueffmpeg_gui.media.facts import VideoFacts
from cueffmpeg_gui.media.geometry import Geometry

ENCODE, REFERENCE = "encode", "reference"
AUTO, KEEP, DEINTERLACE = "auto", "keep", "deinterlace"
FIELDS = (AUTO, KEEP, DEINTERLACE)
# One picture of each frame, so that numbers stay what they are.
FILTER = "bwdif=mode=send_frame:parity=auto:deint=all"


@dataclass(frozen=True)
class FieldPlan:
    """The sides that are deinterlaced, and why."""

    deinterlaced: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def wants_look(encode: VideoFacts, reference: VideoFacts, values: Mapping[str, Any]) -> tuple[str, ...]:
    """The sides whose pictures have to be looked at: one that says it is interlaced, beside one that is not."""
    if values.get("fields", AUTO) != AUTO or encode.interlaced == reference.interlaced:
        return ()
    return (ENCODE,) if encode.interlaced else (REFERENCE,)


def plan_fields(
    encode: VideoFacts,
    reference: VideoFacts,
    values: Mapping[str, Any],
    geometry: Geometry,
    looks_woven: Optional[bool] = None,
) -> FieldPlan:
    """What is done; `looks_woven` is what was seen of the one side that says it is interlaced (None: not to be seen).

    Fields that are scaled in height would be blended, so both are deinterlaced then.
    """
    asked = values.get("fields", AUTO)
    said = tuple(side for side, video in ((ENCODE, encode), (REFERENCE, reference)) if video.interlaced)
    if asked == DEINTERLACE:
        return FieldPlan((ENCODE, REFERENCE), ("Both sides are deinterlaced by the same filter (bwdif), as asked.",))
    if asked == KEEP or not said:
        return FieldPlan((), ("Frames are compared as they are, fields woven, as asked.",) if said else ())
    if len(said) == 2:
        return _both(geometry)
    side, other = said[0], REFERENCE if said[0] == ENCODE else ENCODE
    if looks_woven is False:
        return FieldPlan(
            (),
            (f"The {side} says it is interlaced, but its pictures look progressive: nothing is deinterlaced.",),
        )
    return FieldPlan(
        (side,),
        (
            f"The {side} is interlaced and the {other} is not; the {side} is deinterlaced (bwdif, a picture a frame). "
            "If its pictures are progressive, set fields=keep.",
        ),
    )


def field_filter(side: str, deinterlaced: tuple[str, ...]) -> tuple[str, ...]:
    """The filter of a side."""
    return (FILTER,) if side in deinterlaced else ()


def _both(geometry: Geometry) -> FieldPlan:
    heights = {geometry.fixed[1], geometry.output[1], geometry.compared[1]}
    if len(heights) == 1:
        return FieldPlan((), ("Both sides are interlaced; their frames are compared with the fields woven.",))
    return FieldPlan(
        (ENCODE, REFERENCE),
        ("Both sides are interlaced and of other heights; both are deinterlaced by the same filter (bwdif).",),
    )
