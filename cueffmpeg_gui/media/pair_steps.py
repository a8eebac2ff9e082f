# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Where an encode is out of step: the likeliest sequence of steps (Viterbi) over what each frame tells.

A frame tells nothing where the picture stands still, or where the encode is too coarse: the steps beside it count.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional

from cueffmpeg_gui.media.frames import FrameRange, runs_of
from cueffmpeg_gui.media.pair_measure import STEPS, Row
from cueffmpeg_gui.media.pair_single import FLOOR, IN_STEP, REFERENCE_CHANGE, Slip, find_repeats, find_swaps

# What a frame says against a step: the logarithm of its difference over the least, less what an encoder's own lag can
# make, and no more than one frame may say.
LAG, MOST = 0.12, 2.5
# What must be told before a step changes, or is taken at the start; and what a run must have told in all, and on
# average of its telling frames.
CHANGE, START, NEEDED, NEEDED_EACH = 1.5, 1.0, 2.0, 0.1
# Where the reference changes by less than this (thousandths of a code, on average), a denoiser's lag looks like a step;
# the step must then fit so much better.
SLOW, CLEARLY = 600, 2.0
# A frame is said to be in step where it and its neighbours (so many on each side) are nearer to their own pictures than
# to the one before and the one behind, by this share of what the reference changes in a frame; of less (thousandths of
# a code) nothing can be told. Coarse coding lags as a late encode does, and any picture of another place is as near.
AROUND, NEARER, LEAST_CHANGE = 12, 0.1, 150
NOTHING = (0.0,) * len(STEPS)


@dataclass(frozen=True)
class Steps:
    """The slips, in order, and the frames that cannot be told."""

    slips: tuple[Slip, ...]
    untold: tuple[FrameRange, ...]


def judge_steps(rows: Sequence[Row], first: int) -> Steps:
    """The slips in the rows of frames `first` and following."""
    swaps = find_swaps(rows, first)
    swapped = {slip.first for slip in swaps}
    # What changed places is told by itself, and says nothing of a step.
    against = [NOTHING if number in swapped else _against(row) for number, row in enumerate(rows, first)]
    path = _likeliest(against)
    slips = [slip for run in _runs(path) for slip in _slip(run, against, first) if _is_clear(slip, rows, first)]
    out = swapped | {frame for slip in slips for frame in range(slip.first, slip.last + 1)}
    single = [*swaps, *(slip for slip in find_repeats(rows, first) if slip.first not in out)]
    nearer = _nearest_to_own(rows)
    telling = {
        number
        for number, frame in enumerate(against, first)
        if max(frame) > 0 and (number in out or (nearer[number - first] and frame[IN_STEP] == 0))
    }
    told = {slip.first for slip in single} | telling
    untold = runs_of(number for number in range(first, first + len(rows)) if number not in told)
    return Steps(tuple(sorted((*slips, *single), key=lambda slip: slip.first)), tuple(untold))


def _against(row: Row) -> tuple[float, ...]:
    """What a frame says against each step; nothing against one whose picture is not there."""
    known = [value for value in row[: len(STEPS)] if value is not None]
    least = min(known, default=0) + FLOOR
    return tuple(
        0.0 if value is None else min(MOST, max(0.0, math.log((value + FLOOR) / least) - LAG))
        for value in row[: len(STEPS)]
    )


def _is_clear(slip: Slip, rows: Sequence[Row], first: int) -> bool:
    """Whether the pictures of a slip move so much, or fit so well, that it can be nothing else."""
    inside = rows[slip.first - first : slip.last - first + 1]
    changes = [change for row in inside if (change := row[REFERENCE_CHANGE] or 0) >= LEAST_CHANGE]
    if changes and math.fsum(changes) >= SLOW * len(changes):
        return True
    own, other = (math.fsum((row[place] or 0) + FLOOR for row in inside) for place in (IN_STEP, STEPS.index(slip.step)))
    return own >= CLEARLY * other


def _nearest_to_own(rows: Sequence[Row]) -> list[bool]:
    """Whether each frame, with those around it, is nearer to its own picture than to the one before and behind."""
    before = [_gain(row, -1, row[REFERENCE_CHANGE]) for row in rows]
    behind = [_gain(row, 1, later[REFERENCE_CHANGE]) for row, later in zip(rows, rows[1:])] + [None]
    return [
        all(
            is_nearer
            for is_nearer in (_is_nearer(side[max(0, n - AROUND) : n + AROUND + 1]) for side in (before, behind))
        )
        for n in range(len(rows))
    ]


def _gain(row: Row, step: int, change: Optional[int]) -> Optional[float]:
    """How much nearer the own picture is than a neighbour, as a share of their difference."""
    own, other = row[IN_STEP], row[STEPS.index(step)]
    if own is None or other is None or change is None or change < LEAST_CHANGE:
        return None
    return max(-1.0, min(1.0, (other - own) / change))


def _is_nearer(gains: Sequence[Optional[float]]) -> bool:
    known = [gain for gain in gains if gain is not None]
    return not known or math.fsum(known) >= NEARER * len(known)


def _likeliest(against: Sequence[tuple[float, ...]]) -> list[int]:
    """The place in STEPS of each frame, so that least is said against the whole."""
    costs = [0.0 if place == IN_STEP else START for place in range(len(STEPS))]
    came_from: list[list[int]] = []
    for frame in against:
        best = min(range(len(STEPS)), key=lambda place: (costs[place], place != IN_STEP))
        origins = [best if costs[best] + CHANGE < cost else place for place, cost in enumerate(costs)]
        costs = [min(cost, costs[best] + CHANGE) + said for cost, said in zip(costs, frame)]
        came_from.append(origins)
    place = min(range(len(STEPS)), key=lambda place: (costs[place], abs(STEPS[place])))
    path = []
    for origins in reversed(came_from):
        path.append(place)
        place = origins[place]
    return path[::-1]


def _runs(path: Sequence[int]) -> list[tuple[int, range]]:
    """The stretches of one place, as (place, the indices)."""
    runs: list[tuple[int, range]] = []
    for index, place in enumerate(path):
        if runs and runs[-1][0] == place:
            runs[-1] = (place, range(runs[-1][1].start, index + 1))
        else:
            runs.append((place, range(index, index + 1)))
    return runs


def _slip(run: tuple[int, range], against: Sequence[tuple[float, ...]], first: int) -> list[Slip]:
    place, indices = run
    gains = {index: against[index][IN_STEP] - against[index][place] for index in indices}
    telling = [index for index, gain in gains.items() if gain]
    told = math.fsum(gains.values())
    if place == IN_STEP or told < NEEDED or told < NEEDED_EACH * len(telling):
        return []
    return [Slip(first + telling[0], first + telling[-1], STEPS[place])]
