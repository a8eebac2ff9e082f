# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Reads many score records at once, in loops that run in C, where each line is a whole record: a million in a second.

A block is refused at the slightest doubt, halved, and in the end each line is looked at by itself; never is anything
taken that a careful reader would not take.
"""

import struct
import zlib
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Optional

from cueffmpeg_gui.media.log_time import TIME_LENGTH, are_times
from cueffmpeg_gui.media.rows import Row

# A block's pieces stay in the processor's cache.
BLOCK, SMALLEST = 256, 16
DIGITS = b"0123456789"
ZEROS = bytes.maketrans(DIGITS, b"0" * len(DIGITS))
# " *7c1f02aa" behind a line.
CHECK = 10
TIMED, CHECKED = itemgetter(slice(None, TIME_LENGTH)), itemgetter(slice(-CHECK, None))
BODY, TIMED_BODY = itemgetter(slice(None, -CHECK)), itemgetter(slice(TIME_LENGTH, -CHECK))


def by_blocks(
    lines: Sequence[bytes], quick: Callable[[Sequence[bytes]], bool], careful: Callable[[bytes], None]
) -> None:
    """Gives all lines, in order, to `quick` in blocks; one it refuses is halved until `careful` takes each line."""
    for start in range(0, len(lines), BLOCK):
        _take(lines[start : start + BLOCK], quick, careful)


def _take(block: Sequence[bytes], quick: Callable[[Sequence[bytes]], bool], careful: Callable[[bytes], None]) -> None:
    if quick(block):
        return
    if len(block) <= SMALLEST:
        for line in block:
            careful(line)
        return
    half = len(block) // 2
    _take(block[:half], quick, careful)
    _take(block[half:], quick, careful)


def read_block(lines: Sequence[bytes], metrics: int) -> Optional[tuple[list[int], Iterable[Row]]]:
    """The frames and the rows of records with so many metrics; None unless every line is one and passes its check.

    All of the lines may begin with a time, or none of them.
    """
    timed = lines[0].startswith(b"[")
    if timed and not are_times(b"".join(map(TIMED, lines)), len(lines)):
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
