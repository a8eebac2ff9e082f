# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Which range of frames and scores a plot shows: all, what contains the curves, or what the user zoomed to."""

from __future__ import annotations

from typing import Any

import numpy as np

from cueffmpeg_gui.gui.curve.models.curve_model import CurveModel
from cueffmpeg_gui.gui.curve.models.metric_scale import Scale
from cueffmpeg_gui.gui.curve.models.series import Series

MARGIN = 0.04
LEAST_FRAMES = 8
LEAST_SHARE = 0.005


class ViewRange:
    """Zooms and pans a view box. When curves grow, a view of all frames grows with them; any other view stays."""

    def __init__(self, box: Any, model: CurveModel) -> None:
        self._box, self._model = box, model
        self.scale, self.second_scale = Scale(0.0, 1.0), Scale(0.0, 1.0)
        self._frames = (0.0, 1.0)
        self._shown = ("", "")
        self._keys: set[str] = set()
        self.mapping = (1.0, 0.0)

    def update(self) -> None:
        """Takes the limits of the current series; other encodes or another metric are shown as a whole."""
        is_whole_x, is_whole_y = self._is_whole(0, self._frames), self._is_whole(1, self._padded(self.scale))
        keys = {one.key for one in self._model.encodes}
        is_other, self._keys = not keys & self._keys, keys
        self._take_limits()
        shown = (self._model.options.metric, self._model.options.second)
        if is_whole_x or is_other:
            self.show_all_frames()
        if is_whole_y or is_other or shown != self._shown:
            self._shown = shown
            self.show_whole_scale()

    def show_all_frames(self) -> None:
        """Shows the first frame to the last."""
        self._box.setXRange(*self._frames, padding=0)

    def show_whole_scale(self) -> None:
        """Shows the lowest possible score of the metric to the highest."""
        self._show_scores(self._padded(self.scale), self.second_scale)

    def fit(self) -> None:
        """Shows all frames, and the range of their scores."""
        self.show_all_frames()
        self._show_scores(
            self._padded(_hull(self._visible_series("main"), self.scale)),
            _hull(self._visible_series("second"), self.second_scale),
        )

    def ensure_visible(self, frame: int) -> None:
        """Pans to a frame, unless it is in view."""
        left, right = self._box.viewRange()[0]
        if not left <= frame <= right:
            half = (right - left) / 2
            self._box.setXRange(frame - half, frame + half, padding=0)

    def _show_scores(self, view: tuple[float, float], second: Scale) -> None:
        low, high = self._padded(second)
        factor = (view[1] - view[0]) / (high - low)
        self.mapping = (factor, view[0] - low * factor)
        self._box.setYRange(*view, padding=0)

    def _take_limits(self) -> None:
        encodes = self._model.encodes
        first = min((one.first for one in encodes), default=0)
        last = max((one.last for one in encodes), default=1)
        self._frames = (first - 0.5, max(last + 0.5, first + LEAST_FRAMES / 2))
        self.scale = _union(self._visible_series("main"), Scale(0.0, 1.0))
        self.second_scale = _union(self._visible_series("second"), Scale(0.0, 1.0))
        low, high = self._padded(self.scale)
        self._box.setLimits(
            xMin=self._frames[0], xMax=self._frames[1], yMin=low, yMax=high,
            minXRange=min(LEAST_FRAMES, self._frames[1] - self._frames[0]), minYRange=(high - low) * LEAST_SHARE,
        )  # fmt: skip

    def _visible_series(self, which: str) -> list[Series]:
        return [series for one in self._model.visible if (series := getattr(one, which)) is not None]

    def _is_whole(self, axis: int, whole: tuple[float, float]) -> bool:
        return bool(np.allclose(self._box.viewRange()[axis], whole, rtol=0, atol=(whole[1] - whole[0]) * 1e-6))

    @staticmethod
    def _padded(scale: Scale) -> tuple[float, float]:
        margin = (scale.high - scale.low) * MARGIN
        return scale.low - margin, scale.high + margin


def _union(several: list[Series], empty: Scale) -> Scale:
    found = empty if not several else several[0].scale
    for series in several[1:]:
        found = found.widened(series.scale.low, series.scale.high)
    return found if found.high > found.low else Scale(found.low - 0.5, found.low + 0.5)


def _hull(several: list[Series], whole: Scale) -> Scale:
    known = [series for series in several if np.isfinite(series.lowest)]
    if not known:
        return whole
    low, high = min(series.lowest for series in known), max(series.highest for series in known)
    least = (whole.high - whole.low) * LEAST_SHARE * 4
    middle = (low + high) / 2
    return Scale(min(low, middle - least), max(high, middle + least))
