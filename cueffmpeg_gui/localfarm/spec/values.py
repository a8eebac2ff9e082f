# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Single values of a job spec, read and clamped as Cuebot does (its JobSpec and Java's number parsers)."""

from __future__ import annotations

import re

from cueffmpeg_gui.localfarm.refusals import SpecRefused

GB = 1024 * 1024  # in KB, as all memory here
MIN_MEMORY = 262144
MIN_CORES, DEFAULT_CORES, MAX_CORES = 10, 100, 2400  # core points: a hundredth of a core

# Python refuses to read thousands of digits, Java does not; no value here has so many.
_INTEGER = re.compile(r"[+-]?[0-9]{1,1000}")
_DECIMAL = re.compile(r"\s*[+-]?([0-9]{1,1000}\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?[fFdD]?\s*")
_MAX_INT, _MAX_LONG = 2**31 - 1, 2**63 - 1
_YES = frozenset({"true", "yes", "1", "on"})


def read_integer(text: str, bits: int = 32) -> int:
    """A Java int (or long). Raises SpecRefused with Java's own words."""
    limit = 2 ** (bits - 1)
    if not _INTEGER.fullmatch(text) or not -limit <= int(text) < limit:
        raise SpecRefused(f'For input string: "{text}"')
    return int(text)


def read_decimal(text: str) -> float:
    """A Java double. Raises SpecRefused with Java's own words."""
    if not _DECIMAL.fullmatch(text):
        raise SpecRefused(f'For input string: "{text}"' if text.strip() else "empty String")
    return float(text.strip().rstrip("fFdD"))


def read_bool(text: str | None) -> bool:
    return text is not None and text.lower() in _YES


def read_memory(text: str) -> int:
    """KB of "512m", "2g" or "2" (GB); at least 262144. A fraction of a GB is refused, more than 50 GB is kept."""
    text = text.lower()
    if "m" in text:
        amount = _whole(read_decimal(text[: text.rindex("m")]) * 1024, _MAX_LONG)
    else:
        amount = read_integer(text[: text.rindex("g")] if "g" in text else text, bits=64) * GB
    return min(max(amount, MIN_MEMORY), _MAX_LONG)


def read_cores(text: str) -> int:
    """Core points of "2.0" (cores) or "200" (points): too few become one core, too many 24; negative ones stay."""
    rounding = -0.5 if "-" in text else 0.5
    points = _whole(read_decimal(text) * 100 + rounding, _MAX_INT) if "." in text else read_integer(text)
    if 0 < points < MIN_CORES:
        return DEFAULT_CORES
    return min(points, MAX_CORES)


def _whole(value: float, limit: int) -> int:
    """Java's cast of a double to a whole number: what is too large becomes the largest there is."""
    return int(value) if abs(value) < limit else (limit if value > 0 else -limit)


def read_retries(text: str) -> int:
    """Retries a job may ask for: 0 or 1, whatever it says."""
    return max(0, min(1, read_integer(text)))
