# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The black picture that stands for one that a sequence lacks, stored as the sequence's own pictures are."""

from typing import Any

import av
import numpy as np

from cueffmpeg_gui.media.black_frames import black_codes

PACKED = "uyvy422"


def black_like(frame: Any, colour_range: str) -> Any:
    """A black picture of a frame's size and format; zeros are black but in YUV and in gray of limited range."""
    made = av.VideoFrame(frame.width, frame.height, frame.format.name)
    made.pts = frame.pts
    for number, plane in enumerate(made.planes):
        plane.update(_bytes(plane.buffer_size, _codes(frame.format, colour_range, number)))
    return made


def _codes(form: Any, colour_range: str, plane: int) -> np.ndarray:
    """What is repeated in a plane."""
    if form.is_rgb or form.has_palette or "f" in form.name:
        return np.zeros(1, np.uint8)
    depth = form.components[0].bits
    luma, chroma = black_codes(colour_range, depth)
    kind = np.uint8 if depth == 8 else np.dtype(">u2" if form.name.endswith("be") else "<u2")
    if form.name == PACKED:
        return np.array([chroma, luma], kind)
    return np.array([chroma if plane in (1, 2) and len(form.components) >= 3 else luma], kind)


def _bytes(size: int, codes: np.ndarray) -> bytes:
    return (codes.tobytes() * (size // codes.nbytes + 1))[:size]
