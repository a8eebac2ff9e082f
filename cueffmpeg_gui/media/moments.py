# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Squared differences out of sums of products (moments): guesses about pictures are judged without their pictures.

The variables are one, the reference's three components and the encode's three, in this order.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional

VARIABLES, KNOWN, COMPONENTS = 7, 4, 3
PLACES = tuple((one, other) for one in range(VARIABLES) for other in range(one, VARIABLES))
# So little is added to the squares that the best guess is found where a component never changes.
RIDGE = 1e-3
TINY = 1e-9

# A component of the encode made of the reference's: a constant, and a factor for each component.
Maker = tuple[float, float, float, float]


@dataclass(frozen=True)
class Explained:
    """How much of luma's difference a guess explains, means left out.

    `factor` is how many times the guessed difference is there, `size` what that makes in codes (root mean square);
    `share` is its part of the squared difference that could be explained at all, `of_all` of the whole.
    """

    factor: float
    size: float
    share: float
    of_all: float


@dataclass(frozen=True)
class Flattened:
    """`factor` is how many times the encode's luma, as it is, would have to be raised to give what was expected.

    Coding that loses detail leaves it at 1: what is left is the mean of what was there. `likeness` is the correlation.
    """

    factor: float
    likeness: float


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

    def likeness(self, least: float) -> Optional[float]:
        """How much of the encode's luma the reference's explains: 1 where it is the reference's, or a blur of it.

        None where the reference's luma varies less than `least`; 0 where the encode's never changes.
        """
        if not self.count:
            return None
        reference, encode = [0.0, 1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0, 1.0]
        varies, shown = self._covariance(reference, reference), self._covariance(encode, encode)
        if varies < least**2:
            return None
        # The correlation; what coding takes away lowers it, but not what is left of it in the reference (the slope).
        return self._covariance(reference, encode) / min(shown, math.sqrt(varies * shown)) if shown > TINY else 0.0

    def keeps_contrast(self, least: float, share: float) -> bool:
        """Whether the reference's luma varies so much (in codes), and the encode's by at least that share of it."""
        varies, shown = self._spread()
        return varies >= least**2 and shown >= share**2 * varies

    def pearson(self) -> float:
        """Of the luma of both; 0 where one never changes."""
        varies, shown = self._spread()
        both = self._covariance([0.0, 1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0, 1.0])
        return both / math.sqrt(varies * shown) if min(varies, shown) > TINY else 0.0

    def _spread(self) -> tuple[float, float]:
        reference, encode = [0.0, 1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0, 1.0]
        return self._covariance(reference, reference), self._covariance(encode, encode)

    def flattened(self, maker: Maker) -> Flattened:
        """How much of the contrast that the maker of luma gives is not in the encode, and how alike both are."""
        made, found = [*maker, 0.0], [0.0, 0.0, 0.0, 0.0, 1.0]
        varies, shown = self._covariance(made, made), self._covariance(found, found)
        both = self._covariance(made, found)
        if min(varies, shown) < TINY or both <= 0:
            return Flattened(0.0, 0.0)
        return Flattened(both / shown, both / math.sqrt(varies * shown))

    def explained(self, maker: Maker) -> Explained:
        """How much of luma's difference is what the maker of luma changes."""
        change = [maker[0], maker[1] - 1, maker[2], maker[3], 0.0]
        found = [0.0, -1.0, 0.0, 0.0, 1.0]
        square, spread = self._covariance(change, change), self._covariance(found, found)
        both = self._covariance(found, change)
        if square < TINY or both <= 0:
            return Explained(0.0, 0.0, 0.0, 0.0)
        told = both**2 / square
        could = max(TINY, spread - self._left(0, self._best(0)))
        return Explained(both / square, math.sqrt(told), told / could, told / max(TINY, spread))

    def _covariance(self, one: Sequence[float], other: Sequence[float]) -> float:
        """Of two sums of the first five variables with these factors."""
        product = math.fsum(a * b * self._of(i, j) for i, a in enumerate(one) for j, b in enumerate(other))
        means = (math.fsum(a * self._of(0, i) for i, a in enumerate(line)) for line in (one, other))
        return product / self.count - math.prod(means) / self.count**2

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
