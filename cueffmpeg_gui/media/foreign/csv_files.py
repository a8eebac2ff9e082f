# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""CSV of libvmaf and of ffmpeg-quality-metrics, told apart by the first column."""

import csv
from collections.abc import Callable, Mapping, Sequence

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.documents import check_values
from cueffmpeg_gui.media.foreign import quality_metrics
from cueffmpeg_gui.media.foreign.table import ForeignTable, is_cut, number_of

# What libvmaf before 2.0 wrote beside the numbers.
NO_SCORES = ("Width", "Height")
Line = Mapping[str, str]


def fits(text: str) -> bool:
    """Whether a text begins with the head of such a file."""
    return text.partition(",")[0] in READERS


def read(text: str, path: str) -> ForeignTable:
    """The table; raises InputRefused."""
    try:
        check_values(text.encode(), (b",", b"\n"))
        head, *lines = filter(None, csv.reader(text.splitlines()))
    except (ValueError, csv.Error):
        raise InputRefused(f"{path} is no CSV of scores.") from None
    # libvmaf ends every line with a comma, so one that is cut in its last number is a shorter one.
    if not text.endswith("\n") or any(len(line) != len(head) for line in lines):
        raise is_cut(path, "CSV of scores")
    try:
        return READERS[head[0]]([dict(zip(head, line)) for line in lines])
    except (ValueError, KeyError):
        raise InputRefused(f"{path} is no CSV of scores: it has something else than numbers.") from None


def _libvmaf(lines: Sequence[Line]) -> ForeignTable:
    left_out = ("Frame", "", *NO_SCORES)
    return ForeignTable(
        {int(line["Frame"]): {k: number_of(v) for k, v in line.items() if k not in left_out} for line in lines}
    )


READERS: dict[str, Callable[[Sequence[Line]], ForeignTable]] = {"Frame": _libvmaf, "n": quality_metrics.read_lines}
