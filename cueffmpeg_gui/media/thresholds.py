# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Thresholds: what pooled scores must reach, and the verdict on those that are there."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Optional

from cueffmpeg_gui.errors import InputRefused, quoted
from cueffmpeg_gui.media.metrics import is_lower_better, metric_label
from cueffmpeg_gui.media.statistics import STATISTICS, sense_of

FORM = re.compile(
    r"(?:(?P<metric>\S{1,200})\.)?(?P<statistic>\w{1,40})\s*(?P<sign>>=|<=)\s*(?P<limit>-?\d{1,12}(?:\.\d{1,12})?)",
    re.ASCII,
)
PASS, FAIL, OPEN = "pass", "fail", "open"
MOST_DIGITS = 6


@dataclass(frozen=True)
class Threshold:
    """What one pooled value of a metric must reach: `limit` at least, or at most with `at_most`.

    Without `metric` the leading one is meant.
    """

    metric: str
    statistic: str
    limit: float
    at_most: bool = False

    def __str__(self) -> str:
        """As it stands in a preset: "vmaf.mean>=93"."""
        name = f"{self.metric}.{self.statistic}" if self.metric else self.statistic
        return f"{name}{'<=' if self.at_most else '>='}{_plain(self.limit)}"

    def is_met(self, value: float) -> bool:
        """Whether a pooled value reaches it."""
        return value <= self.limit if self.at_most else value >= self.limit


@dataclass(frozen=True)
class Judged:
    """A threshold beside the value it judges (None: there is none), and what the metric is called."""

    threshold: Threshold
    value: Optional[float]
    label: str

    @property
    def is_met(self) -> bool:
        """Whether the value is there and reaches the threshold."""
        return self.value is not None and self.threshold.is_met(self.value)

    @property
    def outcome(self) -> str:
        """ "pass", "fail", or "open" without a value."""
        return OPEN if self.value is None else PASS if self.is_met else FAIL

    @property
    def text(self) -> str:
        """ "mean 91.35 is below 93"."""
        statistic, limit = self.threshold.statistic, _plain(self.threshold.limit)
        if self.value is None:
            return f"{statistic} is not known"
        words = ("meets", "is above" if self.threshold.at_most else "is below")[not self.is_met]
        return f"{statistic} {_apart(self.value, self.threshold.limit)} {words} {limit}"


@dataclass(frozen=True)
class Verdict:
    """ "pass", "fail", or "open" while scores are missing; and every threshold beside its value.

    `faults` are sentences about the pair, for which its scores cannot pass whatever they are.
    """

    state: str
    judged: tuple[Judged, ...]
    faults: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The pair's faults, and what fell short, metric by metric.

        "VMAF v0.6.1 (0-100): mean 91.35 is below 93, p1 70.2 is below 80."
        """
        missed = [one for one in self.judged if not one.is_met]
        labels = dict.fromkeys(one.label for one in missed)
        sentences = (f"{label}: " + ", ".join(one.text for one in missed if one.label == label) for label in labels)
        return " ".join([*self.faults, *(["; ".join(sentences) + "."] if missed else [])])


def parse_threshold(text: str) -> Threshold:
    """ "vmaf.mean>=93", or "mean>=93" for the leading metric; raises ValueError saying what fits."""
    match = FORM.fullmatch(text.strip())
    if not match or match["statistic"] not in STATISTICS:
        raise ValueError(f"a list like mean>=93,psnr_y.p1>=30; there are {', '.join(STATISTICS)}")
    return Threshold(match["metric"] or "", match["statistic"], float(match["limit"]), match["sign"] == "<=")


def resolve_thresholds(texts: Sequence[str], metrics: Sequence[str], where: str) -> tuple[Threshold, ...]:
    """The thresholds with their metrics named; raises InputRefused when one is none, or can never be judged."""
    return tuple(_resolved(text, metrics, where) for text in texts)


def _resolved(text: str, metrics: Sequence[str], where: str) -> Threshold:
    try:
        threshold = parse_threshold(text)
    except ValueError as error:
        raise InputRefused(f"{where}: {quoted(text)} is no threshold; it must be {error}.") from None
    metric = threshold.metric or metrics[0]
    if metric not in metrics:
        raise InputRefused(
            f"{where}: the threshold {threshold} judges {metric}, but what is measured is {', '.join(metrics)}."
        )
    known = sense_of(metric).shown
    if threshold.statistic not in known:
        raise InputRefused(f"{where}: {metric} has no {threshold.statistic}; it is judged by {', '.join(known)}.")
    if is_lower_better(metric) != threshold.at_most:
        sense, sign = ("lower", "<=") if is_lower_better(metric) else ("higher", ">=")
        raise InputRefused(f"{where}: {metric} is better when it is {sense}, so write {threshold} with '{sign}'.")
    return replace(threshold, metric=metric)


def judge(
    thresholds: Sequence[Threshold],
    pooled: Mapping[str, Mapping[str, float]],
    vmaf_model: str,
    complete: bool,
    faults: tuple[str, ...] = (),
) -> Optional[Verdict]:
    """The verdict on pooled values by metric, and on the pair's faults; None when there is nothing to judge by."""
    if not thresholds:
        return None
    judged = tuple(
        Judged(one, pooled.get(one.metric, {}).get(one.statistic), metric_label(one.metric, vmaf_model))
        for one in thresholds
    )
    met = all(one.is_met for one in judged) and not faults
    return Verdict((PASS if met else FAIL) if complete else OPEN, judged, faults)


def _plain(limit: float) -> str:
    return f"{limit:.{MOST_DIGITS}f}".rstrip("0").rstrip(".")


def _apart(value: float, limit: float) -> str:
    """The value with two digits, or as many as distinguish it from the limit."""
    texts = (f"{value:.{digits}f}" for digits in range(2, MOST_DIGITS + 1))
    return next((text for text in texts if value == limit or float(text) != limit), f"{value:g}")
