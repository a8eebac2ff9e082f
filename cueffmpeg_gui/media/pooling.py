# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The pooled values of per-frame numbers: the same wherever they are shown or judged."""

import math
from collections.abc import Callable, Iterable, Sequence

from cueffmpeg_gui.media.metrics import metric_of
from cueffmpeg_gui.media.statistics import HIGHER, arithmetic_mean, distortion_mean, sense_of

Mean = Callable[[Sequence[float]], float]


def pool_metric(metric: str, values: Iterable[float]) -> dict[str, float]:
    """Pooled values of a per-frame key's numbers as the metric pools them.

    +infinity counts, as a mean without it would be too low.
    """
    known, names = metric_of(metric), sense_of(metric).known
    mean = distortion_mean if known is not None and known.is_distortion else arithmetic_mean
    return _pool([value for value in values if value > -math.inf], mean, names)


def pool(values: Iterable[float]) -> dict[str, float]:
    """Pooled values of per-frame numbers that are good when they are high; empty when there are none.

    harmonic_mean is libvmaf's: 1 / mean(1 / (v + 1)) - 1. Percentiles (the 50th is the median) interpolate linearly
    between ranks (Hyndman & Fan type 7, numpy's default). Numbers that are not finite are left out.
    """
    return _pool(filter(math.isfinite, values), arithmetic_mean, HIGHER.known)


def _pool(values: Iterable[float], mean: Mean, names: Sequence[str]) -> dict[str, float]:
    ordered = sorted(values)
    if not ordered:
        return {}
    makers: dict[str, Mean] = {
        "mean": mean,
        "harmonic_mean": _harmonic_mean,
        "median": lambda numbers: percentile(numbers, 50),
        "min": lambda numbers: numbers[0],
        "max": lambda numbers: numbers[-1],
    }
    pooled = {name: makers[name](ordered) if name in makers else percentile(ordered, int(name[1:])) for name in names}
    return {name: round(value, 6) for name, value in pooled.items() if not math.isnan(value)}


def _harmonic_mean(ordered: Sequence[float]) -> float:
    if ordered[0] <= -1:
        return math.nan
    total = math.fsum(1 / (value + 1) for value in ordered)
    return len(ordered) / total - 1 if total else math.inf


def percentile(ordered: Sequence[float], percent: float) -> float:
    """The linear-interpolation percentile of sorted numbers (Hyndman & Fan type 7)."""
    rank = (len(ordered) - 1) * percent / 100
    low = math.floor(rank)
    high = min(low + 1, len(ordered) - 1)
    if rank == low or ordered[low] == ordered[high]:  # infinity less infinity is no number
        return ordered[low]
    return ordered[low] + (ordered[high] - ordered[low]) * (rank - low)
