# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What ffmpeg's filters psnr, ssim and xpsnr write (stats_file); pictures count from 1.

n:1 mse_avg:28.90 mse_y:33.76 … psnr_avg:33.52 psnr_y:32.85 psnr_u:35.54 psnr_v:inf
n:1 Y:0.952650 U:0.967885 V:0.985169 All:0.960552 (14.039)
n:    1  XPSNR y: 35.4062  XPSNR u: 37.7477  XPSNR v: 37.4866
"""

import re

from cueffmpeg_gui.media.foreign.table import ForeignTable, Rows, is_cut

LINE = re.compile(r"n: *(\d+)\s+(\S.*)")
VALUE = re.compile(r"([A-Za-z_]+(?: [yuvrgba])?): *(-?(?:\d+(?:\.\d+)?|inf|nan))")
SSIM = {name: f"ssim_{short}" for name, short in
        {**{letter: letter.lower() for letter in "YUVRGBA"}, "All": "avg"}.items()}  # fmt: skip
# Lines of such a file that are no picture's: the fields of version 2, the summary of xpsnr.
BESIDE = ("psnr_log_version:", "XPSNR average")


def fits(text: str) -> bool:
    """Whether a text begins as such a file does."""
    return text.startswith(("n:", BESIDE[0]))


def read(text: str, path: str) -> ForeignTable:
    """The table; raises InputRefused."""
    if not text.endswith("\n"):
        raise is_cut(path, "statistics file of ffmpeg")
    rows: Rows = {}
    for line in filter(str.strip, text.splitlines()):
        match = LINE.match(line)
        if match:
            rows[int(match[1]) - 1] = {_name(key): float(value) for key, value in VALUE.findall(match[2])}
        elif not line.startswith(BESIDE):
            raise is_cut(path, "statistics file of ffmpeg")
    return ForeignTable(rows)


def _name(key: str) -> str:
    return f"xpsnr_{key[-1]}" if key.startswith("XPSNR ") else SSIM.get(key, key)
