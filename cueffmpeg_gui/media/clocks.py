# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The rate of a film whose time stamps went through coarse clocks: the one whose even steps they all come from."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from cueffmpeg_gui.media.timing import STANDARD_RATES, is_constant, snap_rate

# Matroska and FLV count milliseconds; a copy into a finer clock keeps what they rounded.
COARSE_TICK = Fraction(1, 1000)


@dataclass(frozen=True)
class Clock:
    """Pictures a second, and whether the pictures come evenly."""

    rate: Fraction
    is_constant: bool


def find_clock(times: Sequence[int], time_base: Fraction, average: Fraction, named: Sequence[Fraction] = ()) -> Clock:
    """The rate that sorted time stamps (ticks of `time_base` seconds) were rounded from.

    Rounding leaves every stamp within half a tick of its even place, of this clock or of a millisecond clock that the
    film came through. `average` and `named` (best first) are the rates that the file itself states. Uneven pictures
    have the average.
    """
    stated = list(dict.fromkeys(snap_rate(rate) for rate in (*named, average)))
    standard = [rate for rate in stated if rate in STANDARD_RATES]
    other = [rate for rate in stated if rate not in STANDARD_RATES]
    coarse = max(time_base, COARSE_TICK)
    tries = [(standard, time_base), (other, time_base)] if time_base < COARSE_TICK else []
    tries += [(standard, coarse), (_closest(times, time_base), coarse), (other, coarse)]
    for rates, tick in tries:
        for rate in rates:
            if _is_rounded(times, time_base, rate, min(tick, 1 / rate / 4)):
                return Clock(rate, is_constant=True)
    return Clock(snap_rate(average), is_constant(times, time_base, snap_rate(average)))


def _is_rounded(times: Sequence[int], time_base: Fraction, rate: Fraction, tick: Fraction) -> bool:
    """Whether all stamps lie within one tick, against even steps."""
    # In whole numbers: films have hundreds of thousands of pictures.
    a, b = time_base.numerator * rate.numerator, time_base.denominator * rate.denominator
    most = tick * time_base.denominator * rate.numerator
    if abs((times[-1] - times[0]) * a - (len(times) - 1) * b) > most:
        return False
    against = [time * a - number * b for number, time in enumerate(times)]
    return max(against) - min(against) <= most


def _closest(times: Sequence[int], time_base: Fraction) -> list[Fraction]:
    """The standard rates, and the one measured, from the closest to the measured one on."""
    whole = (times[-1] - times[0]) * time_base
    if whole <= 0:
        return []
    measured = (len(times) - 1) / whole
    return [*sorted(STANDARD_RATES, key=lambda rate: abs(rate - measured)), snap_rate(measured)]
