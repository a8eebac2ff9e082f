# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The rate of a film is found behind the rounding of the clocks it came through, and of nothing else."""

from fractions import Fraction

import pytest

from cueffmpeg_gui.media.clocks import Clock, find_clock
from cueffmpeg_gui.media.timing import STANDARD_RATES

MILLISECOND = Fraction(1, 1000)
# What a file of 12 pictures states when the last one's duration is rounded.
WRONG = Fraction(18000, 749)


def rounded(rate: Fraction, count: int, tick: Fraction, clock: Fraction, start: Fraction = Fraction(0)) -> list[int]:
    """Times of pictures in a clock, after they were rounded to ticks."""
    return [round(round((start + n / rate) / tick) * tick / clock) for n in range(count)]


@pytest.mark.parametrize("rate", STANDARD_RATES)
@pytest.mark.parametrize("clock", [1000, 16000, 90000, 24000])
@pytest.mark.parametrize("count", [2, 5, 12, 400])
def test_a_rounded_film_is_constant(rate: Fraction, clock: int, count: int) -> None:
    times = rounded(rate, count, MILLISECOND, Fraction(1, clock), start=Fraction(1, 3))
    named = [rate] if count < 50 else []
    assert find_clock(times, Fraction(1, clock), WRONG, named) == Clock(rate, is_constant=True)


@pytest.mark.parametrize("rate", ["49/2", "10", "17/2", "300", "29/2"])
@pytest.mark.parametrize("count", [3, 100])
def test_a_rate_of_its_own_is_kept(rate: str, count: int) -> None:
    wanted = Fraction(rate)
    times = rounded(wanted, count, Fraction(1, 90000), Fraction(1, 90000))
    assert find_clock(times, Fraction(1, 90000), wanted) == Clock(wanted, is_constant=True)


def test_an_exact_clock_is_believed_against_a_wrong_statement() -> None:
    times = [1001 * n for n in range(24)]
    assert find_clock(times, Fraction(1, 24000), Fraction(25)) == Clock(Fraction(24000, 1001), is_constant=True)


@pytest.mark.parametrize(
    "seconds",
    [[0, 0.04, 0.08, 0.16, 0.2], [n * n / 96 for n in range(24)], [0, 0.033, 0.1, 0.133, 0.2, 0.233]],
    ids=["one left out", "slower and slower", "two speeds"],
)
@pytest.mark.parametrize("clock", [1000, 90000])
def test_uneven_pictures_stay_uneven(seconds: list[float], clock: int) -> None:
    times = [round(second * clock) for second in seconds]
    assert not find_clock(times, Fraction(1, clock), Fraction(25), [Fraction(30)]).is_constant


def test_a_long_film_that_is_a_little_off_stays_even() -> None:
    times = [n * 90000 * 100 // 2997 for n in range(60_000)]
    found = find_clock(times, Fraction(1, 90000), Fraction(2997, 100))
    assert found == Clock(Fraction(30000, 1001), is_constant=True)


def test_one_picture_has_the_rate_that_is_named() -> None:
    assert find_clock([7], Fraction(1, 1000), Fraction(25)) == Clock(Fraction(25), is_constant=True)
