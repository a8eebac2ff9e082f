# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The one rule of whether files are still what they were when their facts were taken; and how it is said."""

import os
from collections.abc import Sequence

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.shown import stored_size


def files_of(clip: ClipFacts, frames: FrameRange) -> list[str]:
    """The files that hold these frames, in the clip's own numbers."""
    if clip.sequence is None:
        return [clip.path]
    return [clip.sequence.file(frame) for frame in range(frames.first, frames.last + 1)]


def is_same_file(found: os.stat_result, size: int, modified: int = 0) -> bool:
    """Whether a file has the size and the time it had; 0 stands for one that is not known.

    What has no size yet, an encode that is only planned, has no time either.
    """
    return not size or (found.st_size == size and modified in (0, found.st_mtime_ns))


def is_same_clip(clip: ClipFacts, found: Sequence[os.stat_result]) -> bool:
    """Whether a clip's files, or those pictures of a sequence that are looked at, are as they were.

    Of a sequence only the newest time is known: no picture may be newer.
    """
    if clip.sequence is None:
        return is_same_file(found[0], clip.bytes, clip.modified)
    size = clip.sequence.file_bytes
    return all(is_same_file(one, size) and one.st_mtime_ns <= clip.modified for one in found)


def moved(what: str = "it") -> str:
    """Why a file may be gone, as the end of a sentence."""
    return f"{what} was moved, or its storage is not mounted here."


def no_longer_there(path: str) -> InputRefused:
    """What is raised for a path that was named, and is not there."""
    return InputRefused(f"There is no {path}: {moved()}")


def check_there(path: str, size: int) -> os.stat_result:
    """Raises InputRefused when a file to be shown is gone, or of another size than it was (0: not known)."""
    try:
        found = os.stat(path)
    except OSError as error:
        raise InputRefused(f"{path} cannot be shown: {error.strerror}; was it moved, or is it not made yet?") from None
    if not is_same_file(found, size):
        raise InputRefused(
            f"{path} has changed since it was compared ({size} bytes then, {found.st_size} now); compare it again."
        )
    return found


def check_picture_size(clip: ClipFacts, width: int, height: int) -> None:
    """Raises InputRefused when a decoded picture, as it is stored, is of another size than the clip's were."""
    wanted = stored_size(clip.video)
    if (width, height) != wanted:
        raise InputRefused(
            f"{clip.path} has changed since it was compared: its pictures are {width}x{height}, not "
            f"{wanted[0]}x{wanted[1]}."
        )
