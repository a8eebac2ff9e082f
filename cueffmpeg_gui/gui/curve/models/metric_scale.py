# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The whole scale of a metric: an axis that does not show all of it must say so."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cueffmpeg_gui.media.metrics import metric_of

STATED = re.compile(r"\((\d+)-(\d+)\b")


@dataclass(frozen=True)
class Scale:
    """Lowest and highest score of a metric."""

    low: float
    high: float

    @property
    def digits(self) -> int:
        """How many digits after the point are significant."""
        return 3 if self.high > 2 else 5

    def widened(self, low: float, high: float) -> Scale:
        """The scale extended to include these scores."""
        return Scale(min(self.low, low), max(self.high, high))


def scale_of(key: str, title: str) -> Scale:
    """The scale that the title states, or that is known for the key; 0-0 where only the scores can tell."""
    stated = STATED.search(title)
    if stated:
        return Scale(float(stated[1]), float(stated[2]))
    metric = metric_of(key)
    return Scale(*metric.scale) if metric else Scale(0, 0)
