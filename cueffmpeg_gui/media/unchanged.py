# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Whether a clip still is what was compared."""

import os

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.facts import ClipFacts


def check_there(path: str, size: int) -> os.stat_result:
    """Raises InputRefused when a file is gone, or of another size than it was (0: not known)."""
    try:
        found = os.stat(path)
    except OSError as error:
        raise InputRefused(f"{path} cannot be shown: {error.strerror}; was it moved, or is it not made yet?") from None
    if size and found.st_size != size:
        raise InputRefused(
            f"{path} has changed since it was compared ({size} bytes then, {found.st_size} now); compare it again."
        )
    return found


def check_shape(clip: ClipFacts, width: int, height: int) -> None:
    """Raises InputRefused when a decoded picture, turned as it is shown, is of another size than the clip was."""
    if (width, height) != (clip.video.width, clip.video.height):
        raise InputRefused(
            f"{clip.path} has changed since it was compared: its pictures are {width}x{height}, not {clip.video.size}."
        )
