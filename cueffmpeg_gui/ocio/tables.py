# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Matrices and tables as ffmpeg applies them, so that what a host will make can be measured before it is sent."""

from dataclasses import dataclass
from typing import Union

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.float64]
# As many entries as ffmpeg's lut1d takes.
CURVE_SIZE = 65536


@dataclass(frozen=True)
class MatrixStep:
    """Nine factors. Each step takes rows of red, green and blue and gives such."""

    matrix: Pixels

    def apply(self, pixels: Pixels) -> Pixels:
        """Without clipping, as colorchannelmixer does with floats."""
        return pixels @ self.matrix.T


@dataclass(frozen=True)
class CurveStep:
    """Values of red, green and blue for inputs from 0 to `high` in even steps; what is outside is clipped."""

    values: Pixels
    high: float

    def apply(self, pixels: Pixels) -> Pixels:
        """Linear between entries, as lut1d does."""
        at = np.clip(pixels, 0, self.high) * ((len(self.values) - 1) / self.high)
        entries = np.arange(len(self.values))
        return np.stack([np.interp(at[:, i], entries, self.values[:, i]) for i in range(3)], -1)

    def text(self) -> bytes:
        """The table as a .cube file."""
        domain = f"{self.high:.9g} " * 3
        return _cube(f"LUT_1D_SIZE {len(self.values)}\nDOMAIN_MIN 0 0 0\nDOMAIN_MAX {domain.strip()}", self.values)


@dataclass(frozen=True)
class CubeStep:
    """Values by red, green and blue from 0 to 1 in even steps."""

    values: Pixels

    def apply(self, pixels: Pixels) -> Pixels:
        """Between the corners of a tetrahedron, as lut3d does."""
        size = len(self.values)
        at = np.clip(pixels, 0, 1) * (size - 1)
        corner = np.minimum(at.astype(int), size - 2)
        order = np.argsort(-(at - corner), axis=1, kind="stable")
        parts = np.take_along_axis(at - corner, order, 1)
        weights = -np.diff(parts, axis=1, prepend=1.0, append=0.0)
        made: Pixels = np.zeros_like(pixels)
        for walked in range(4):
            made += self.values[corner[:, 0], corner[:, 1], corner[:, 2]] * weights[:, walked : walked + 1]
            if walked < 3:
                corner[np.arange(len(corner)), order[:, walked]] += 1
        return made

    def text(self) -> bytes:
        """The table as a .cube file, in which red goes first."""
        size = len(self.values)
        return _cube(f"LUT_3D_SIZE {size}", self.values.transpose(2, 1, 0, 3).reshape(-1, 3))


Step = Union[MatrixStep, CurveStep, CubeStep]


def half_floats() -> CurveStep:
    """From the bits of a half float, as a share of 65535, to its value; what is no number is black."""
    values = np.arange(CURVE_SIZE, dtype=np.uint16).view(np.float16).astype(np.float64)
    largest = float(np.finfo(np.float16).max)
    finite = np.nan_to_num(values, nan=0.0, posinf=largest, neginf=-largest)
    return CurveStep(np.repeat(finite[:, None], 3, 1), 1.0)


def _cube(head: str, rows: Pixels) -> bytes:
    lines = "%.7g %.7g %.7g\n" * len(rows) % tuple(rows.ravel().tolist())
    return f"{head}\n{lines}".encode("ascii")
