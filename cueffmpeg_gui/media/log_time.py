# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The time that an rqd may put before each line of a log: "[12:34:56] "."""

import re

DIGITS = b"0123456789"
# A line that is empty but for its time may have lost the space behind it.
TIME = re.compile(rb"\[\d\d:\d\d:\d\d\] ?")
TEXT_TIME = re.compile(TIME.pattern.decode())
TIME_LENGTH, MARKS = len("[12:34:56] "), ((0, b"["), (3, b":"), (6, b":"), (9, b"]"), (10, b" "))


def without_time(line: bytes) -> bytes:
    """The line as the frame wrote it."""
    found = TIME.match(line)
    return line[found.end() :] if found else line


def text_without_time(line: str) -> str:
    """The line as the frame wrote it, of a log that is text already."""
    found = TEXT_TIME.match(line)
    return line[found.end() :] if found else line


def are_times(text: bytes, count: int) -> bool:
    """Whether the text is so many times one after the other; quick, for times by the thousand."""
    if len(text) != count * TIME_LENGTH or any(text[place::TIME_LENGTH] != mark * count for place, mark in MARKS):
        return False
    return len(text.translate(None, DIGITS)) == count * len(MARKS)
