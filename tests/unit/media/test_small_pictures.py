# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Differences of small pictures are those of plain arithmetic, whatever the pictures hold."""

from itertools import product

import numpy as np
import pytest

from cueffmpeg_gui.media.small_pictures import HEIGHT, WIDTH, difference, small_picture

CHANCE = np.random.default_rng(3)
PICTURES = {
    "noise": CHANCE.integers(0, 4096, (HEIGHT, WIDTH)),
    "black": np.zeros((HEIGHT, WIDTH), int),
    "white": np.full((HEIGHT, WIDTH), 4095),
    "nearly black": CHANCE.integers(256, 259, (HEIGHT, WIDTH)),
    "edge": np.repeat([[0] * 24 + [4095] * 24], HEIGHT, axis=0),
    "ramp": np.repeat([np.linspace(256, 3760, WIDTH).astype(int)], HEIGHT, axis=0),
    "one pixel": np.pad([[4095]], ((0, HEIGHT - 1), (0, WIDTH - 1))),
}


def levelled(picture: np.ndarray) -> tuple[np.ndarray, float]:
    """The picture with mean 0, and what it is multiplied by: contrasts are made equal, but not of flat pictures."""
    mean = (int(picture.sum()) + picture.size // 2) // picture.size
    gain = min(100000, round(800000 / max(1.0, np.abs(picture - mean).mean())))
    return (picture - mean) * gain, gain


@pytest.mark.parametrize(("one", "other"), list(product(PICTURES, repeat=2)))
def test_a_difference_is_that_of_levelled_pictures(one: str, other: str) -> None:
    (first, gain), (second, other_gain) = levelled(PICTURES[one]), levelled(PICTURES[other])
    wanted = np.abs(first - second).mean() / min(gain, other_gain) / 16 * 1000
    small = [small_picture(PICTURES[name].astype("<u2").tobytes()) for name in (one, other)]
    assert difference(*small) == pytest.approx(wanted, abs=0.6)


def test_a_fade_changes_nothing_but_a_cut_does() -> None:
    picture = PICTURES["ramp"]
    bright, dim = (small_picture((picture * share // 100 + 200).astype("<u2").tobytes()) for share in (90, 45))
    cut = small_picture(picture[:, ::-1].astype("<u2").tobytes())
    assert difference(bright, dim) < 200
    assert difference(bright, cut) > 20000


@pytest.mark.parametrize("contrast", [600, 752, 753, 757, 758, 1500])
def test_near_twins_are_near_whatever_their_contrast(contrast: int) -> None:
    one = np.where(PICTURES["edge"] > 0, 2048 + contrast, 2048 - contrast)
    two = one + np.sign(one - 2048) * CHANCE.integers(0, 2, one.shape)
    small = [small_picture(picture.astype("<u2").tobytes()) for picture in (one, two)]
    # They differ by half a unit of 16 a code.
    assert difference(*small) < 100
