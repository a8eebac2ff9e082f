# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Squared differences out of sums of products (moments): guesses about pictures are judged without their pictures.

The variables are one, the reference's three components and the encode's three, in this order.
"""

import math
from collections.abc import Sequence

VARIABLES, KNOWN, COMPONENTS = 7, 4, 3
PLACES = tuple((one, other) for one in range(VARIABLES) for other in range(one, VARIABLES))
# So little is added to the squares that the best guess is found where a component never changes.
RIDGE = 1e-3

# A component of the encode made of the reference's: a constant, and a factor for each component.
Maker = tuple[float, float, float, float]


class Moments:
    """Sums over `count` samples of the products at PLACES."""

    def __init__(self, sums: Sequence[int]) -> None:
        self.count = sums[0]
        self._sums = dict(zip(PLACES, sums))

    def left(self, makers: Sequence[Maker]) -> list[float]:
        """The mean squared difference of each of the encode's components from what its maker says."""
        return [self._left(component, maker) for component, maker in enumerate(makers)]

    def best(self) -> list[float]:
        """What the best maker would leave of each component: noise, and what coding has lost."""
        return [self._left(component, self._best(component)) for component in range(COMPONENTS)]

    def shifted(self) -> float:
        """What is left of luma when the encode's is the reference's and a constant."""
        shift = (self._of(0, KNOWN) - self._of(0, 1)) / self.count
        return self._left(0, (shift, 1.0, 0.0, 0.0))

    def _of(self, one: int, other: int) -> int:
        return self._sums[min(one, other), max(one, other)]

    def _left(self, component: int, maker: Sequence[float]) -> float:
        encode = KNOWN + component
        crossed = math.fsum(factor * self._of(place, encode) for place, factor in enumerate(maker))
        squared = math.fsum(
            one * other * self._of(place, second)
            for place, one in enumerate(maker)
            for second, other in enumerate(maker)
        )
        return max(0.0, self._of(encode, encode) - 2 * crossed + squared) / self.count

    def _best(self, component: int) -> list[float]:
        """Least squares by Gauss's elimination; the matrix is positive, so it needs no pivots."""
        lines = [
            [
                *(float(self._of(one, other)) + (RIDGE * self.count if one == other else 0) for other in range(KNOWN)),
                float(self._of(one, KNOWN + component)),
            ]
            for one in range(KNOWN)
        ]
        for place, line in enumerate(lines):
            for other in lines:
                if other is not line:
                    factor = other[place] / line[place]
                    other[:] = [mine - factor * theirs for mine, theirs in zip(other, line)]
        return [line[-1] / line[place] for place, line in enumerate(lines)]
