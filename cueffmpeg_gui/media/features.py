# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What the leading VMAF model measured, picture by picture: detail kept (vif, adm) and motion.

The document ("cueffmpeg.features/1") is a column a name, from its first frame on.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Optional

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.documents import json_bytes, read_json
from cueffmpeg_gui.media.frames import FrameRange, check_frames
from cueffmpeg_gui.media.open_file import SCORES_DOCUMENT

SCHEMA = "cueffmpeg.features/1"
# libvmaf's keys: integer_ or not, and behind them a model's options (integer_adm2_egl_1).
KEY = re.compile(r"(?:integer_)?(vif_scale[0-3]|adm2|adm_scale[0-3]|motion2)(?:_.+)?")
# How far a picture is from the one before, by libvmaf's versions; motion2 is the lesser of two and so shows no cut.
MOTION = ("VMAF_integer_feature_motion_sad_score", "integer_motion", "motion")


@dataclass(frozen=True)
class Features:
    """Rows (frame → one number a name, NaN where there is none).

    Names are libvmaf's, without what it puts around them: "vif_scale0", "adm2", "motion2".
    """

    names: tuple[str, ...] = ()
    rows: dict[int, tuple[float, ...]] = field(default_factory=dict)

    def renumbered(self, number_of: Callable[[int], int]) -> "Features":
        """The same with the number of each frame."""
        return Features(self.names, {number_of(frame): row for frame, row in self.rows.items()})


def feature_keys(keys: Iterable[str]) -> dict[str, str]:
    """Feature names and libvmaf's keys for them. Of several models' keys the first one's: the leading model's."""
    found: dict[str, str] = {}
    for key in keys:
        match = KEY.fullmatch(key)
        if match or key in MOTION:
            found.setdefault(match[1] if match else "motion", key)
    return {name: found[name] for name in sorted(found)}


def features_of(rows: Mapping[int, Mapping[str, float]], first: int = 0) -> Features:
    """The features in the rows of a libvmaf log, renumbered so that its frame 0 is `first`."""
    keys = feature_keys(key for row in list(rows.values())[:1] for key in row)
    table = {first + frame: tuple(row.get(key, math.nan) for key in keys.values()) for frame, row in rows.items()}
    return Features(tuple(keys), table if keys else {})


def features_bytes(features: Features, frames: FrameRange) -> bytes:
    """The document of these frames; null for a frame that was not measured."""
    none = (math.nan,) * len(features.names)
    rows = [features.rows.get(frame, none) for frame in range(frames.first, frames.last + 1)] if features.names else []
    columns = {name: [_finite(row[place]) for row in rows] for place, name in enumerate(features.names)}
    return json_bytes(SCHEMA, {"first": frames.first, "last": frames.last, "features": columns})


def read_features(path: str) -> Features:
    """Reads such a document; raises InputRefused in one sentence."""
    data = read_json(path, SCHEMA, SCORES_DOCUMENT)
    try:
        first, count = int(data["first"]), int(data["last"]) - int(data["first"]) + 1
        check_frames(first, first + count - 1, path)
        columns = {str(name): [_number(value) for value in column] for name, column in data["features"].items()}
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        columns, count = {"": []}, -1
    if any(len(column) != count for column in columns.values()):
        raise InputRefused(f"{path} is no whole features document.")
    return Features(tuple(columns), {first + place: row for place, row in enumerate(zip(*columns.values()))})


def merge_features(parts: Sequence[Features]) -> Features:
    """All rows of all parts; a part that lacks a name has NaN there."""
    names = tuple(dict.fromkeys(name for part in parts for name in part.names))
    rows = {}
    for part in parts:
        places = [part.names.index(name) if name in part.names else None for name in names]
        for frame, row in part.rows.items():
            rows[frame] = tuple(math.nan if place is None else row[place] for place in places)
    return Features(names, rows)


def _finite(value: float) -> Optional[float]:
    return value if math.isfinite(value) else None


def _number(value: Optional[float]) -> float:
    return math.nan if value is None else float(value)
