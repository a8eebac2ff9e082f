# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Whether an input is still what was probed when the job was submitted."""

import hashlib
import os

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.facts import ClipFacts, SoundFile
from cueffmpeg_gui.media.frames import FrameRange


def check_unchanged(what: str, clip: ClipFacts, frames: FrameRange) -> None:
    """Raises InputRefused when the file is gone, unreadable, or of another size or time than at submit.

    Of a sequence, the files of `frames` are looked at.
    """
    if clip.sequence is None:
        _check_file(what, clip.path, clip.bytes, clip.modified)
        return
    for frame in range(frames.first, frames.last + 1):
        path = clip.sequence.file(frame)
        size = _stat(what, path).st_size
        if size == 0 or (clip.sequence.file_bytes and size != clip.sequence.file_bytes):
            wanted = clip.sequence.file_bytes or "any"
            raise InputRefused(f"The {what}'s frame {path} has {size} bytes, not {wanted}; copy it again.")


def check_sound(file: SoundFile) -> None:
    """As check_unchanged, for a file taken for its sound."""
    _check_file("sound", file.path, file.bytes, file.modified)


def identity_of(clip: ClipFacts, frames: FrameRange) -> str:
    """A digest of names, sizes and times of the files that hold these frames."""
    files = [clip.path]
    if clip.sequence is not None:
        files = [clip.sequence.file(frame) for frame in range(frames.first, frames.last + 1)]
    digest = hashlib.sha256()
    for file in files:
        found = _stat("source", file)
        digest.update(os.fsencode(file) + f"\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _check_file(what: str, path: str, size: int, modified: int) -> None:
    found = _stat(what, path)
    if size and (found.st_size, found.st_mtime_ns) != (size, modified):
        raise InputRefused(
            f"The {what} {path} has changed since it was submitted ({size} bytes then, "
            f"{found.st_size} now); submit it again."
        )


def _stat(what: str, path: str) -> os.stat_result:
    try:
        with open(path, "rb") as file:
            return os.fstat(file.fileno())
    except OSError as error:
        raise InputRefused(f"The {what} {path} cannot be read on this host: {error.strerror}.") from None
