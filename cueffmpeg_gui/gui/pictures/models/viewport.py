# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Zoom and pan, shared by all panes: maps points of the picture to points of a pane. Numbers only."""

from __future__ import annotations

from dataclasses import dataclass, replace

STEP, CLOSEST = 1.25, 32.0


@dataclass(frozen=True)
class Viewport:
    """A pane of `pane` screen pixels that shows a picture of `picture` square pixels.

    `zoom` is screen pixels per picture pixel; None: as large as fits. `middle` is the point of the picture in the
    pane's middle, in fractions of its sides.
    """

    pane: tuple[float, float] = (1.0, 1.0)
    picture: tuple[float, float] = (1.0, 1.0)
    zoom: float | None = None
    middle: tuple[float, float] = (0.5, 0.5)

    @property
    def fit(self) -> float:
        """The zoom at which the whole picture fits."""
        return max(1e-3, min(have / need for have, need in zip(self.pane, self.picture, strict=True)))

    @property
    def scale(self) -> float:
        """The zoom in effect."""
        return self.fit if self.zoom is None else self.zoom

    @property
    def area(self) -> tuple[float, float, float, float]:
        """Left, top, width and height of the whole picture in the pane; parts may lie outside of it.

        It begins at a whole pixel of the screen, so that at 1:1 pixels are not blended.
        """
        width, height = (side * self.scale for side in self.picture)
        left, top = self.pane[0] / 2 - self.middle[0] * width, self.pane[1] / 2 - self.middle[1] * height
        return float(round(left)), float(round(top)), width, height

    def place(self, x: float, y: float) -> tuple[float, float] | None:
        """The point of the picture at a point of the pane, in fractions; None beside the picture."""
        found = self._place(x, y)
        return found if all(0 <= part < 1 for part in found) else None

    def fitted(self) -> Viewport:
        """Zoomed out to the whole picture."""
        return replace(self, zoom=None, middle=(0.5, 0.5))

    def zoomed(self, steps: float, x: float, y: float) -> Viewport:
        """Zoomed in (steps > 0) or out around a point of the pane; never smaller than fits."""
        zoom = min(CLOSEST, self.scale * STEP**steps)
        return self.fitted() if zoom <= self.fit else self.at(zoom, x, y)

    def at(self, zoom: float, x: float, y: float) -> Viewport:
        """Zoomed to a value around a point of the pane."""
        fixed = self._place(x, y)
        width, height = (side * zoom for side in self.picture)
        middle = (fixed[0] - (x - self.pane[0] / 2) / width, fixed[1] - (y - self.pane[1] / 2) / height)
        return replace(self, zoom=zoom, middle=middle)._bounded()

    def moved(self, x: float, y: float) -> Viewport:
        """Panned by screen pixels."""
        _, _, width, height = self.area
        return replace(self, middle=(self.middle[0] - x / width, self.middle[1] - y / height))._bounded()

    def _place(self, x: float, y: float) -> tuple[float, float]:
        left, top, width, height = self.area
        return (x - left) / width, (y - top) / height

    def _bounded(self) -> Viewport:
        """Panned back so that no more of the pane is empty than necessary."""
        _, _, width, height = self.area
        halves = (self.pane[0] / width / 2, self.pane[1] / height / 2)
        x, y = (
            0.5 if half >= 0.5 else min(1 - half, max(half, at)) for at, half in zip(self.middle, halves, strict=True)
        )
        return replace(self, middle=(x, y))
