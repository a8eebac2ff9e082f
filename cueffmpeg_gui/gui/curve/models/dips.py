# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Dips: stretches of frames with low scores. Each is represented by its lowest frame."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

# The distance that worst frames of a list keep, too.
APART = 12


def dips_below(values: np.ndarray, limit: float, is_lower_better: bool = False) -> np.ndarray:
    """Index of the worst score of each stretch below the limit (above it, where lower is better), in order.

    Stretches no more than APART frames apart count as one.
    """
    worse = -values if is_lower_better else values
    bound = -limit if is_lower_better else limit
    with np.errstate(invalid="ignore"):
        low = np.flatnonzero(worse < bound)
    if not len(low):
        return low
    stretches = np.split(low, np.flatnonzero(np.diff(low) > APART) + 1)
    return np.array([stretch[np.argmin(worse[stretch])] for stretch in stretches])


def next_dip(dips: Iterable[np.ndarray], frame: int) -> int | None:
    """The first of all dips after a frame."""
    later = [int(one[np.searchsorted(one, frame, "right")]) for one in dips if len(one) and one[-1] > frame]
    return min(later, default=None)


def previous_dip(dips: Iterable[np.ndarray], frame: int) -> int | None:
    """The last of all dips before a frame."""
    earlier = [int(one[np.searchsorted(one, frame) - 1]) for one in dips if len(one) and one[0] < frame]
    return max(earlier, default=None)
