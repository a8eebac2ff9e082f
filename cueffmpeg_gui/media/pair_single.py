# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Single pictures of an encode that are out of place: neighbours that changed places, and one that is shown twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Optional

from cueffmpeg_gui.media.pair_measure import STEPS, Row

IN_STEP = STEPS.index(0)
ENCODE_CHANGE, REFERENCE_CHANGE = len(STEPS), len(STEPS) + 1
# Thousandths of a code that are added to each difference, so that the smallest ones decide nothing.
FLOOR = 150
# One picture shown twice: the encode changes by less than this share of the reference's change, which is at least so
# great, and the neighbour fits so much better.
REPEATS, MOVES, FITS_BETTER = 0.15, 800, 2.3
# How many neighbours may have changed places among themselves.
SWAPPED = (2, 3, 4)
# How much nearer two neighbours are to each other's pictures, as a share of how these differ (at least so many
# thousandths): -1 in step, 1 exchanged. What coding makes of a moving picture stays below half of this.
EXCHANGED, LEAST_CHANGE = 0.25, 400
# Less is enough to tell a picture shown twice where those around it are well in step.
STANDS, NEARER, IN_STEP_AROUND, AROUND, LEAST_AROUND = 0.25, 0.45, 0.45, 8, 4


@dataclass(frozen=True)
class Slip:
    """The encode's pictures first … last are the reference's `step` later (negative: earlier) ones."""

    first: int
    last: int
    step: int


def find_swaps(rows: Sequence[Row], first: int) -> list[Slip]:
    """Neighbours that changed places: each shows another's picture, and none is missing."""
    places = [index + _better_step(row) for index, row in enumerate(rows)]
    found: list[Slip] = []
    start = 0
    while start < len(places):
        sizes = (size for size in SWAPPED if sorted(places[start : start + size]) == [*range(start, start + size)])
        size = next(sizes, 1) if places[start] != start else 1
        if size == 1 and _are_exchanged(rows[start : start + 2]):
            size = 2
            places[start : start + 2] = start + 1, start
        window = range(start, start + size) if size > 1 else ()
        found += [Slip(first + n, first + n, places[n] - n) for n in window if places[n] != n]
        start += size
    return found


def _are_exchanged(pair: Sequence[Row]) -> bool:
    """Whether two neighbours are nearer to each other's pictures, both taken together: a lag cancels out."""
    if len(pair) < 2:
        return False
    one, two = pair
    own, later, change = one[IN_STEP], one[IN_STEP + 1], two[REFERENCE_CHANGE]
    own_too, earlier = two[IN_STEP], two[IN_STEP - 1]
    if own is None or later is None or own_too is None or earlier is None or change is None or change < LEAST_CHANGE:
        return False
    are_nearest = later == _least(one) and earlier == _least(two)
    return are_nearest and own - later + own_too - earlier >= 2 * EXCHANGED * change


def _least(row: Row) -> int:
    return min(value for value in row[: len(STEPS)] if value is not None)


def _better_step(row: Row) -> int:
    """The step that fits much better than none, and by as much as a picture that moves; otherwise 0."""
    own, known = row[IN_STEP], [(value, step) for value, step in zip(row, STEPS) if value is not None]
    if own is None or not known:
        return 0
    least, step = min(known)
    return step if own - least >= MOVES and own + FLOOR >= FITS_BETTER * (least + FLOOR) else 0


def find_repeats(rows: Sequence[Row], first: int) -> list[Slip]:
    """Single frames that show a neighbour's picture again while the reference moves on."""
    found = []
    for index, row in enumerate(rows):
        late = _repeat(row, row, -1) or _stands(rows, index, index, -1)
        later = index + 1 < len(rows)
        early = (_repeat(row, rows[index + 1], 1) or _stands(rows, index, index + 1, 1)) if later else None
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


def _stands(rows: Sequence[Row], index: int, changes: int, step: int) -> Optional[float]:
    """The same where the neighbour is nearer by much of what the reference moves, and those around are in step."""
    gain, encode, reference = _gain(rows, index, step), rows[changes][ENCODE_CHANGE], rows[changes][REFERENCE_CHANGE]
    if gain is None or encode is None or reference is None or gain > -NEARER or encode > STANDS * reference:
        return None
    around = [n for n in range(max(0, index - AROUND), min(len(rows), index + AROUND + 1)) if n != index]
    gains = [[gain for gain in (_gain(rows, n, side) for n in around) if gain is not None] for side in (-1, 1)]
    are_told = all(len(side) >= LEAST_AROUND and median(side) >= IN_STEP_AROUND for side in gains)
    return (rows[index][IN_STEP] or 0) / FLOOR if are_told else None


def _gain(rows: Sequence[Row], index: int, step: int) -> Optional[float]:
    """How much nearer the own picture is than a neighbour's, as a share of their difference."""
    after = index + max(0, step)
    own, other = rows[index][IN_STEP], rows[index][IN_STEP + step]
    change = rows[after][REFERENCE_CHANGE] if after < len(rows) else None
    if own is None or other is None or change is None or change < LEAST_CHANGE:
        return None
    return (other - own) / change
