# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The table of what becomes of frames that an image sequence lacks."""

from dataclasses import dataclass

STOP, HOLD, BLACK, ONLY = "stop", "hold", "black", "only"


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
