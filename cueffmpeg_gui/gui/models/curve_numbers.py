# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Pooled values and verdicts of arrays, by the one function that pools everywhere."""

from __future__ import annotations

from typing import Optional

import numpy as np

from cueffmpeg_gui.gui.models.curve_encode import Encode
from cueffmpeg_gui.media.scores import pool
from cueffmpeg_gui.media.thresholds import Verdict, judge


def pooled_of(values: np.ndarray) -> dict[str, float]:
    """The pooled values of an array. Sorted before: numpy lets the window go on meanwhile, Python's sort does not."""
    return pool(np.sort(values[np.isfinite(values)]).tolist())


def verdict_on(encode: Encode, pooled: dict[str, dict[str, float]]) -> Optional[Verdict]:
    """What the encode's thresholds say; `pooled` by metric, those that are not in it are computed."""
    judged = {one.metric for one in encode.thresholds} & set(encode.columns)
    values = {metric: pooled.get(metric) or pooled_of(encode.columns[metric]) for metric in judged}
    is_complete = encode.is_complete and all(bool(np.isfinite(encode.columns[metric]).all()) for metric in judged)
    return judge(encode.thresholds, values, encode.vmaf_model, is_complete)
