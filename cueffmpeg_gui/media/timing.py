# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Exact time: rates as fractions, timescales, timecode. Floats never carry a rate."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Optional

from cueffmpeg_gui.errors import InputRefused, quoted

STANDARD_RATES = tuple(
    Fraction(rate)
    for rate in (
        "12", "15", "24000/1001", "24", "25", "30000/1001", "30", "48000/1001", "48", "50",
        "60000/1001", "60", "100", "120000/1001", "120",
    )
)  # fmt: skip
SNAP = Fraction(1, 2000)
MINIMUM_TIMESCALE = 1000
TIMECODE = re.compile(r"([01]\d|2[0-3]):([0-5]\d):([0-5]\d)([:;.,])(\d{2,3})", re.ASCII)
DROP_FRAME_RATES = (Fraction(30000, 1001), Fraction(60000, 1001))


def parse_rate(text: str) -> Fraction:
    """ "24000/1001", "23.976" or "24" as a fraction; a decimal snaps to the standard rate it abbreviates.

    Raises InputRefused for anything that is no positive number up to 1000.
    """
    try:
        rate = Fraction(text.strip())
    except (ValueError, ZeroDivisionError):
        raise InputRefused(f"{quoted(text)} is no frame rate; write 24, 23.976 or 24000/1001.") from None
    if not 0 < rate <= MINIMUM_TIMESCALE:
        raise InputRefused(f"A frame rate of {text} is out of range; it must be above 0 and at most 1000.")
    return snap_rate(rate)


def snap_rate(rate: Fraction) -> Fraction:
    """The standard rate within 0.05 %, else the rate itself (containers with coarse clocks only come close)."""
    for standard in STANDARD_RATES:
        if abs(rate - standard) <= standard * SNAP:
            return standard
    return rate.limit_denominator(100000)


def timescale(rate: Fraction) -> int:
    """Ticks a second in which one frame is a whole number of ticks: 24000 for 24 and for 24000/1001."""
    numerator = rate.numerator
    return numerator if numerator >= MINIMUM_TIMESCALE else numerator * 1000


def ticks_per_frame(rate: Fraction) -> int:
    """Length of one frame in ticks of timescale(rate)."""
    return int(timescale(rate) / rate)


def is_constant(times: Sequence[int], time_base: Fraction, rate: Fraction) -> bool:
    """Whether sorted time stamps (ticks of `time_base` seconds) step by 1/rate.

    A step may be off by one tick, as rounding to a coarse clock makes it, but never by a quarter of a frame.
    """
    step = 1 / (rate * time_base)
    tolerance = min(Fraction(1), step / 4)
    return all(abs(later - earlier - step) <= tolerance for earlier, later in zip(times, times[1:]))


def nominal_rate(rate: Fraction) -> int:
    """Frames counted in one second of timecode (30 for 29.97)."""
    return int(rate + Fraction(1, 2))


def check_timecode(text: str, rate: Fraction) -> str:
    """The timecode as ffmpeg writes it (";" before the frames of drop-frame).

    Raises InputRefused when it is none, when its frames do not fit the rate, when it is a number that drop-frame
    leaves out, or when it is drop-frame at a rate that has none (SMPTE ST 12-1: only 29.97 and 59.94 have).
    """
    match = TIMECODE.fullmatch(text)
    if not match:
        raise InputRefused(f"{quoted(text)} is no timecode; write 01:00:00:00, or 01:00:00;00 for drop-frame.")
    drop = match.group(4) != ":"
    if drop and rate not in DROP_FRAME_RATES:
        raise InputRefused(f"Timecode {text} is drop-frame, which {rate} frames a second do not have; use ':'.")
    minutes, seconds, frames = (int(match.group(part)) for part in (2, 3, 5))
    if frames >= nominal_rate(rate):
        raise InputRefused(f"Timecode {text} counts past {nominal_rate(rate)} frames a second.")
    if drop and minutes % 10 and seconds == 0 and frames < nominal_rate(rate) // 15:
        raise InputRefused(f"Timecode {text} is one of those that drop-frame leaves out.")
    return text[:8] + (";" if drop else ":") + text[9:]


def frames_of_timecode(text: str, rate: Fraction) -> int:
    """Frames since midnight. Drop-frame skips two numbers (four at 59.94) each minute but every tenth (ST 12-1)."""
    hours, minutes, seconds, frames = (int(part) for part in re.split("[:;.,]", check_timecode(text, rate)))
    fps = nominal_rate(rate)
    total_minutes = hours * 60 + minutes
    count = (total_minutes * 60 + seconds) * fps + frames
    if ";" in text:
        count -= fps // 15 * (total_minutes - total_minutes // 10)
    return count


def timecode_of_frames(count: int, rate: Fraction, drop: bool = False) -> str:
    """The inverse of frames_of_timecode, wrapping at 24 hours."""
    fps = nominal_rate(rate)
    if drop:
        count = _undropped(count, fps)
    count %= 24 * 3600 * fps
    seconds, frames = divmod(count, fps)
    mark = ";" if drop else ":"
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{mark}{frames:02d}"


def _undropped(count: int, fps: int) -> int:
    skipped = fps // 15
    per_minute = fps * 60 - skipped
    tens, rest = divmod(count, per_minute * 10 + skipped)
    minutes = max(0, (rest - skipped) // per_minute) if rest >= fps * 60 else 0
    return count + skipped * (9 * tens + minutes)


def advance_timecode(text: Optional[str], frames: int, rate: Fraction) -> Optional[str]:
    """A start timecode moved on by some frames; None stays None."""
    if text is None or frames == 0:
        return text
    return timecode_of_frames(frames_of_timecode(text, rate) + frames, rate, drop=";" in text)


def format_seconds(seconds: float) -> str:
    """Minutes and seconds for an ETA, "1:05"; hours only when there are any."""
    whole = max(0, round(seconds))
    if whole >= 3600:
        return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"
    return f"{whole // 60}:{whole % 60:02d}"
