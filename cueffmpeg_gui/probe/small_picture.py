# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A small RGB picture as numbers, to judge pairs by: noise and coding errors average out, and it is quick."""

from typing import Any

import numpy as np
import numpy.typing as npt

# One picture: rows, columns, (red, green, blue) from 0 to 255, full range.
Small = npt.NDArray[np.float32]

WIDEST = 480
# BT.709's weights; both pictures are RGB, so any one set is fair.
LUMA = np.array((0.2126, 0.7152, 0.0722), np.float32)


def small_size(width: int, height: int) -> tuple[int, int]:
    """The size of the small picture of one of this size."""
    scale = min(1.0, WIDEST / max(width, height))
    return max(16, round(width * scale)), max(16, round(height * scale))


def small_of(frame: Any) -> Small:
    """The numbers of a small rgb24 picture."""
    found: Small = frame.to_ndarray(format="rgb24").astype(np.float32)
    return found


def luma(picture: Small) -> npt.NDArray[np.float32]:
    """Luma from 0 to 255."""
    found: npt.NDArray[np.float32] = picture @ LUMA
    return found


def difference(one: npt.NDArray[np.float32], other: npt.NDArray[np.float32]) -> float:
    """The mean difference of two pictures, in code values of 0 to 255."""
    return float(np.abs(one - other).mean())


def psnr(one: Small, other: Small) -> float:
    """Peak signal to noise ratio of luma in dB: 10 log10(255² / mean squared error), 100 where they are equal."""
    error = float(np.square(luma(one) - luma(other)).mean())
    return 100.0 if error < 255**2 / 1e10 else 10 * float(np.log10(255**2 / error))
