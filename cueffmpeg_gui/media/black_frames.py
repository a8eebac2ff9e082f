# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Black in place of pictures that a sequence lacks: exactly black, whatever the picture is that was read for them."""

from typing import Optional

from cueffmpeg_gui.media.colour import Colour
from cueffmpeg_gui.media.facts import depth_of
from cueffmpeg_gui.media.frames import FrameRange, runs_of
from cueffmpeg_gui.media.sequences import Sequence


def black_out(sequence: Optional[Sequence], frames: Optional[FrameRange], colour: Colour, pix_fmt: str) -> list[str]:
    """The filter at the end of a chain of YUV of this colour that gets these frames, in order; none without gaps."""
    if sequence is None or frames is None:
        return []
    black = runs_of(n for n in range(frames.first, frames.last + 1) if sequence.is_black(n)) if sequence.there else []
    if not black:
        return []
    when = "+".join(f"between(n\\,{run.first - frames.first}\\,{run.last - frames.first})" for run in black)
    luma, chroma = black_codes(colour.range, depth_of(pix_fmt))
    return [f"lutyuv=y={luma}:u={chroma}:v={chroma}:enable={when}"]


def black_codes(colour_range: str, depth: int) -> tuple[int, int]:
    """Luma and chroma of black in YUV of so many bits."""
    return (16 << (depth - 8)) if colour_range != "pc" else 0, 1 << (depth - 1)
