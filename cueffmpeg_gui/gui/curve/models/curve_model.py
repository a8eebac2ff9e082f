# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What a curve view shows: encodes, what of them, and their shapes, which are computed in tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Optional

from qtpy.QtCore import QObject, Signal

from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.curve.models.encode import Encode
from cueffmpeg_gui.gui.curve.models.metric_scale import scale_of
from cueffmpeg_gui.gui.curve.models.series import Shape, shape_of
from cueffmpeg_gui.gui.curve.models.statistics import Low, low_frames, pooled_of, verdict_on, worst_of
from cueffmpeg_gui.media.metrics import is_lower_better
from cueffmpeg_gui.media.thresholds import Verdict

# Where nothing says what is low: on VMAF's scale viewers begin to call pictures fair below it.
VMAF_LIMIT = 80.0
_numbers = count()


@dataclass(frozen=True)
class Choice:
    """The metric, a second one on the right axis ("": none), frames averaged (1: none), and what counts as low."""

    metric: str = ""
    second: str = ""
    window: int = 1
    limit: Optional[float] = None


@dataclass(frozen=True, eq=False)
class Drawn:
    """An encode with the shapes of both metrics (None: it has not that metric) and what is said of the first.

    `low` counts what is beyond the limit (None: there is none), `worst` are frames, the worst first.
    """

    encode: Encode
    main: Optional[Shape]
    second: Optional[Shape]
    pooled: dict[str, float]
    low: Optional[Low]
    worst: tuple[int, ...]
    verdict: Optional[Verdict]


class CurveModel(QObject):
    """`changed` when there is something else to draw; `choice_changed` when something else is wanted."""

    changed = Signal()
    choice_changed = Signal()

    def __init__(self, tasks: Tasks, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self.encodes: tuple[Encode, ...] = ()
        self.drawn: tuple[Drawn, ...] = ()
        self.choice = Choice()
        self.hidden: frozenset[str] = frozenset()
        self._tasks, self._key = tasks, f"curve.{next(_numbers)}"
        self._limits: dict[str, Optional[float]] = {}
        self._known: dict[tuple[Encode, Choice], Drawn] = {}

    @property
    def metrics(self) -> list[str]:
        """Every metric that some encode has."""
        return list(dict.fromkeys(metric for encode in self.encodes for metric in encode.columns))

    @property
    def visible(self) -> list[Drawn]:
        """What is not hidden in the legend."""
        return [one for one in self.drawn if one.encode.key not in self.hidden]

    @property
    def is_settled(self) -> bool:
        """Whether what is drawn is what is there and what is wanted of it."""
        return set(self._known) == {(encode, self.choice) for encode in self.encodes}

    def title(self, metric: str) -> str:
        """What the metric is called; of several models all of them."""
        titles = dict.fromkeys(encode.title(metric) for encode in self.encodes if metric in encode.columns)
        return " and ".join(titles)

    def show(self, encodes: Sequence[Encode]) -> None:
        """Other encodes, or the same ones grown."""
        self.encodes = tuple(encodes)
        self.hidden &= {encode.key for encode in encodes}
        metrics = self.metrics
        metric = self.choice.metric if self.choice.metric in metrics else next(iter(metrics), "")
        second = self.choice.second if self.choice.second in metrics and self.choice.second != metric else ""
        self._choose(replace(self.choice, metric=metric, second=second))

    def choose(self, **values: object) -> None:
        """Another metric, second, window or limit."""
        if "limit" in values:
            self._limits[self.choice.metric] = values["limit"]
        self._choose(replace(self.choice, **values))

    def toggle(self, key: str) -> None:
        """Hides what is shown and shows what is hidden."""
        self.hidden ^= {key}
        self.changed.emit()

    def _choose(self, choice: Choice) -> None:
        metric = choice.metric
        limit = self._limits[metric] if metric in self._limits else self._usual_limit(metric)
        self.choice = replace(choice, limit=limit, second="" if choice.second == metric else choice.second)
        self._compute()
        self.choice_changed.emit()

    def _usual_limit(self, metric: str) -> Optional[float]:
        """The mildest threshold of the metric, else one that VMAF's scale is read by."""
        limits = [one.limit for encode in self.encodes for one in encode.thresholds if one.metric == metric]
        if limits:
            return max(limits) if is_lower_better(metric) else min(limits)
        return VMAF_LIMIT if scale_of(metric, self.title(metric)).high == 100 else None

    def _compute(self) -> None:
        encodes, choice, known = self.encodes, self.choice, self._known
        self._tasks.run(
            lambda: {one: known.get((one, choice)) or _drawn(one, choice) for one in encodes},
            lambda drawn: self._take(drawn, choice),
            key=self._key,
        )

    def _take(self, drawn: dict[Encode, Drawn], choice: Choice) -> None:
        self.drawn = tuple(drawn.values())
        self._known = {(encode, choice): one for encode, one in drawn.items()}
        self.changed.emit()


def _drawn(encode: Encode, choice: Choice) -> Drawn:
    main = shape_of(encode, choice.metric, choice.window, choice.limit)
    return Drawn(
        encode=encode,
        main=main,
        second=shape_of(encode, choice.second, choice.window, None) if choice.second else None,
        pooled=(pooled := pooled_of(encode.columns[choice.metric]) if main else {}),
        low=low_frames(main, choice.limit) if main and choice.limit is not None else None,
        worst=worst_of(main) if main else (),
        verdict=verdict_on(encode, {choice.metric: pooled}),
    )
