# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Reads scores that another program has written: which formats there are, and how each is known."""

import math
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Optional

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.features import Features, feature_keys
from cueffmpeg_gui.media.foreign import (
    csv_files,
    json_text,
    libvmaf_json,
    no_frames,
    quality_metrics,
    run_vmaf,
    stats_files,
    xml_files,
)
from cueffmpeg_gui.media.foreign.table import ForeignTable, is_cut
from cueffmpeg_gui.media.metrics import is_known
from cueffmpeg_gui.media.open_file import SCORES_DOCUMENT, read_limited
from cueffmpeg_gui.media.scores import Scores

# Some programs begin a file with a byte order mark, or with space.
ENCODING = "utf-8-sig"
UNKNOWN_MODEL = "unknown model"
NAMES = "libvmaf's or run_vmaf's JSON or XML, libvmaf's CSV, ffmpeg-quality-metrics, ffmpeg's psnr, ssim or xpsnr file"


@dataclass(frozen=True)
class TextFormat:
    """A format that is known by how its text begins."""

    fits: Callable[[str], bool]
    read: Callable[[str, str], ForeignTable]


@dataclass(frozen=True)
class JsonFormat:
    """A format that is known by what its JSON object holds."""

    fits: Callable[[Mapping[str, Any]], bool]
    read: Callable[[Mapping[str, Any]], ForeignTable]


def read_foreign(path: str) -> Scores:
    """Scores from another program's file; its first picture is frame 0. Raises InputRefused."""
    text = read_limited(path, SCORES_DOCUMENT).decode(ENCODING, "replace").lstrip()
    table = _table(text, path)
    if not table.rows:
        raise InputRefused(f"{path} holds no rows of scores.")
    metrics = _in_order(table)
    numbers = {frame: tuple(row.get(key, math.nan) for key in metrics) for frame, row in table.rows.items()}
    first, last, model = min(numbers), max(numbers), table.model or UNKNOWN_MODEL
    return Scores(os.path.basename(path), first, last, metrics, model, numbers, every=_every(sorted(numbers)))


def foreign_features(scores: Scores) -> Optional[Features]:
    """What another program's log says of the features; None when it says nothing."""
    keys = feature_keys(scores.metrics)
    places = [scores.metrics.index(key) for key in keys.values()]
    rows = {frame: tuple(row[place] for place in places) for frame, row in scores.rows.items()}
    return Features(tuple(keys), rows) if keys else None


def _table(text: str, path: str) -> ForeignTable:
    kind = next((one for one in TEXT_FORMATS if one.fits(text)), None)
    if kind is None:
        raise InputRefused(f"{path} holds no scores: it is {'empty' if not text else f'none of {NAMES}'}.")
    return kind.read(text, path)


def _read_json(text: str, path: str) -> ForeignTable:
    try:
        data = json_text.parse(text)
        kind = next((one for one in JSON_FORMATS if one.fits(data)), None)
        if kind is not None:
            return kind.read(data)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError):
        raise is_cut(path, "JSON of scores") from None
    raise no_frames.refusal(path, data)


def _read_number(text: str, path: str) -> ForeignTable:
    raise no_frames.refusal(path, {"score": float(text)})


def _in_order(table: ForeignTable) -> tuple[str, ...]:
    """The score before what it was made of: the first metric leads. Of several VMAF scores the file's first."""
    found = dict.fromkeys(key for row in table.rows.values() for key in row)
    return tuple(sorted(found, key=lambda key: (key != "vmaf", not _is_vmaf(key), not is_known(key))))


def _is_vmaf(key: str) -> bool:
    return key.startswith("vmaf") and "feature" not in key


def _every(frames: list[int]) -> int:
    """The step of a log that holds each n-th picture only; 1 where there is no such step."""
    steps = {later - earlier for earlier, later in zip(frames, frames[1:])}
    return steps.pop() if len(steps) == 1 else 1


JSON_FORMATS = (
    JsonFormat(libvmaf_json.fits, libvmaf_json.read),
    JsonFormat(run_vmaf.fits, run_vmaf.read),
    JsonFormat(quality_metrics.fits, quality_metrics.read),
)
TEXT_FORMATS = (
    TextFormat(lambda text: text.startswith("{"), _read_json),
    TextFormat(xml_files.fits, xml_files.read),
    TextFormat(csv_files.fits, csv_files.read),
    TextFormat(stats_files.fits, stats_files.read),
    TextFormat(no_frames.fits, _read_number),
)
