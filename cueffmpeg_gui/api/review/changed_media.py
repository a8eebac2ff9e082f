# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Whether two clips are still those that were scored."""

from __future__ import annotations

import os
from collections.abc import Iterator

from cueffmpeg_gui.jobs.picture_pair import PicturePair
from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.unchanged import files_of, is_same_clip, moved


def pair_troubles(pair: PicturePair, scored: int) -> Iterator[str]:
    """A sentence for each clip that is gone or changed since its facts were taken, or since `scored` (ns; 0: unknown).

    Of a sequence every picture that has a score is looked at.
    """
    yield from _clip_troubles("reference", pair.reference, pair, scored)
    yield from _clip_troubles("encode", pair.encode, pair, scored)


def _clip_troubles(what: str, clip: ClipFacts, pair: PicturePair, scored: int) -> Iterator[str]:
    frames = pair.reference.frames_of(pair.frames)
    if clip is not pair.reference:
        count = len(set(pair.partners)) if pair.partners else len(frames)
        frames = FrameRange(pair.encode_first, min(clip.frames.last, pair.encode_first + count - 1))
    files = files_of(clip, frames)
    stats = [_stat(file) for file in files]
    gone = [file for file, stat in zip(files, stats) if stat is None]
    if gone:
        some = f"{len(gone)} of {len(files)} pictures of the {what}" if clip.sequence else f"The {what}"
        yield f"{some} cannot be read: {moved(gone[0])}"
        return
    found = [stat for stat in stats if stat is not None]
    newest = max(stat.st_mtime_ns for stat in found)
    if not is_same_clip(clip, found, frames):
        yield f"The {what} {clip.path} has changed since the job was submitted: pictures and scores may not agree."
    elif clip.bytes == 0 and scored and newest > scored:
        yield f"The {what} {clip.path} was written after it was scored: pictures and scores may not agree."


def _stat(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)
    except OSError:
        return None
