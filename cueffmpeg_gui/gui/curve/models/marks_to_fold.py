# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Where the picture changes altogether, as far as motion tells: a frame that moved far more than its neighbours."""

from __future__ import annotations

import numpy as np

from cueffmpeg_gui.media.features import Features

MOTION = "motion"
REACH = 4
TIMES = 4.0
LEAST = 8.0


def marks_of(features: Features | None) -> tuple[int, ...]:
    """Frames whose motion is TIMES that of the frames around them (median of REACH each side), and at least LEAST."""
    if features is None or MOTION not in features.names:
        return ()
    column = features.names.index(MOTION)
    frames = sorted(features.rows)
    motion = np.array([features.rows[frame][column] for frame in frames])
    return tuple(frames[place] for place in _peaks(motion))


def _peaks(motion: np.ndarray) -> np.ndarray:
    if len(motion) <= 2 * REACH:
        return np.array([], dtype=int)
    padded = np.pad(motion, REACH, mode="reflect")
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * REACH + 1)
    usual = np.median(windows, axis=1)
    return np.flatnonzero((motion > TIMES * usual) & (motion >= LEAST))
