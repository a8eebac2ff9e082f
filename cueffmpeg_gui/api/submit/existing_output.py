# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What becomes of a file that is at the output's name already, as the person chose; links and the like are let be."""

import os
import stat
from collections.abc import Container

from cueffmpeg_gui.errors import InputRefused, OutputTaken
from cueffmpeg_gui.jobs.spec import FileMark

REFUSE, NUMBER, REPLACE = "refuse", "number", "replace"
CHOICES = (REFUSE, NUMBER, REPLACE)
WAYS_OUT = "replace it (--replace), number the new one (--number), or name another file"


def settle_output(output: str, choice: str, busy: Container[str] = ()) -> str:
    """The output's path after the choice; `busy` are those that living jobs will write.

    Raises OutputTaken where the person has to choose, InputRefused for what is never replaced.
    """
    if choice not in CHOICES:
        raise InputRefused(f"existing is {choice!r}, but it must be one of {', '.join(CHOICES)}.")
    if choice == NUMBER:
        return _numbered(output, busy)
    if output in busy:
        raise OutputTaken(
            f"A job that is not done yet writes {output}",
            "wait for it, kill it, number the new one (--number), or name another file",
            can_replace=False,
        )
    if os.path.lexists(output):
        _check_replaceable(output)
        if choice == REFUSE:
            raise OutputTaken(f"The output {output} is there already", WAYS_OUT)
    return output


def mark_of(output: str) -> "FileMark | None":
    """The file that is at the output's name now, None without one."""
    try:
        found = os.lstat(output)
    except OSError:
        return None
    return FileMark(found.st_size, found.st_mtime_ns)


def _check_replaceable(output: str) -> None:
    found = os.lstat(output)
    if not stat.S_ISREG(found.st_mode):
        kind = "a link" if stat.S_ISLNK(found.st_mode) else "no ordinary file"
        raise InputRefused(f"The output {output} is {kind}, so it is not replaced; name another file.")
    if not found.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(output, os.W_OK):
        raise InputRefused(f"The output {output} is read-only, so it is not replaced; name another file.")


def _numbered(output: str, busy: Container[str]) -> str:
    stem, ending = os.path.splitext(output)
    number, candidate = 1, output
    while os.path.lexists(candidate) or candidate in busy:
        number += 1
        candidate = f"{stem}_{number}{ending}"
    return candidate
