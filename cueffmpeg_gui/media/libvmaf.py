# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Reads the log of our own libvmaf run into a score table, trusting nothing: exit 0 proves nothing."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cueffmpeg_gui.errors import FrameFailed, InputRefused
from cueffmpeg_gui.media.cambi import with_plain_key
from cueffmpeg_gui.media.documents import load_json
from cueffmpeg_gui.media.features import Features, features_of
from cueffmpeg_gui.media.metrics import is_unbounded
from cueffmpeg_gui.media.open_file import OWN_LOG, SCORES_DOCUMENT, read_limited
from cueffmpeg_gui.media.rows import Row
from cueffmpeg_gui.media.xpsnr import read_xpsnr

Rows = dict[int, dict[str, float]]
# Some programs begin a file with a byte order mark, or with space.
ENCODING, SNIFFED = "utf-8-sig", 64


@dataclass(frozen=True)
class CompareLog:
    """What our own libvmaf run gave: a row a frame in the order of the metrics, and the features beside them.

    `version` is libvmaf's own word for itself.
    """

    rows: dict[int, Row]
    features: Features
    version: str = ""


def read_compare_log(
    path: str, metrics: tuple[str, ...], first: int, count: int, *, every: int = 1, beside: str = ""
) -> CompareLog:
    """Rows of our own libvmaf run, renumbered from `first`, in the order of `metrics`.

    `count` pictures were given, of which each `every`-th has its row; `beside` is the log of the xpsnr filter.
    Raises FrameFailed unless there is exactly one number for each, finite, or infinite where identical pictures are.
    """
    try:
        data = read_json_log(path, OWN_LOG)
        rows = {number: with_plain_key(row) for number, row in rows_of(data, path).items()}
        if beside:
            more = read_xpsnr(beside)
            rows = {number: {**row, **more.get(number, {})} for number, row in rows.items()}
    except (OSError, ValueError, InputRefused):
        raise FrameFailed("libvmaf left no readable log; the disk may be full, or a side had no pictures.") from None
    _check_rows(rows, metrics, count, every)
    table = {first + number: tuple(_number_of(row, key) for key in metrics) for number, row in rows.items()}
    bad = [frame for frame, row in table.items() if any(map(math.isnan, row))]
    if bad:
        raise FrameFailed(f"libvmaf gave no number for frame {bad[0]} and {len(bad) - 1} more.")
    return CompareLog(table, features_of(rows, first), str(data.get("version", "")))


def _check_rows(rows: Rows, metrics: tuple[str, ...], count: int, every: int) -> None:
    wanted = range(0, count, every)
    if len(rows) != len(wanted):
        raise FrameFailed(
            f"libvmaf scored {len(rows)} pictures where {len(wanted)} were asked for: an input ends early."
        )
    if sorted(rows) != list(wanted):
        raise FrameFailed(f"libvmaf left out pictures: it numbered {len(wanted)} of them up to {max(rows)}.")
    missing = [key for key in metrics if key not in rows[0]]
    if missing:
        raise FrameFailed(f"libvmaf gave no {', '.join(missing)}; this build does not know it.")


def _number_of(row: dict[str, float], key: str) -> float:
    """The number of a key; libvmaf writes null for +infinity, and so do we have none where that cannot be."""
    value = row.get(key, math.nan)
    if is_unbounded(key):
        return math.inf if key in row and math.isnan(value) else value
    return value if math.isfinite(value) else math.nan


def read_json_log(path: str, most: int = SCORES_DOCUMENT) -> dict[str, Any]:
    """A libvmaf JSON log; raises InputRefused when it is none, or not whole."""
    content = read_limited(path, most)
    try:
        data = load_json(content, ENCODING)
        if not isinstance(data["frames"], list):
            raise TypeError
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise InputRefused(f"{path} is no whole libvmaf JSON log; it may have been cut.") from None
    return dict(data)


def rows_of(data: Mapping[str, Any], path: str) -> Rows:
    """The rows by number; NaN for null, with which libvmaf writes what is no finite number."""
    try:
        return {
            int(frame["frameNum"]): {key: number_or_nan(value) for key, value in frame["metrics"].items()}
            for frame in data["frames"]
        }
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        raise InputRefused(f"{path} is no whole libvmaf JSON log; it may have been cut.") from None


def number_or_nan(value: Any) -> float:
    """A number of a JSON log; NaN for null."""
    return math.nan if value is None else float(value)
