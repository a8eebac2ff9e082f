# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The table of what becomes of frames that an image sequence lacks."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from cueffmpeg_gui.media.frame_numbers import numbers_text
from cueffmpeg_gui.media.frames import FrameRange

STOP, HOLD, BLACK, ONLY = "stop", "hold", "black", "only"
# Gaps that one sentence lists.
MOST_GAPS = 50


@dataclass(frozen=True)
class GapPolicy:
    """One answer: what a button says, what it does, and what a note says of the missing {frames}.

    `keeps_clock` is whether each number stays a frame, so that timecode and sound go on as if nothing were missing.
    """

    name: str
    title: str
    help: str
    note: str
    keeps_clock: bool = True


POLICIES: dict[str, GapPolicy] = {
    policy.name: policy
    for policy in (
        GapPolicy(STOP, "Stop", "Gaps are refused", ""),
        GapPolicy(
            HOLD,
            "Hold",
            "A missing frame shows the last picture before it",
            "Of {path} missing frames show the last picture before them: {frames}.",
        ),
        GapPolicy(BLACK, "Black", "A missing frame is black", "Of {path} missing frames are black: {frames}."),
        GapPolicy(
            ONLY,
            "Only these",
            "The frames that are there follow one another, as for a render of every second frame",
            "Of {path} only the frames that are there are taken, one after another; missing: {frames}.",
            keeps_clock=False,
        ),
    )
}
FILLS = tuple(name for name in POLICIES if name != STOP)
# Those that show something in a missing frame's place.
FILLING = tuple(name for name in FILLS if POLICIES[name].keeps_clock)


def name_missing(gaps: Sequence[FrameRange]) -> str:
    """ "frames 1007-1009, 1044, 1050-1060x2 are missing" or "frame 1044 is missing"."""
    # Only lone frames can be steps; a range may be too long to count out.
    parts: list[str] = []
    for is_lone, group in groupby(gaps, lambda gap: len(gap) == 1):
        some = list(group)
        parts += numbers_text([gap.first for gap in some]).split(",") if is_lone else map(str, some)
    more = len(parts) - MOST_GAPS
    text = ", ".join(parts[:MOST_GAPS]) + (f" and {more} more ranges" if more > 0 else "")
    return f"frame {text} is missing" if len(gaps) == 1 == len(gaps[0]) else f"frames {text} are missing"
