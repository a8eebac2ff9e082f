# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Files that belong to a source by their names: its sound, and the reference it was made from. Pure."""

import os
from collections.abc import Sequence

from cueffmpeg_gui.api.submit.source_info import SourceInfo


def pair_sound(info: SourceInfo) -> str:
    """The sound file of the source's own name beside it, or of its folder's name for a sequence; "" where none is."""
    stems = [info.stem.lower()]
    if info.facts.sequence is not None:
        stems.append(os.path.basename(info.folder).lower())
    for stem in stems:
        for path in info.sounds:
            if _stem(path) == stem:
                return path
    return ""


def pair_reference(info: SourceInfo, others: Sequence[str] = ()) -> str:
    """The clip whose name the encode's name contains, the longest of several: sh010.mov for sh010_h264.mp4.

    `others` are searched first: what was dropped together belongs together.
    """
    stem = info.stem.lower()
    for group in (others, info.clips):
        fitting = [path for path in group if path != info.text and _stem(path) in stem and _stem(path) != stem]
        if fitting:
            return max(fitting, key=lambda path: len(_stem(path)))
    return ""


def _stem(path: str) -> str:
    return os.path.splitext(os.path.basename(path))[0].lower()
