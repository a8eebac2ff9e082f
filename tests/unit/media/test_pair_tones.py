# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Range, matrix and tone curve told from pictures whose faults numpy made by the standards' own formulas."""

from collections.abc import Callable

import numpy as np
import pytest

from cueffmpeg_gui.media.pair_measure import SAMPLES, PairMeasure, measure_colours, merge_measures
from cueffmpeg_gui.media.pair_tones import CHROMA, MATRIX, RANGE, TRANSFER, judge_tones

# Luma of red, green and blue: ITU-R BT.709-6, BT.601-7, BT.2020-2.
LUMA = {"709": (0.2126, 0.7152, 0.0722), "601": (0.299, 0.587, 0.114), "2020": (0.2627, 0.678, 0.0593)}
CHANCE = np.random.default_rng(11)
# Colours as films have them: few are saturated.
RGB = np.clip(CHANCE.random((8, SAMPLES, 1)) + CHANCE.normal(0, 0.12, (8, SAMPLES, 3)), 0, 1)


def components(rgb: np.ndarray, matrix: str, full: bool = False) -> np.ndarray:
    """8-bit codes of luma and both chroma, as numbers that are not rounded yet."""
    weights = np.array(LUMA[matrix])
    luma = rgb @ weights
    blue = (rgb[..., 2] - luma) / (2 * (1 - weights[2]))
    red = (rgb[..., 0] - luma) / (2 * (1 - weights[0]))
    spans = (255, 255, 0) if full else (219, 224, 16)
    return np.stack([spans[2] + spans[0] * luma, 128 + spans[1] * blue, 128 + spans[1] * red], axis=-2)


def measured(encode: np.ndarray, reference: np.ndarray, noise: float = 0.0) -> PairMeasure:
    spoiled = encode + CHANCE.normal(0, noise, encode.shape) if noise else encode
    stacked = np.stack([spoiled, reference], axis=-2)
    pictures = [np.clip(np.rint(one), 0, 255).astype(np.uint8).tobytes() for one in stacked]
    return PairMeasure(1, len(pictures), (), *measure_colours(pictures))


def kind_of(measure: PairMeasure) -> str | None:
    found = judge_tones(measure)
    return found[0] if found else None


REFERENCE = components(RGB, "709")


@pytest.mark.parametrize("noise", [0, 4])
def test_coding_alone_is_no_fault(noise: float) -> None:
    assert kind_of(measured(REFERENCE, REFERENCE, noise)) is None
    assert kind_of(measured(REFERENCE - 2, REFERENCE, noise)) is None


@pytest.mark.parametrize("noise", [0, 4])
def test_both_faults_of_range_are_told(noise: float) -> None:
    full = components(RGB, "709", full=True)
    assert kind_of(measured(full, REFERENCE, noise)) == RANGE
    washed = np.stack(
        [16 + REFERENCE[..., 0, :] * 219 / 255, *np.moveaxis(128 + (REFERENCE[..., 1:, :] - 128) * 224 / 255, -2, 0)],
        -2,
    )
    assert kind_of(measured(washed, REFERENCE, noise)) == RANGE


@pytest.mark.parametrize("made", list(LUMA))
@pytest.mark.parametrize("read", list(LUMA))
def test_a_matrix_that_differs_is_named(made: str, read: str) -> None:
    found = judge_tones(measured(components(RGB, made), components(RGB, read), 0.5))
    if made == read:
        assert found is None
    else:
        assert found is not None
        assert found[0] == MATRIX
        assert f"pixels of the matrix BT.{made} are read as BT.{read} in the encode" in found[1]


@pytest.mark.parametrize("noise", [0, 4])
def test_an_encode_without_colour_is_told_as_that(noise: float) -> None:
    gray = np.stack([REFERENCE[..., 0, :], *[np.full_like(REFERENCE[..., 0, :], 128)] * 2], -2)
    colourful = components(np.clip(RGB + CHANCE.normal(0, 0.15, RGB.shape), 0, 1), "709")
    for reference in (REFERENCE, colourful):
        encode = np.stack([reference[..., 0, :], *np.moveaxis(gray[..., 1:, :], -2, 0)], -2)
        found = judge_tones(measured(encode, reference, noise))
        assert found is not None
        assert found[0] == CHROMA
        assert "no colour" in found[1]


def test_range_and_matrix_at_once_are_both_told() -> None:
    found = judge_tones(measured(components(RGB, "601", full=True), REFERENCE))
    assert found is not None
    assert found[0] == RANGE
    assert "matrix BT.601 are read as BT.709 in the encode" in found[1]


def test_another_curve_is_told_but_a_slight_grade_is_not() -> None:
    curves: dict[str, tuple[Callable[[np.ndarray], np.ndarray], str | None]] = {
        # SMPTE ST 2084 of a screen of 100 nits.
        "PQ": (lambda linear: _pq(linear / 100), TRANSFER),
        "gamma": (lambda linear: linear ** (1 / 3.6), TRANSFER),
        "slight": (lambda linear: linear ** (1 / 2.3), None),
    }
    for name, (curve, kind) in curves.items():
        graded = components(curve(RGB**2.2), "709")
        assert kind_of(measured(graded, REFERENCE)) == kind, name


def _pq(light: np.ndarray) -> np.ndarray:
    power = light ** (2610 / 16384)
    return ((3424 / 4096 + 2413 / 128 * power) / (1 + 2392 / 128 * power)) ** (2523 / 32)


def test_black_says_nothing_but_its_own_level() -> None:
    black = components(np.zeros((4, SAMPLES, 3)), "709")
    assert kind_of(measured(black, black)) is None
    assert kind_of(measured(components(np.zeros((4, SAMPLES, 3)), "601"), black)) is None
    assert kind_of(measured(components(np.zeros((4, SAMPLES, 3)), "709", full=True), black)) == RANGE


def test_other_pictures_are_no_fault_of_colour() -> None:
    other = components(np.roll(RGB, 5, axis=1), "709")
    assert kind_of(measured(other, REFERENCE)) is None


def test_no_pictures_say_nothing() -> None:
    assert judge_tones(measured(REFERENCE[:0], REFERENCE[:0])) is None


def test_parts_add_up_to_the_whole() -> None:
    encode = components(RGB, "601")
    whole = measured(encode, REFERENCE)
    parts = [measured(encode[:3], REFERENCE[:3]), measured(encode[3:], REFERENCE[3:])]
    merged = merge_measures([parts[0], PairMeasure(4, 8, (), parts[1].moments, parts[1].tones)])
    assert (merged.moments, merged.tones) == (whole.moments, whole.tones)
