# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What a frame prints: plain ASCII lines, flushed one by one, because every rqd treats logs in its own harmful way."""

import os
import re
import signal
import stat
import sys
import time
from collections.abc import Callable

from cueffmpeg_gui.media.progress import Progress, progress_line

LINE_SECONDS = 1.0
CATCH_UP_SECONDS, LAST_LINE_SECONDS = 0.5, 0.2
LOCAL_FARM = "CUEFFMPEG_LOCAL_FARM"
CONTROLS = re.compile(r"[\x00-\x1f\x7f]")


def say(text: str) -> None:
    """Prints one line. Whatever is not printable ASCII is escaped: one bad byte stops a Rust rqd's log for good."""
    line = text.encode("ascii", "backslashreplace").decode("ascii")
    sys.stdout.write(CONTROLS.sub(lambda found: repr(found.group())[1:-1], line) + "\n")
    sys.stdout.flush()


def say_command(argv: list[str]) -> None:
    """Prints the exact command, quoted so that a shell would read it back; line breaks stay escapes."""
    say("+ " + " ".join(_quoted(word) for word in argv))


def progress_printer(layer: str, frames: str, total: int) -> Callable[[Progress], None]:
    """A listener that prints a progress line about once a second."""
    started = time.monotonic()
    printed = started

    def print_line(progress: Progress) -> None:
        nonlocal printed
        now = time.monotonic()
        if progress.frame and (now - printed >= LINE_SECONDS or progress.ended):
            printed = now
            say(progress_line(layer, frames, progress.frame, total, now - started))

    return print_line


def past_stopping() -> None:
    """From here on the work is done: a stop would only make a good frame look bad."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


def linger() -> None:
    """Stays alive until a Python rqd has read everything.

    It reads one line for each wake-up and stops reading when the process ends: the tail is lost unless there is a
    pause, a line on its own, and a pause. A log that is a file (Rust rqd), or read to its end (local farm), is whole.
    """
    sys.stdout.flush()
    if LOCAL_FARM in os.environ or stat.S_ISREG(os.fstat(1).st_mode):
        return
    time.sleep(CATCH_UP_SECONDS)
    say("")
    time.sleep(LAST_LINE_SECONDS)


def _quoted(word: str) -> str:
    if word and all(c.isalnum() or c in "@%+=:,./-_" for c in word) and word.isascii():
        return word
    if word.isprintable() and word.isascii():
        return "'" + word.replace("'", "'\"'\"'") + "'"
    # Raw bytes in a shell's $'...' words, so that any name can be pasted back.
    return "$'" + "".join(_escaped(byte) for byte in os.fsencode(word)) + "'"


def _escaped(byte: int) -> str:
    character = chr(byte)
    if character in "\\'":
        return "\\" + character
    return character if 32 <= byte < 127 else f"\\x{byte:02x}"
