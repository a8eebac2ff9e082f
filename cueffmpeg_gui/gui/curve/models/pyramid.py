# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Decimates a curve of any length to a few points per pixel: of each bin the highest and lowest, so no dip is lost.

Bins lie at fixed frames, so the curve does not flicker when it is moved; a bin with a single score is drawn, too.
"""

from __future__ import annotations

import numpy as np

BIN = 8
GROWTH = 2
BINS_PER_PIXEL = 2


class Pyramid:
    """Scores of the frames from `first` on, NaN where there is none; each level has bins twice as wide."""

    def __init__(self, first: int, values: np.ndarray) -> None:
        self.first, self.values = first, values
        self._levels: list[tuple[int, np.ndarray, np.ndarray]] = []
        low = high = values
        width, factor = 1, BIN
        while len(low) > 2 * factor:
            low, high = _reduced(np.fmin, low, factor), _reduced(np.fmax, high, factor)
            width *= factor
            self._levels.append((width, low, high))
            factor = GROWTH

    def points(self, left: float, right: float, pixels: float) -> tuple[np.ndarray, np.ndarray]:
        """x and y of the line over the frames left … right, drawn that many pixels wide; one more point at each end."""
        wanted = (right - left) / max(1.0, pixels * BINS_PER_PIXEL)
        fitting = [level for level in self._levels if level[0] <= wanted]
        if not fitting:
            return self._plain(left, right)
        width, low, high = fitting[-1]
        begin, end = self._places(left, right, width, len(low))
        x = self.first + (np.arange(begin, end) * width + (width - 1) / 2)
        return np.repeat(x, 2), np.column_stack((high[begin:end], low[begin:end])).ravel()

    def _plain(self, left: float, right: float) -> tuple[np.ndarray, np.ndarray]:
        begin, end = self._places(left, right, 1, len(self.values))
        return np.arange(self.first + begin, self.first + end, dtype=float), self.values[begin:end]

    def _places(self, left: float, right: float, width: int, count: int) -> tuple[int, int]:
        begin = int((left - self.first) // width) - 1
        end = int((right - self.first) // width) + 3
        return min(max(begin, 0), count), min(max(end, 0), count)


def _reduced(choose: np.ufunc, values: np.ndarray, factor: int) -> np.ndarray:
    whole = len(values) // factor * factor
    reduced = choose.reduce(values[:whole].reshape(-1, factor), axis=1)
    return np.append(reduced, choose.reduce(values[whole:])) if whole < len(values) else reduced
