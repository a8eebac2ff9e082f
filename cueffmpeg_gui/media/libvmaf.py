# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Reads libvmaf's own logs (JSON, XML, CSV) into score tables, trusting nothing: exit 0 proves nothing."""

import csv
import math
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Optional
from xml.etree import ElementTree

from cueffmpeg_gui.errors import FrameFailed, InputRefused
from cueffmpeg_gui.media.cambi import with_plain_key
from cueffmpeg_gui.media.documents import check_values, load_json
from cueffmpeg_gui.media.features import Features, feature_keys, features_of
from cueffmpeg_gui.media.metrics import is_known, is_unbounded
from cueffmpeg_gui.media.open_file import OWN_LOG, SCORES_DOCUMENT, read_limited
from cueffmpeg_gui.media.rows import Row
from cueffmpeg_gui.media.scores import Scores
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


def read_foreign(path: str) -> Scores:
    """Scores from another program's libvmaf log; frames count from 0 as it does. Raises InputRefused."""
    readers = {"{": _read_json, "<": _read_xml, "F": _read_csv}
    start = read_limited(path, SCORES_DOCUMENT)[:SNIFFED].decode(ENCODING, "replace").lstrip()[:1]
    if start not in readers:
        raise InputRefused(f"{path} holds no scores: it is {'empty' if not start else 'no libvmaf JSON, XML or CSV'}.")
    rows = readers[start](path)
    if not rows:
        raise InputRefused(f"{path} holds no rows of scores.")
    # The score before what it was made of: the first metric leads.
    found = dict.fromkeys(key for row in rows.values() for key in row)
    metrics = tuple(sorted(found, key=lambda key: (key != "vmaf", not is_known(key))))
    numbers = {frame: tuple(row.get(key, math.nan) for key in metrics) for frame, row in rows.items()}
    return Scores(os.path.basename(path), min(rows), max(rows), metrics, "unknown model", numbers)


def foreign_features(scores: Scores) -> Optional[Features]:
    """What another program's log says of the features; None when it says nothing."""
    keys = feature_keys(scores.metrics)
    places = [scores.metrics.index(key) for key in keys.values()]
    rows = {frame: tuple(row[place] for place in places) for frame, row in scores.rows.items()}
    return Features(tuple(keys), rows) if keys else None


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


def _read_json(path: str) -> Rows:
    return rows_of(read_json_log(path), path)


def _read_xml(path: str) -> Rows:
    content = read_limited(path, SCORES_DOCUMENT)
    try:
        check_values(content, (b"<", b"="))
        root = ElementTree.fromstring(content)
        return {
            int(frame.attrib["frameNum"]): {k: float(v) for k, v in frame.attrib.items() if k != "frameNum"}
            for frame in root.iter("frame")
        }
    except (ElementTree.ParseError, ValueError, LookupError):
        raise InputRefused(f"{path} is no whole libvmaf XML log; it may have been cut.") from None


def _read_csv(path: str) -> Rows:
    content = read_limited(path, SCORES_DOCUMENT)
    text = content.decode(ENCODING, "replace")
    try:
        check_values(content, (b",", b"\n"))
        head, *lines = csv.reader(text.lstrip().splitlines())
    except (ValueError, csv.Error):
        raise InputRefused(f"{path} is no libvmaf CSV log.") from None
    # A comma ends every line of libvmaf's, so a line cut in its last number is a shorter one.
    if not text.endswith("\n") or any(len(line) != len(head) for line in lines):
        raise InputRefused(f"{path} is no whole libvmaf CSV log; it may have been cut.")
    try:
        return {int(line[0]): {name: float(value) for name, value in zip(head[1:], line[1:]) if name} for line in lines}
    except ValueError:
        raise InputRefused(f"{path} is no libvmaf CSV log.") from None
