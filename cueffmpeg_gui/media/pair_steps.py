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

IN_STEP = STEPS.index(0)
ENCODE_CHANGE, REFERENCE_CHANGE = len(STEPS), len(STEPS) + 1
# Thousandths of a code that are added to each difference, so that the smallest ones decide nothing.
FLOOR = 150
# What a frame says against a step: the logarithm of its difference over the least, less what an encoder's own lag can
# make, and no more than one frame may say.
LAG, MOST = 0.12, 2.5
# What must be told before a step changes, or is taken at the start; and what a run must have told in all, and on
# average of its telling frames.
CHANGE, START, NEEDED, NEEDED_EACH = 1.5, 1.0, 2.0, 0.1
# One picture shown twice: the encode changes by less than this share of the reference's change, which is at least so
# great, and the neighbour fits so much better.
REPEATS, MOVES, FITS_BETTER = 0.15, 800, 2.3
# How many neighbours may have changed places among themselves.
SWAPPED = (2, 3, 4)
NOTHING = (0.0,) * len(STEPS)


@dataclass(frozen=True)
class Slip:
    """The encode's pictures first … last are the reference's `step` later (negative: earlier) ones."""

    first: int
    last: int
    step: int


@dataclass(frozen=True)
class Steps:
    """The slips, in order, and the frames that cannot be told."""

    slips: tuple[Slip, ...]
    untold: tuple[FrameRange, ...]


def judge_steps(rows: Sequence[Row], first: int) -> Steps:
    """The slips in the rows of frames `first` and following."""
    swaps = _swaps(rows, first)
    swapped = {slip.first for slip in swaps}
    # What changed places is told by itself, and says nothing of a step.
    against = [NOTHING if number in swapped else _against(row) for number, row in enumerate(rows, first)]
    path = _likeliest(against)
    slips = [slip for run in _runs(path) for slip in _slip(run, against, first)]
    out = swapped | {frame for slip in slips for frame in range(slip.first, slip.last + 1)}
    single = [*swaps, *(slip for slip in _repeats(rows, first) if slip.first not in out)]
    told = {slip.first for slip in single} | {n for n, frame in enumerate(against, first) if max(frame) > 0}
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


def _swaps(rows: Sequence[Row], first: int) -> list[Slip]:
    """Neighbours that changed places: each shows another's picture, and none is missing."""
    places = [index + _better_step(row) for index, row in enumerate(rows)]
    found: list[Slip] = []
    start = 0
    while start < len(places):
        sizes = (size for size in SWAPPED if sorted(places[start : start + size]) == [*range(start, start + size)])
        size = next(sizes, 1) if places[start] != start else 1
        window = range(start, start + size) if size > 1 else ()
        found += [Slip(first + n, first + n, places[n] - n) for n in window if places[n] != n]
        start += size
    return found


def _better_step(row: Row) -> int:
    """The step that fits much better than none, and by as much as a picture that moves; otherwise 0."""
    own, known = row[IN_STEP], [(value, step) for value, step in zip(row, STEPS) if value is not None]
    if own is None or not known:
        return 0
    least, step = min(known)
    return step if own - least >= MOVES and own + FLOOR >= FITS_BETTER * (least + FLOOR) else 0


def _repeats(rows: Sequence[Row], first: int) -> list[Slip]:
    """Single frames that show a neighbour's picture again while the reference moves on."""
    found = []
    for index, row in enumerate(rows):
        late = _repeat(row, row, -1)
        early = _repeat(row, rows[index + 1], 1) if index + 1 < len(rows) else None
        if late or early:
            found.append(Slip(first + index, first + index, -1 if (late or 0) >= (early or 0) else 1))
    return found


def _repeat(row: Row, change: Row, step: int) -> Optional[float]:
    """By what factor the neighbour's picture fits better than the own one; None where it is not shown again."""
    own, other = row[IN_STEP], row[STEPS.index(step)]
    encode, reference = change[ENCODE_CHANGE], change[REFERENCE_CHANGE]
    if own is None or other is None or encode is None or reference is None:
        return None
    factor = (own + FLOOR) / (other + FLOOR)
    shown_again = reference >= MOVES and encode <= REPEATS * reference
    return factor if shown_again and factor >= FITS_BETTER else None
