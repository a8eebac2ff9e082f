# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Reads a block of score records at once, in loops that run in C, when each of its lines is a whole record.

It refuses a block at the slightest doubt; then each line is looked at by itself. It never takes what a careful
reader would not.
"""

import struct
import zlib
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Optional

from cueffmpeg_gui.media.rows import Row

DIGITS = b"0123456789"
ZEROS = bytes.maketrans(DIGITS, b"0" * len(DIGITS))
# "[12:34:56] " before a line; " *7c1f02aa" behind it.
TIME, TIME_MARKS = 11, ((0, b"["), (3, b":"), (6, b":"), (9, b"]"), (10, b" "))
CHECK = 10
TIMED, CHECKED = itemgetter(slice(None, TIME)), itemgetter(slice(-CHECK, None))
BODY, TIMED_BODY = itemgetter(slice(None, -CHECK)), itemgetter(slice(TIME, -CHECK))


def read_block(lines: Sequence[bytes], metrics: int) -> Optional[tuple[list[int], Iterable[Row]]]:
    """The frames and the rows of records with so many metrics; None unless every line is one and passes its check.

    All of the lines may begin with a time, or none of them.
    """
    timed = lines[0].startswith(b"[")
    if timed and not _are_times(b"".join(map(TIMED, lines)), len(lines)):
        return None
    bodies = list(map(TIMED_BODY if timed else BODY, lines))
    text = b"\n".join(bodies)
    if b"".join(map(CHECKED, lines)) != _checks_of(bodies) or not _is_table(text, len(lines), metrics):
        return None
    words, step = text.split(), metrics + 2
    try:
        frames = list(map(int, words[1::step]))
    except ValueError:  # a line without a frame, or with a number of thousands of digits
        return None
    return frames, zip(*[map(float, words[place::step]) for place in range(2, step)])


def _is_table(text: bytes, count: int, metrics: int) -> bool:
    """Whether, digits apart, all lines are of one shape, with digits before each point and six behind it."""
    shape = b"s " + b" ." * metrics + b"\n"
    if text.translate(None, DIGITS) + b"\n" != shape * count:
        return False
    return text.translate(ZEROS).count(b"0.000000") == metrics * count


def _checks_of(bodies: Sequence[bytes]) -> bytes:
    """What stands behind each body, " *7c1f02aa", one after the other."""
    checks = struct.pack(f">{len(bodies)}I", *map(zlib.crc32, bodies)).hex("*", 4)
    return b" *" + checks.encode("ascii").replace(b"*", b" *")


def _are_times(text: bytes, count: int) -> bool:
    """Whether the text is so many times, with the marks at their places and digits everywhere else."""
    if len(text) != count * TIME or any(text[place::TIME] != mark * count for place, mark in TIME_MARKS):
        return False
    return len(text.translate(None, DIGITS)) == count * len(TIME_MARKS)
