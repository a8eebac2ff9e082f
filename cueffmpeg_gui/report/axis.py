# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""An axis: where numbers lie on it, and which of them are written beside it."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

STEPS = (1, 2, 5, 10)


@dataclass(frozen=True)
class Axis:
    """Numbers low … high laid over pixels start … end; of the y axis start is below end on the paper."""

    low: float
    high: float
    start: float
    end: float

    def place(self, value: float) -> float:
        """Where a number lies, in pixels."""
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return round(self.start + share * (self.end - self.start), 2)

    def ticks(self, about: int, whole: bool = False) -> list[float]:
        """Round numbers on the axis, about so many."""
        step = _round_step((self.high - self.low) / about, whole)
        first = math.ceil(self.low / step - 1e-9)
        last = math.floor(self.high / step + 1e-9)
        return [number * step for number in range(first, last + 1)]


def value_limits(values: Iterable[float]) -> tuple[float, float]:
    """Round limits that hold all finite values; never a range of nothing."""
    finite = [value for value in values if math.isfinite(value)]
    low, high = (min(finite), max(finite)) if finite else (0.0, 1.0)
    step = _round_step(max(high - low, abs(high) * 1e-3, 1e-6) / 4, False)
    bottom, top = math.floor(low / step) * step, math.ceil(high / step) * step
    return bottom, top if top > bottom else bottom + step


def _round_step(rough: float, whole: bool) -> float:
    power = 10.0 ** math.floor(math.log10(rough)) if rough > 0 else 1.0
    step = power * next(step for step in STEPS if step * power >= rough * (1 - 1e-9))
    return max(1.0, step) if whole else step
