# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What a curve view shows: encodes, the options, and the series drawn of them, which are computed in tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Optional

from qtpy.QtCore import QObject, Signal

from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.curve.models.encode import Encode
from cueffmpeg_gui.gui.curve.models.metric_scale import scale_of
from cueffmpeg_gui.gui.curve.models.series import Series, series_of
from cueffmpeg_gui.gui.curve.models.statistics import Low, low_frames, pooled_of, verdict_on, worst_of
from cueffmpeg_gui.media.metrics import is_lower_better
from cueffmpeg_gui.media.thresholds import Verdict

# The limit without thresholds: below it on VMAF's scale viewers begin to rate pictures as fair.
VMAF_LIMIT = 80.0
_numbers = count()


@dataclass(frozen=True)
class CurveOptions:
    """The metric, a second one on the right axis ("": none), frames averaged (1: none), and the limit of low scores."""

    metric: str = ""
    second: str = ""
    window: int = 1
    limit: Optional[float] = None


@dataclass(frozen=True, eq=False)
class DrawnCurve:
    """An encode with the series of both metrics (None: it lacks that metric) and statistics of the first.

    `low` counts frames beyond the limit (None: there is no limit); `worst` are frames, the worst first.
    """

    encode: Encode
    main: Optional[Series]
    second: Optional[Series]
    pooled: dict[str, float]
    low: Optional[Low]
    worst: tuple[int, ...]
    verdict: Optional[Verdict]


class CurveModel(QObject):
    """`changed` when `drawn` or what is visible of it changed; `options_changed` when the options did."""

    changed = Signal()
    options_changed = Signal()

    def __init__(self, tasks: Tasks, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self.encodes: tuple[Encode, ...] = ()
        self.drawn: tuple[DrawnCurve, ...] = ()
        self.options = CurveOptions()
        self.hidden: frozenset[str] = frozenset()
        self._tasks, self._key = tasks, f"curve.{next(_numbers)}"
        self._limits: dict[str, Optional[float]] = {}
        self._known: dict[tuple[Encode, CurveOptions], DrawnCurve] = {}

    @property
    def metrics(self) -> list[str]:
        """Every metric that some encode has."""
        return list(dict.fromkeys(metric for encode in self.encodes for metric in encode.columns))

    @property
    def visible(self) -> list[DrawnCurve]:
        """Those that are not hidden in the legend."""
        return [one for one in self.drawn if one.encode.key not in self.hidden]

    @property
    def is_settled(self) -> bool:
        """Whether `drawn` is up to date with encodes and options."""
        return set(self._known) == {(encode, self.options) for encode in self.encodes}

    def title(self, metric: str) -> str:
        """The title of a metric; where encodes differ in the VMAF model, all titles."""
        titles = dict.fromkeys(encode.title(metric) for encode in self.encodes if metric in encode.columns)
        return " and ".join(titles)

    def show(self, encodes: Sequence[Encode]) -> None:
        """Sets the encodes: other ones, or the same with more frames."""
        self.encodes = tuple(encodes)
        self.hidden &= {encode.key for encode in encodes}
        metrics = self.metrics
        metric = self.options.metric if self.options.metric in metrics else next(iter(metrics), "")
        second = self.options.second if self.options.second in metrics and self.options.second != metric else ""
        self._set_options(replace(self.options, metric=metric, second=second))

    def set_metric(self, metric: str) -> None:
        """Sets the metric on the left axis."""
        self._set_options(replace(self.options, metric=metric))

    def set_second(self, metric: str) -> None:
        """Sets the metric on the right axis; "" for none."""
        self._set_options(replace(self.options, second=metric))

    def set_window(self, frames: int) -> None:
        """Sets how many frames are averaged; 1 for no average."""
        self._set_options(replace(self.options, window=frames))

    def set_limit(self, limit: Optional[float]) -> None:
        """Sets the limit of low scores for the metric shown; None for none."""
        self._limits[self.options.metric] = limit
        self._set_options(self.options)

    def toggle(self, key: str) -> None:
        """Hides an encode, or shows it again."""
        self.hidden ^= {key}
        self.changed.emit()

    def _set_options(self, options: CurveOptions) -> None:
        metric = options.metric
        limit = self._limits[metric] if metric in self._limits else self._default_limit(metric)
        self.options = replace(options, limit=limit, second="" if options.second == metric else options.second)
        self._compute()
        self.options_changed.emit()

    def _default_limit(self, metric: str) -> Optional[float]:
        """The most lenient threshold of the metric, else VMAF_LIMIT on VMAF's scale."""
        limits = [one.limit for encode in self.encodes for one in encode.thresholds if one.metric == metric]
        if limits:
            return max(limits) if is_lower_better(metric) else min(limits)
        return VMAF_LIMIT if scale_of(metric, self.title(metric)).high == 100 else None

    def _compute(self) -> None:
        encodes, options, known = self.encodes, self.options, self._known
        self._tasks.run(
            lambda: {one: known.get((one, options)) or _drawn(one, options) for one in encodes},
            lambda drawn: self._take(drawn, options),
            key=self._key,
        )

    def _take(self, drawn: dict[Encode, DrawnCurve], options: CurveOptions) -> None:
        self.drawn = tuple(drawn.values())
        self._known = {(encode, options): one for encode, one in drawn.items()}
        self.changed.emit()


def _drawn(encode: Encode, options: CurveOptions) -> DrawnCurve:
    main = series_of(encode, options.metric, options.window, options.limit)
    return DrawnCurve(
        encode=encode,
        main=main,
        second=series_of(encode, options.second, options.window, None) if options.second else None,
        pooled=(pooled := pooled_of(encode.columns[options.metric], options.metric) if main else {}),
        low=low_frames(main, options.limit) if main and options.limit is not None else None,
        worst=worst_of(main) if main else (),
        verdict=verdict_on(encode, {options.metric: pooled}),
    )
