# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""libvmaf's JSON log, as ffmpeg, `vmaf` and easyVmaf keep it; older ones name the model in "params".

{"version": …, "params": {"model": …}, "fps": …, "frames": [{"frameNum": 0, "metrics": {"vmaf": 95.1, …}}, …]}
"""

import math
from collections.abc import Mapping
from typing import Any

from cueffmpeg_gui.media.foreign.table import ForeignTable, model_of, number_of
from cueffmpeg_gui.media.metrics import is_unbounded


def fits(data: Mapping[str, Any]) -> bool:
    """Whether a JSON object is such a log."""
    frames = data.get("frames")
    return isinstance(frames, list) and all(isinstance(one, dict) and "metrics" in one for one in frames[:1])


def read(data: Mapping[str, Any]) -> ForeignTable:
    """The table; raises ValueError, KeyError, TypeError or AttributeError where the log is not whole."""
    params = data.get("params")
    rows = {
        int(frame["frameNum"]): {str(key): _number(key, value) for key, value in frame["metrics"].items()}
        for frame in data["frames"]
    }
    return ForeignTable(rows, model_of(params.get("model")) if isinstance(params, dict) else "")


def _number(key: str, value: Any) -> float:
    # libvmaf writes null for what is not finite; of these metrics that is what identical pictures have.
    return math.inf if value is None and is_unbounded(key) else number_of(value)
