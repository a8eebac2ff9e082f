# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What Netflix's Python scripts (run_vmaf, ffmpeg2vmaf) print with --out-fmt json or xml.

    {"executorId": "VMAF_V0.6.1", "asset": {…}, "frames": [{"frameNum": 0, "VMAF_score": 76.7,
    "VMAF_feature_adm2_score": 0.93, …}, …], "aggregate": {…}}

python/vmaf/core/result.py, Result.to_dict; with --ci the score is BOOTSTRAP_VMAF_score.
"""

from collections.abc import Mapping
from typing import Any

from cueffmpeg_gui.media.foreign.table import ForeignTable, number_of

ENDING = "_score"
NAMES = {
    "VMAF": "vmaf",
    "BOOTSTRAP_VMAF": "vmaf",
    "BOOTSTRAP_VMAF_bagging": "vmaf_bagging",
    "BOOTSTRAP_VMAF_stddev": "vmaf_stddev",
    "BOOTSTRAP_VMAF_ci95_low": "vmaf_ci_p95_lo",
    "BOOTSTRAP_VMAF_ci95_high": "vmaf_ci_p95_hi",
}


def fits(data: Mapping[str, Any]) -> bool:
    """Whether a JSON object is such a result."""
    frames = data.get("frames")
    return isinstance(frames, list) and any(
        isinstance(one, dict) and any(str(key).endswith(ENDING) for key in one) for one in frames[:1]
    )


def read(data: Mapping[str, Any]) -> ForeignTable:
    """The table; raises ValueError, KeyError or TypeError where the result is not whole."""
    rows = {int(frame["frameNum"]): renamed(frame) for frame in data["frames"]}
    return ForeignTable(rows, str(data.get("executorId", ""))[:100])


def renamed(frame: Mapping[str, Any]) -> dict[str, float]:
    """A frame's scores by libvmaf's names for them; lists (a number a model of an ensemble) are left out."""
    scores = {key: value for key, value in frame.items() if key != "frameNum" and not isinstance(value, list)}
    return {_name(key): number_of(value) for key, value in scores.items()}


def _name(key: str) -> str:
    bare = key[: -len(ENDING)] if key.endswith(ENDING) else key
    return NAMES.get(bare, bare.replace("VMAF_feature_", "", 1) if bare.startswith("VMAF_feature_") else bare)
