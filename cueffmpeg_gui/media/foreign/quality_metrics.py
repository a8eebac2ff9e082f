# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""ffmpeg-quality-metrics: JSON with a list a metric, CSV with a column a number; pictures count from 1 ("n").

{"vmaf": [{"vmaf": 80.1, …, "n": 1}, …], "psnr": [{"n": 1, "mse_avg": …, "psnr_avg": …}, …], "global": {…}, …}
"""

from collections.abc import Iterable, Mapping
from typing import Any

from cueffmpeg_gui.media.foreign.table import ForeignTable, Rows, number_of

METRICS = ("vmaf", "psnr", "ssim", "vif", "msad")
# Columns of the CSV that are no numbers.
NAMES = ("input_file_dist", "input_file_ref")
# Its short names of other metrics' parts, which mean nothing by themselves.
BARE = ("vif", "msad")


def fits(data: Mapping[str, Any]) -> bool:
    """Whether a JSON object is such a result."""
    return "input_file_dist" in data and any(isinstance(data.get(name), list) for name in METRICS)


def read(data: Mapping[str, Any]) -> ForeignTable:
    """The table; raises ValueError, KeyError or TypeError where the result is not whole."""
    rows: Rows = {}
    for metric in METRICS:
        for entry in data.get(metric, ()):
            row = rows.setdefault(int(entry["n"]) - 1, {})
            for key, value in entry.items():
                if key != "n":
                    row.setdefault(f"{metric}_{key}" if metric in BARE else key, number_of(value))
    return ForeignTable(rows)


def read_lines(lines: Iterable[Mapping[str, str]]) -> ForeignTable:
    """The table of the CSV's lines by column."""
    return ForeignTable(
        {
            int(line["n"]) - 1: {key: number_of(v) for key, v in line.items() if key != "n" and key not in NAMES}
            for line in lines
        }
    )
