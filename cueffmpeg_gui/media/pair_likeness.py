# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Whether an encode's pictures are the reference's at all; where they are not, nothing else can be told of the pair."""

from statistics import median

from cueffmpeg_gui.media.moments import Moments
from cueffmpeg_gui.media.pair_measure import STEPS, PairMeasure
from cueffmpeg_gui.media.pair_single import ENCODE_CHANGE, REFERENCE_CHANGE

# Differences (thousandths of a code) that no coding makes, and the share of pictures that must differ so.
UNLIKE, MOSTLY = 26000, 0.75
# Smaller ones are another picture's where the reference's luma explains less than that share of it, as long as this
# varies enough (in codes). The coarsest encodes keep 0.99, of mere noise 0.9.
FAR, LEAST_LIKENESS, LEAST_CONTRAST = 10000, 0.76, 12.0
# Pictures of little contrast may lose all of it in coding; where it is kept, they must be as alike as this.
LOW_CONTRAST, KEPT, UNRELATED = 3.0, 0.7, 0.3
# A grade bends tones, so this may be lower where another fault of tones explains it.
LEAST_GRADED = 0.5
# Where no frame tells its step, pictures that move as the reference does (by this share) are of another place when
# they are so far from it: coarse coding leaves a lower share, or pictures that are more alike.
ELSEWHERE, MOVES_AS, ALIKE = 5000, 0.5, 0.965


def shows_others(measure: PairMeasure, is_explained: bool) -> bool:
    """Whether the pictures are others; `is_explained` says that a fault of tones was found."""
    known = [[value for value in row[: len(STEPS)] if value is not None] for row in measure.rows]
    least = [min(values) for values in known if values]
    if not least or median(least) < FAR:
        return False
    if sum(value >= UNLIKE for value in least) >= MOSTLY * len(least):
        return True
    moments = Moments(measure.moments)
    if moments.count and moments.keeps_contrast(LOW_CONTRAST, KEPT) and moments.pearson() < UNRELATED:
        return True
    likeness = moments.likeness(LEAST_CONTRAST)
    return likeness is not None and likeness < (LEAST_GRADED if is_explained else LEAST_LIKENESS)


def shows_another_place(measure: PairMeasure) -> bool:
    """Whether pictures that do not tell their step are too far from the reference's to be coarse ones of it."""
    least = [
        min(known) for row in measure.rows if (known := [value for value in row[: len(STEPS)] if value is not None])
    ]
    changes = [
        (mine, theirs)
        for row in measure.rows
        if (mine := row[ENCODE_CHANGE]) is not None and (theirs := row[REFERENCE_CHANGE])
    ]
    if not least or not changes or median(least) < ELSEWHERE:
        return False
    ours, theirs = (median(side) for side in zip(*changes))
    likeness = Moments(measure.moments).likeness(LEAST_CONTRAST)
    return ours >= MOVES_AS * theirs and likeness is not None and likeness < ALIKE
