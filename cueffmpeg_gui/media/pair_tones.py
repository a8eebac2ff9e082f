# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Whether a pair differs as a whole, in range, matrix or tone curve, told from sums over its pictures.

A fault is a guess how the encode's components come from the reference's. It is named when it explains most of the
difference that any such rule could explain; noise and what coding has lost count for nothing.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Optional

from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.moments import Maker, Moments
from cueffmpeg_gui.media.pair_measure import LEAST_SAMPLES, PairMeasure, Row

RANGE, MATRIX, TRANSFER, CHROMA = "range", "matrix", "transfer", "chroma"
# Kr and Kb of ITU-R BT.709, BT.601 and BT.2020.
WEIGHTS = {"BT.709": (0.2126, 0.0722), "BT.601": (0.299, 0.114), "BT.2020": (0.2627, 0.0593)}
# What sets them as tags.
TAGS = {"BT.709": "bt709", "BT.601": "smpte170m", "BT.2020": "bt2020nc"}
# 8-bit codes of limited range: luma from 16 over 219, chroma around 128 over 224.
BLACK, LUMA_SPAN, NEUTRAL, CHROMA_SPAN = 16, 219, 128, 224
# What a fault may leave of the squared difference that could be explained, of luma and of all components; how great
# (in codes) that difference of luma must be, and how much of the whole difference of luma.
LUMA_LEFT, ALL_LEFT, LEAST_SHARE = 0.3, 0.6, 0.3
LEAST = {RANGE: 3.0, MATRIX: 0.8}
# What it may leave of what a mere shift of luma leaves; where too few tones are seen, a shift says as much, and only a
# great one (of black or white) is told.
SHIFT_LEFT, LEAST_FLAT = 0.6, 6.0
# How many classes of tones must be seen.
LEAST_CLASSES = 4
# A matrix may also be told by how luma goes with chroma, as clipping spoils chroma, and rounding moves luma.
MIXES, LEAST_SIZE, LEAST_PART, LEAST_OF_ALL = (0.5, 1.4), 0.5, 0.8, 0.4
# How many times less contrast must be there than coding leaves (1.16 is limited range read as full), and how much more
# of that the less both sides are alike.
FLATTENED, LESS_LIKE = 1.09, 1.5
# A single picture must show more of it.
FLATTENED_ALONE, LESS_LIKE_ALONE, ALIKE_ALONE = 1.12, 2.5, 0.985
# An encode that changes by less than this share of what the reference does is a blur of it over time.
STANDS = 0.35
# A tone curve: how much luma must differ, what may be left of its square, how much it may fall (of its rise), and how
# alike both sides must be.
TONES_DIFFER, TONES_LEFT, TONES_FALL, TONES_ALIKE = 10.0, 0.25, 0.1, 0.8

# Chroma alone: how much it must differ (in codes, of both planes), what may be left of its square, and how alike luma
# must be.
CHROMA_DIFFERS, CHROMA_LEFT, CHROMA_ALIKE = 6.0, 0.25, 0.95

Makers = tuple[Maker, Maker, Maker]


@dataclass(frozen=True)
class Fault:
    """A fault: its kind, what it makes of the reference's components, and the sentence that tells it.

    `flattens` is the luma that it takes contrast from, where it does that.
    """

    kind: str
    makers: Makers
    sentence: str
    flattens: Optional[Maker] = None


def judge_tones(measure: PairMeasure) -> Optional[tuple[str, str]]:
    """The kind and the sentence of the fault that explains how the pair differs; None when none does."""
    moments = Moments(measure.moments)
    if not moments.count:
        return None
    means = [total / count for count, total in measure.tones if count >= LEAST_SAMPLES]
    # Chroma that is not there differs by any matrix.
    is_gray = _is_chroma(GRAY, moments)
    fault = min(RANGES if is_gray else FAULTS, key=lambda one: moments.left(one.makers)[0])
    if not (fault.flattens and _stands(measure.rows)) and _explains(fault, moments, is_flat=len(means) < LEAST_CLASSES):
        return fault.kind, fault.sentence
    matrix = max(MATRICES, key=lambda one: moments.explained(one.makers[0]).share)
    if not is_gray and _mixes(matrix, moments):
        return matrix.kind, matrix.sentence
    if _follows_a_curve(moments, measure.tones, means):
        return TRANSFER, CURVE
    chroma = next((fault for fault in CHROMAS if _is_chroma(fault, moments)), None)
    return (CHROMA, chroma.sentence) if chroma else None


def judge_range_in_parts(measure: PairMeasure) -> Optional[tuple[str, tuple[FrameRange, ...]]]:
    """The sentence of a fault of range that single frames show, and from which to which of those it is seen."""
    sentence, parts, is_on = "", list[FrameRange](), False
    ranges = [fault for fault in RANGES if not (fault.flattens and _stands(measure.rows))]
    for number, classes, *sums in measure.looks:
        moments = Moments(sums)
        fault = min(ranges, key=lambda one: moments.left(one.makers)[0])
        found = classes >= LEAST_CLASSES and _explains(fault, moments, is_flat=False)
        found = found and moments.pearson() >= ALIKE_ALONE
        found = found and (not fault.flattens or _is_flattened(moments, SAME[0], FLATTENED_ALONE, LESS_LIKE_ALONE))
        if found and (not sentence or fault.sentence == sentence):
            sentence = fault.sentence
            first = parts.pop().first if is_on else number
            parts.append(FrameRange(first, number))
        is_on = found and fault.sentence == sentence
    return (sentence, tuple(parts)) if parts else None


def _stands(rows: Sequence[Row]) -> bool:
    """Whether the encode hardly moves while the reference does: it is so coarse that lost contrast tells nothing."""
    changes = [(row[-2], row[-1]) for row in rows if row[-2] is not None and row[-1]]
    ours, theirs = (median(side) for side in zip(*changes)) if changes else (0.0, 0.0)
    return ours < STANDS * theirs


def _explains(fault: Fault, moments: Moments, is_flat: bool) -> bool:
    if fault.flattens and not _is_flattened(moments, fault.flattens, FLATTENED, LESS_LIKE):
        return False
    plain, noise, left = moments.left(SAME), moments.best(), moments.left(fault.makers)
    explained = plain[0] - noise[0]
    least = LEAST_FLAT if is_flat else LEAST[fault.kind]
    if explained < max(least**2, LEAST_SHARE * plain[0]) or (is_flat and fault.kind != RANGE):
        return False
    luma = (left[0] - noise[0]) / explained
    whole = (sum(left) - sum(noise)) / (sum(plain) - sum(noise))
    beats_a_shift = explained >= LEAST_FLAT**2 or left[0] - noise[0] <= SHIFT_LEFT * (moments.shifted() - noise[0])
    return luma <= LUMA_LEFT and whole <= ALL_LEFT and beats_a_shift


def _is_flattened(moments: Moments, luma: Maker, least: float, less_like: float) -> bool:
    """Whether contrast is lost as by a range, and not as by coarse coding."""
    found = moments.flattened(luma)
    return found.factor >= least + less_like * (1 - found.likeness)


def _mixes(fault: Fault, moments: Moments) -> bool:
    """Whether luma differs just as the matrices' shares of chroma in it do."""
    found = moments.explained(fault.makers[0])
    is_much = found.size >= LEAST_SIZE and found.share >= LEAST_PART and found.of_all >= LEAST_OF_ALL
    return is_much and MIXES[0] <= found.factor <= MIXES[1]


def _is_chroma(fault: Fault, moments: Moments) -> bool:
    """Whether chroma differs much, and just so, while luma is well kept."""
    if moments.pearson() < CHROMA_ALIKE:
        return False
    plain, left = (sum(moments.left(makers)[1:]) for makers in (SAME, fault.makers))
    return plain >= CHROMA_DIFFERS**2 and left <= CHROMA_LEFT * plain


def _follows_a_curve(moments: Moments, tones: Sequence[tuple[int, int]], means: Sequence[float]) -> bool:
    """Whether luma differs much, but by a rising function of the reference's luma."""
    plain = moments.left(SAME)[0]
    if plain < TONES_DIFFER**2 or moments.flattened(SAME[0]).likeness < TONES_ALIKE or len(means) < LEAST_CLASSES:
        return False
    square = moments.left([(0.0, 0.0, 0.0, 0.0)])[0]
    left = square - math.fsum(total**2 / count for count, total in tones if count) / moments.count
    steps = [later - earlier for earlier, later in zip(means, means[1:])]
    falls, rises = -sum(step for step in steps if step < 0), sum(step for step in steps if step > 0)
    return left <= TONES_LEFT * plain and falls <= TONES_FALL * rises


def _scaled(luma: float, chroma: float, black: float) -> Makers:
    """Luma and chroma times a factor; `black` is what luma 0 becomes."""
    neutral = NEUTRAL * (1 - chroma)
    return (black, luma, 0.0, 0.0), (neutral, 0.0, chroma, 0.0), (neutral, 0.0, 0.0, chroma)


def _between(made: str, read: str) -> Makers:
    """The components that one matrix gives for the colours that are another's components."""
    spans, zeros = (LUMA_SPAN, CHROMA_SPAN, CHROMA_SPAN), (BLACK, NEUTRAL, NEUTRAL)
    columns = [_components(made, *_colour(read, *(float(place == own) for own in range(3)))) for place in range(3)]
    makers = []
    for component, zero in enumerate(zeros):
        a, b, c = (columns[place][component] * spans[component] / spans[place] for place in range(3))
        makers.append((zero - a * BLACK - (b + c) * NEUTRAL, a, b, c))
    return makers[0], makers[1], makers[2]


def _colour(matrix: str, luma: float, blue: float, red: float) -> tuple[float, float, float]:
    """Red, green and blue of components by a matrix."""
    kr, kb = WEIGHTS[matrix]
    r, b = luma + 2 * (1 - kr) * red, luma + 2 * (1 - kb) * blue
    return r, (luma - kr * r - kb * b) / (1 - kr - kb), b


def _components(matrix: str, r: float, g: float, b: float) -> tuple[float, float, float]:
    kr, kb = WEIGHTS[matrix]
    luma = kr * r + (1 - kr - kb) * g + kb * b
    return luma, (b - luma) / (2 * (1 - kb)), (r - luma) / (2 * (1 - kr))


def _both(outer: Makers, inner: Makers) -> Makers:
    """What the outer makers make of what the inner ones make; the outer ones take each component by itself."""
    one, two, three = (
        tuple(factors[component + 1] * value + (factors[0] if not place else 0.0) for place, value in enumerate(maker))
        for component, (factors, maker) in enumerate(zip(outer, inner))
    )
    return (*one,), (*two,), (*three,)  # type: ignore[return-value]  # four numbers each, like the inner ones


SAME = _scaled(1.0, 1.0, 0.0)
RANGES = (
    Fault(
        RANGE,
        _scaled(255 / LUMA_SPAN, 255 / CHROMA_SPAN, -BLACK * 255 / LUMA_SPAN),
        "The encode is too contrasty, as full-range pixels are that are read as limited range; if only its tag "
        "is wrong, encode_tags=range:full reads it right.",
    ),
    Fault(
        RANGE,
        _scaled(LUMA_SPAN / 255, CHROMA_SPAN / 255, BLACK),
        "The encode is washed out, as limited-range pixels are that are read as full range; if only its tag "
        "is wrong, encode_tags=range:limited reads it right.",
        SAME[0],
    ),
)
MATRICES = tuple(
    Fault(
        MATRIX,
        _between(made, read),
        f"The colours differ as where pixels of the matrix {made} are read as {read} in the encode, or the reverse in "
        f"the reference; if only a tag is wrong, set the right one: encode_tags=matrix:{TAGS[made]} or "
        f"reference_tags=matrix:{TAGS[read]}.",
    )
    for made in WEIGHTS
    for read in WEIGHTS
    if made != read
)
FAULTS = (
    *RANGES,
    *MATRICES,
    *(
        Fault(
            RANGE,
            _both(wrong.makers, matrix.makers),
            f"{wrong.sentence} {matrix.sentence}",
            matrix.makers[0] if wrong.flattens else None,
        )
        for wrong in RANGES
        for matrix in MATRICES
    ),
)
GRAY = Fault(
    CHROMA,
    (SAME[0], (float(NEUTRAL), 0.0, 0.0, 0.0), (float(NEUTRAL), 0.0, 0.0, 0.0)),
    "The encode has no colour, but the reference has.",
)
CHROMAS = (
    Fault(
        CHROMA,
        (SAME[0], (0.0, 0.0, 0.0, 1.0), (0.0, 0.0, 1.0, 0.0)),
        "The encode's planes of chroma are exchanged: what is blue in the reference is red in it.",
    ),
    GRAY,
)
CURVE = "The encode's tones follow another curve than the reference's, as SDR does beside HDR, or a graded picture."
