# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Reads what ffmpeg's xpsnr filter says of each picture, printed by its metadata filter.

A block a picture: ``frame:0 pts:0 pts_time:0``, then ``lavfi.xpsnr.xpsnr.y=35.406174`` and those of u and v; "inf"
where a plane is identical.
"""

import re

from cueffmpeg_gui.media.metrics import XPSNR

BLOCK = re.compile(r"frame:(\d+)\s")
VALUE = re.compile(r"lavfi\.xpsnr\.xpsnr\.([yuv])=(\S+)")


def read_xpsnr(path: str) -> dict[int, dict[str, float]]:
    """Rows by number from 0, by the keys of the metric. Raises OSError; a line that is none of these is passed over."""
    rows: dict[int, dict[str, float]] = {}
    row: dict[str, float] = {}
    with open(path, encoding="ascii", errors="replace") as file:
        for line in file:
            begun, value = BLOCK.match(line), VALUE.match(line)
            if begun:
                row = rows.setdefault(int(begun[1]), {})
            elif value and f"xpsnr_{value[1]}" in XPSNR.keys:
                row[f"xpsnr_{value[1]}"] = float(value[2])
    return rows
