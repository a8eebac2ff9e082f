# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""ffmpeg's -progress blocks, and the one line a second that people and front ends read."""

import math
import re
from dataclasses import dataclass, field
from typing import Optional

from cueffmpeg_gui.media.timing import format_seconds

PROGRESS_LINE = re.compile(r"[a-z_]+ -?\d+(?:--?\d+)?  +(?P<percent>\d+) %  (?P<rest>.*)")


@dataclass(frozen=True)
class Progress:
    """One block. `frame` counts pictures so far; `ended` is set by ffmpeg itself when it has finished."""

    frame: int = 0
    fps: float = 0.0
    out_time_us: int = 0
    total_size: int = 0
    dup_frames: int = 0
    drop_frames: int = 0
    ended: bool = False


@dataclass
class ProgressReader:
    """Turns lines of ``-progress pipe:1`` into Progress values."""

    _block: dict[str, str] = field(default_factory=dict)

    def feed(self, line: str) -> Optional[Progress]:
        """The block that this line completes, if it does."""
        key, mark, value = line.strip().partition("=")
        if not mark:
            return None
        self._block[key] = value.strip()
        if key != "progress":
            return None
        block, self._block = self._block, {}
        return Progress(
            frame=int(_number(block.get("frame"))),
            fps=_number(block.get("fps")),
            out_time_us=int(_number(block.get("out_time_us"))),
            total_size=int(_number(block.get("total_size"))),
            dup_frames=int(_number(block.get("dup_frames"))),
            drop_frames=int(_number(block.get("drop_frames"))),
            ended=block["progress"] == "end",
        )


def progress_line(layer: str, frames: str, done: int, total: int, seconds: float) -> str:
    """ "encode 1001-1100  62 %  48.1 fps  ETA 0:12": `done` of `total` pictures after `seconds` of work."""
    fps = done / seconds if seconds > 0 else 0.0
    eta = format_seconds((total - done) / fps) if fps > 0 else "-"
    return f"{layer} {frames}  {min(100, 100 * done // max(1, total))} %  {fps:.1f} fps  ETA {eta}"


def is_progress_line(text: str) -> bool:
    """Whether a line of a log is one that progress_line made."""
    return PROGRESS_LINE.match(text) is not None


def fraction_of(line: str) -> float:
    """The share of 0 … 1 that a progress line says; 0 for any other line."""
    found = PROGRESS_LINE.match(line)
    return int(found["percent"]) / 100 if found else 0.0


def pace_of(line: str) -> str:
    """What a progress line says behind the per cent, "48.1 fps  ETA 0:12"; any other line as it is."""
    found = PROGRESS_LINE.match(line)
    return found["rest"].strip() if found else line


def _number(text: Optional[str]) -> float:
    try:
        number = float(text or 0)
    except ValueError:
        return 0.0
    return number if math.isfinite(number) else 0.0
