# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The one rule of whether files are still what they were when their facts were taken; and how it is said."""

import hashlib
import os
import zlib
from bisect import bisect_left
from collections.abc import Sequence

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.sequences import Sequence as PictureSequence
from cueffmpeg_gui.media.shown import stored_size

# How much of how many pictures is looked at, wherever a sequence is checked by content.
SAMPLE_BYTES, SAMPLED = 16384, 5


def files_of(clip: ClipFacts, frames: FrameRange) -> list[str]:
    """The files that are read for these frames of the clip, each once."""
    if clip.sequence is None:
        return [clip.path]
    return [clip.sequence.file(number) for number in shown_numbers(clip, frames)]


def shown_numbers(clip: ClipFacts, frames: FrameRange) -> list[int]:
    """The numbers of the pictures that are read for these frames of the clip, each once; a file's own frames."""
    every = range(frames.first, frames.last + 1)
    return list(dict.fromkeys(map(clip.sequence.shown, every))) if clip.sequence else list(every)


def is_same_file(found: os.stat_result, size: int, modified: int = 0) -> bool:
    """Whether a file has the size and the time it had; 0 stands for one that is not known.

    What has no size yet, an encode that is only planned, has no time either.
    """
    return not size or (found.st_size == size and modified in (0, found.st_mtime_ns))


def mark_of(found: os.stat_result) -> str:
    """Four digits that another size or time of a picture would make others, but for one chance in 65,536."""
    text = f"{found.st_size} {found.st_mtime_ns}"
    return f"{zlib.crc32(text.encode()) & 0xFFFF:04x}"


def sample_of(path: str) -> str:
    """A digest of a little of a file's beginning, middle and end. Raises OSError."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        size = file.seek(0, os.SEEK_END)
        for place in (0, max(0, size // 2), max(0, size - SAMPLE_BYTES)):
            file.seek(place)
            digest.update(file.read(SAMPLE_BYTES))
    return digest.hexdigest()[:16]


def sampled_frames(frames: FrameRange) -> list[int]:
    """The first, the last and a few between, evenly."""
    last = len(frames) - 1
    return sorted({frames.first + last * step // (SAMPLED - 1) for step in range(SAMPLED)})


def sampled_numbers(sequence: PictureSequence) -> list[int]:
    """Those numbers of a sequence whose files are looked into."""
    numbers = sequence.numbers
    return [numbers[place] for place in sampled_frames(FrameRange(0, len(numbers) - 1))]


def is_same_picture(clip: ClipFacts, number: int, found: os.stat_result) -> bool:
    """Whether a picture of a sequence has the size and time it had; one without marks was looked at by an older
    version, which knew the newest time only: no picture may be newer."""
    if clip.sequence is None or not clip.marks:
        return found.st_mtime_ns <= clip.modified
    start = 4 * bisect_left(clip.sequence.numbers, number)
    return clip.marks[start : start + 4] == mark_of(found)


def is_same_clip(clip: ClipFacts, found: Sequence[os.stat_result], frames: FrameRange) -> bool:
    """Whether a clip's file, or those of the pictures that are read for these frames, are as they were."""
    if clip.sequence is None:
        return is_same_file(found[0], clip.bytes, clip.modified)
    size = clip.sequence.file_bytes
    return all(
        is_same_file(one, size) and is_same_picture(clip, number, one)
        for number, one in zip(shown_numbers(clip, frames), found)
    )


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
