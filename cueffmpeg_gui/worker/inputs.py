# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Whether an input is still the file that was probed when the job was submitted."""

import os

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.facts import ClipFacts


def check_unchanged(what: str, clip: ClipFacts) -> None:
    """Raises InputRefused when the file is gone, unreadable, or of another size or time than at submit."""
    try:
        found = os.stat(clip.path)
        with open(clip.path, "rb"):
            pass
    except OSError as error:
        raise InputRefused(f"The {what} {clip.path} cannot be read on this host: {error.strerror}.") from None
    if not clip.bytes:
        return
    if (found.st_size, found.st_mtime_ns) != (clip.bytes, clip.modified):
        raise InputRefused(
            f"The {what} {clip.path} has changed since it was submitted ({clip.bytes} bytes then, "
            f"{found.st_size} now); submit it again."
        )
