# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Whether an input is still what was probed when the job was submitted."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager

from cueffmpeg_gui.errors import FrameFailed, InputRefused
from cueffmpeg_gui.media.facts import ClipFacts, SoundFile
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.open_file import open_regular
from cueffmpeg_gui.media.unchanged import files_of, is_same_file, is_same_picture, sample_of, shown_numbers


def check_unchanged(what: str, clip: ClipFacts, frames: FrameRange) -> None:
    """Raises InputRefused when the file is gone, unreadable, or of another size or time than at submit.

    Of a sequence, the files of `frames` are looked at.
    """
    if clip.sequence is None:
        _check_file(what, clip.path, clip.bytes, clip.modified)
        return
    wanted = clip.sequence.file_bytes
    for path in files_of(clip, frames):
        found = _stat(what, path)
        if found.st_size == 0 or not is_same_file(found, wanted):
            raise InputRefused(
                f"The {what}'s frame {path} has {found.st_size} bytes, not {wanted or 'any'}; copy it again."
            )


def check_pictures(what: str, clip: ClipFacts, frames: FrameRange) -> None:
    """Raises InputRefused when one of these pictures of a sequence has another size, time or, where that is known,
    other content than at submit."""
    if clip.sequence is None:
        return
    for number in shown_numbers(clip, frames):
        path, sample = clip.sequence.file(number), clip.samples.get(str(number))
        is_same = not clip.marks or is_same_picture(clip, number, _stat(what, path))
        if not is_same or (sample and sample_of(path) != sample):
            raise InputRefused(
                f"The {what}'s frame {path} was changed after the job was submitted; submit the job again from its "
                "folder, which keeps what has not changed."
            )


def check_sound(file: SoundFile) -> None:
    """As check_unchanged, for a file taken for its sound."""
    _check_file("sound", file.path, file.bytes, file.modified)


@contextmanager
def naming_changes(clip: ClipFacts, frames: FrameRange) -> Iterator[None]:
    """When work inside fails, says so if a picture of a sequence is newer than the submit: that is the likely cause."""
    try:
        yield
    except FrameFailed as error:
        for path in files_of(clip, frames) if clip.sequence else []:
            if _stat("source", path).st_mtime_ns > clip.modified:
                raise FrameFailed(f"{path} was changed after the job was submitted, and {error}") from None
        raise


def check_older(clip: ClipFacts, frames: FrameRange, film: str) -> None:
    """Raises InputRefused when a picture of a sequence was changed after the film was made of it."""
    made = _stat("encode", film).st_mtime_ns
    for path in files_of(clip, frames) if clip.sequence else []:
        if _stat("source", path).st_mtime_ns > made:
            raise InputRefused(f"{path} was changed since it was encoded; retry the encode, then the comparison.")


def identity_of(clip: ClipFacts, frames: FrameRange) -> str:
    """A digest of names, sizes and times of the files that hold these frames, and of what stands for missing ones."""
    digest = hashlib.sha256()
    if clip.sequence and clip.sequence.there:
        every = range(frames.first, frames.last + 1)
        digest.update(repr([(clip.sequence.shown(frame), clip.sequence.is_black(frame)) for frame in every]).encode())
    for file in files_of(clip, frames):
        found = _stat("source", file)
        digest.update(os.fsencode(file) + f"\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _check_file(what: str, path: str, size: int, modified: int) -> None:
    found = _stat(what, path)
    if not is_same_file(found, size, modified):
        raise InputRefused(
            f"The {what} {path} has changed since it was submitted ({size} bytes then, "
            f"{found.st_size} now); submit it again."
        )


def _stat(what: str, path: str) -> os.stat_result:
    try:
        with open_regular(path) as file:
            return os.fstat(file.fileno())
    except OSError as error:
        raise InputRefused(f"The {what} {path} cannot be read on this host: {error.strerror}.") from None
