# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The one way to open what somebody else may have written: a regular file, no larger than its kind ever is.

A pipe would be waited for, a device may never end, and a file of holes is as large as it likes.
"""

import os
import stat
from typing import BinaryIO

from cueffmpeg_gui.errors import InputRefused, quoted

MEGABYTE = 1 << 20
# Settings, presets, notes; a job with its commands; scores of a film of four hours.
SMALL_DOCUMENT, JOB_DOCUMENT, SCORES_DOCUMENT = MEGABYTE, 64 * MEGABYTE, 256 * MEGABYTE
# What our own ffmpeg has just written beside us.
OWN_LOG = 4096 * MEGABYTE


def open_regular(path: str) -> BinaryIO:
    """Opens a regular file for reading; raises InputRefused for anything else, and OSError where there is nothing."""
    _check_regular(path, os.stat(path))
    # It may have become a pipe since.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    file = os.fdopen(handle, "rb")
    try:
        _check_regular(path, os.fstat(handle))
    except BaseException:
        file.close()
        raise
    return file


def read_limited(path: str, most: int) -> bytes:
    """The content of a regular file of at most so many bytes; raises InputRefused in one sentence."""
    try:
        with open_regular(path) as file:
            size = os.fstat(file.fileno()).st_size
            content = file.read(most + 1) if size <= most else b""
    except OSError as error:
        raise InputRefused(f"{path} cannot be read: {error.strerror}.") from None
    except ValueError:
        raise InputRefused(f"{quoted(path)} is no path that this system can open.") from None
    if max(size, len(content)) > most:
        raise InputRefused(f"{path} is too large: {size:,} bytes, where such a file has {most:,} at most.")
    return content


def _check_regular(path: str, found: os.stat_result) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise InputRefused(f"{path} cannot be read: it is a folder.")
    if not stat.S_ISREG(found.st_mode):
        raise InputRefused(f"{path} cannot be read: it is no regular file.")
