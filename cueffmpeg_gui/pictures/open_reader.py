# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The exact picture of a clip by its number, whatever kind of clip it is."""

from typing import TypeAlias

from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.pictures.clip_reader import ClipReader
from cueffmpeg_gui.pictures.sequence_reader import SequenceReader

Reader: TypeAlias = ClipReader | SequenceReader


def open_reader(clip: ClipFacts) -> Reader:
    """Opens a clip or a sequence; raises InputRefused when it is gone, changed or unreadable."""
    if clip.sequence is not None:
        return SequenceReader(clip, clip.sequence)
    return ClipReader(clip)
