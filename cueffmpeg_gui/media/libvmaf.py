# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Reads libvmaf's own logs (JSON, XML, CSV) into score tables, trusting nothing: exit 0 proves nothing."""

import csv
import math
import os
from dataclasses import dataclass
from typing import Optional
from xml.etree import ElementTree

from cueffmpeg_gui.errors import FrameFailed, InputRefused
from cueffmpeg_gui.media.documents import load_json
from cueffmpeg_gui.media.features import Features, feature_keys, features_of
from cueffmpeg_gui.media.metrics import is_known
from cueffmpeg_gui.media.rows import Row
from cueffmpeg_gui.media.scores import Scores

Rows = dict[int, dict[str, float]]
# Some programs begin a file with a byte order mark, or with space.
ENCODING, SNIFFED = "utf-8-sig", 64


@dataclass(frozen=True)
class CompareLog:
    """What our own libvmaf run gave: a row a frame in the order of the metrics, and the features beside them."""

    rows: dict[int, Row]
    features: Features


def read_compare_log(path: str, metrics: tuple[str, ...], first: int, count: int) -> CompareLog:
    """Rows of our own libvmaf run, renumbered from `first`, in the order of `metrics`.

    Raises FrameFailed unless there is exactly one finite row for each of `count` pictures.
    """
    try:
        rows = _read_json(path)
    except (OSError, InputRefused):
        raise FrameFailed("libvmaf left no readable log; the disk may be full, or a side had no pictures.") from None
    if len(rows) != count:
        raise FrameFailed(f"libvmaf scored {len(rows)} pictures where {count} were asked for: an input ends early.")
    if sorted(rows) != list(range(count)):
        raise FrameFailed(f"libvmaf left out pictures: it numbered {count} of them up to {max(rows)}.")
    missing = [key for key in metrics if key not in rows[0]]
    if missing:
        raise FrameFailed(f"libvmaf gave no {', '.join(missing)}; this build does not know it.")
    table = {first + number: tuple(row.get(key, math.nan) for key in metrics) for number, row in rows.items()}
    bad = [frame for frame, row in table.items() if not all(map(math.isfinite, row))]
    if bad:
        raise FrameFailed(f"libvmaf gave no number for frame {bad[0]} and {len(bad) - 1} more.")
    return CompareLog(table, features_of(rows, first))


def read_foreign(path: str) -> Scores:
    """Scores from another program's libvmaf log; frames count from 0 as it does. Raises InputRefused."""
    readers = {"{": _read_json, "<": _read_xml, "F": _read_csv}
    try:
        with open(path, encoding=ENCODING, errors="replace") as file:
            start = file.read(SNIFFED).lstrip()[:1]
    except OSError as error:
        raise InputRefused(f"{path} cannot be read: {error.strerror}.") from None
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


def _read_json(path: str) -> Rows:
    try:
        with open(path, encoding=ENCODING) as file:
            data = load_json(file)
        return {
            int(frame["frameNum"]): {key: float(value) for key, value in frame["metrics"].items()}
            for frame in data["frames"]
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise InputRefused(f"{path} is no whole libvmaf JSON log; it may have been cut.") from None


def _read_xml(path: str) -> Rows:
    try:
        root = ElementTree.parse(path).getroot()
        return {
            int(frame.attrib["frameNum"]): {k: float(v) for k, v in frame.attrib.items() if k != "frameNum"}
            for frame in root.iter("frame")
        }
    except (ElementTree.ParseError, ValueError, KeyError):
        raise InputRefused(f"{path} is no whole libvmaf XML log; it may have been cut.") from None


def _read_csv(path: str) -> Rows:
    with open(path, encoding=ENCODING, errors="replace", newline="") as file:
        text = file.read()
    head, *lines = csv.reader(text.lstrip().splitlines())
    # A comma ends every line of libvmaf's, so a line cut in its last number is a shorter one.
    if not text.endswith("\n") or any(len(line) != len(head) for line in lines):
        raise InputRefused(f"{path} is no whole libvmaf CSV log; it may have been cut.")
    try:
        return {int(line[0]): {name: float(value) for name, value in zip(head[1:], line[1:]) if name} for line in lines}
    except ValueError:
        raise InputRefused(f"{path} is no libvmaf CSV log.") from None
