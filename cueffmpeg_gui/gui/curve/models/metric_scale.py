# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The whole scale of a metric: what an axis must show, or say that it does not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cueffmpeg_gui.media.metrics import metric_of

STATED = re.compile(r"\((\d+)-(\d+)\b")


@dataclass(frozen=True)
class Scale:
    """Lowest and highest number a metric gives."""

    low: float
    high: float

    @property
    def digits(self) -> int:
        """Digits after the point that are worth reading."""
        return 3 if self.high > 2 else 5

    def widened(self, low: float, high: float) -> Scale:
        """One that holds these numbers too."""
        return Scale(min(self.low, low), max(self.high, high))


def scale_of(key: str, title: str) -> Scale:
    """The scale that the title states, or that is known of the key; 0-0 where only the numbers can tell."""
    stated = STATED.search(title)
    if stated:
        return Scale(float(stated[1]), float(stated[2]))
    metric = metric_of(key)
    return Scale(*metric.scale) if metric else Scale(0, 0)
