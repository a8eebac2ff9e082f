# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What is stored for one pixel, in the clip's own components and depth."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from cueffmpeg_gui.media.facts import VideoFacts
from cueffmpeg_gui.media.shown import stored_place

# Formats with all components in one plane: their order and the type of one.
PACKED: dict[str, tuple[str, str]] = {
    "rgb24": ("RGB", "u1"), "bgr24": ("BGR", "u1"), "rgba": ("RGBA", "u1"), "bgra": ("BGRA", "u1"),
    "argb": ("ARGB", "u1"), "abgr": ("ABGR", "u1"), "rgb0": ("RGB-", "u1"), "bgr0": ("BGR-", "u1"),
    "0rgb": ("-RGB", "u1"), "0bgr": ("-BGR", "u1"), "ya8": ("YA", "u1"),
    "rgb48le": ("RGB", "<u2"), "rgb48be": ("RGB", ">u2"), "rgba64le": ("RGBA", "<u2"), "rgba64be": ("RGBA", ">u2"),
}  # fmt: skip
# Planar formats by the beginning of their names: the components, plane by plane.
PLANAR: dict[str, tuple[str, ...]] = {
    "yuva": ("Y", "Cb", "Cr", "A"),
    "yuv": ("Y", "Cb", "Cr"),
    "gbra": ("G", "B", "R", "A"),
    "gbr": ("G", "B", "R"),
    "gray": ("Y",),
}
ORDER = ("Y", "Cb", "Cr", "R", "G", "B")


@dataclass(frozen=True)
class NativePixels:
    """The stored values of a decoded picture of a clip."""

    frame: Any
    video: VideoFacts

    def at(self, x: float, y: float) -> str:
        """ "Y 512 Cb 488 Cr 530 (10-bit)" at a place of the shown picture, in fractions of its sides.

        "" for formats whose layout is not known here.
        """
        values = self._values(*self._stored(x, y))
        shown = sorted((name for name in values if name in ORDER), key=ORDER.index)
        depth = "float" if self._is_float else f"{self.video.depth}-bit"
        return " ".join(f"{name} {values[name]:.5g}" for name in shown) + (f" ({depth})" if shown else "")

    def _stored(self, x: float, y: float) -> tuple[int, int]:
        """The pixel as it was decoded, before turning."""
        x, y = stored_place(self.video, x, y)
        width, height = self.frame.width, self.frame.height
        return min(width - 1, max(0, int(x * width))), min(height - 1, max(0, int(y * height)))

    def _values(self, column: int, row: int) -> dict[str, float]:
        name, planes = self.frame.format.name, self.frame.planes
        if name in PACKED:
            letters, kind = PACKED[name]
            return dict(zip(letters, _read(planes[0], kind, row, column * len(letters), len(letters)), strict=True))
        names = next((names for start, names in PLANAR.items() if name.startswith(start)), ())
        if len(names) != len(planes):
            return {}
        across, down = self.frame.width, self.frame.height
        found = [_read(p, self._kind, row * p.height // down, column * p.width // across, 1)[0] for p in planes]
        return dict(zip(names, found, strict=True))

    @property
    def _is_float(self) -> bool:
        return "f32" in self.frame.format.name

    @property
    def _kind(self) -> str:
        """numpy's name for the type of one value of a plane."""
        order = ">" if self.frame.format.name.endswith("be") else "<"
        if self._is_float:
            return order + "f4"
        return order + "u2" if self.video.depth > 8 else "u1"


def _read(plane: Any, kind: str, row: int, place: int, count: int) -> list[float]:
    start = row * plane.line_size + place * np.dtype(kind).itemsize
    found: list[float] = np.frombuffer(plane, kind, count, start).tolist()
    return found
