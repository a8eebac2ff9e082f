# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Single values of a job spec, read and clamped as Cuebot does (its JobSpec and Java's number parsers)."""

from __future__ import annotations

import re

from cueffmpeg_gui.localfarm.refusals import AbsurdValue, SpecRefused

GB = 1024 * 1024  # in KB, as all memory here
MIN_MEMORY = 262144
MIN_CORES, DEFAULT_CORES, MAX_CORES = 10, 100, 2400  # core points: a hundredth of a core

# What nobody can have meant: more cores, in points, and memory, in KB, than all farms have together.
MOST_CORES, MOST_MEMORY = 100 * 1_000_000, 2**40
# Python refuses to read thousands of digits, Java does not; no value here has so many.
MOST_DIGITS = 1000
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?[fFdD]?\s*")
_ENDLESS = re.compile(r"\s*[+-]?(nan|inf|infinity)[fd]?\s*", re.IGNORECASE)
_YES = frozenset({"true", "yes", "1", "on"})


def read_integer(text: str, bits: int = 32) -> int:
    """A Java int (or long). Raises SpecRefused with Java's own words, AbsurdValue for what no such number holds."""
    limit = 2 ** (bits - 1)
    if _ENDLESS.fullmatch(text):
        raise AbsurdValue("is no finite number")
    if not _INTEGER.fullmatch(text):
        raise SpecRefused(f'For input string: "{text}"')
    digits = text.lstrip("+-0") or "0"
    if len(digits) > MOST_DIGITS or not -limit <= int(text) < limit:
        raise AbsurdValue(f"is beyond {limit - 1}")
    return int(text)


def read_decimal(text: str) -> float:
    """A Java double. Raises SpecRefused with Java's own words, AbsurdValue for what is not finite."""
    if _ENDLESS.fullmatch(text) or len(text) > MOST_DIGITS:
        raise AbsurdValue("is no finite number")
    if not _DECIMAL.fullmatch(text):
        raise SpecRefused(f'For input string: "{text}"' if text.strip() else "empty String")
    return float(text.strip().rstrip("fFdD"))


def read_bool(text: str | None) -> bool:
    return text is not None and text.lower() in _YES


def read_memory(text: str) -> int:
    """KB of "512m", "2g" or "2" (GB); at least 262144. A fraction of a GB is refused, more than 50 GB is kept."""
    text = text.lower()
    amount: float
    if "m" in text:
        amount = read_decimal(text[: text.rindex("m")]) * 1024
    else:
        amount = read_integer(text[: text.rindex("g")] if "g" in text else text, bits=64) * GB
    if abs(amount) > MOST_MEMORY:
        raise AbsurdValue(f"is more than {MOST_MEMORY // GB} GB")
    return max(int(amount), MIN_MEMORY)


def read_cores(text: str) -> int:
    """Core points of "2.0" (cores) or "200" (points): too few become one core, too many 24; negative ones stay."""
    rounding = -0.5 if "-" in text else 0.5
    points = read_decimal(text) * 100 + rounding if "." in text else read_integer(text)
    if abs(points) > MOST_CORES:
        raise AbsurdValue(f"is more than {MOST_CORES // 100} cores")
    if 0 < int(points) < MIN_CORES:
        return DEFAULT_CORES
    return min(int(points), MAX_CORES)


def read_retries(text: str) -> int:
    """Retries a job may ask for: 0 or 1, whatever it says."""
    return max(0, min(1, read_integer(text)))
