# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Zoom and pan, one for all panes: which place of the picture stands where in a pane. Numbers only."""

from __future__ import annotations

from dataclasses import dataclass, replace

STEP, CLOSEST = 1.25, 32.0


@dataclass(frozen=True)
class Viewport:
    """A pane of `pane` screen pixels that shows a picture of `picture` square pixels.

    `zoom` is screen pixels a picture pixel, None for: as large as fits. `middle` is the place of the picture in the
    pane's middle, in fractions of its sides.
    """

    pane: tuple[float, float] = (1.0, 1.0)
    picture: tuple[float, float] = (1.0, 1.0)
    zoom: float | None = None
    middle: tuple[float, float] = (0.5, 0.5)

    @property
    def fit(self) -> float:
        """The zoom at which all of the picture is seen."""
        return max(1e-3, min(have / need for have, need in zip(self.pane, self.picture, strict=True)))

    @property
    def scale(self) -> float:
        """The zoom as it is."""
        return self.fit if self.zoom is None else self.zoom

    @property
    def area(self) -> tuple[float, float, float, float]:
        """Left, top, width and height of the whole picture in the pane; parts may lie outside of it.

        It begins at a whole pixel of the screen, so that at 1:1 no pixel is mixed with its neighbours.
        """
        width, height = (side * self.scale for side in self.picture)
        left, top = self.pane[0] / 2 - self.middle[0] * width, self.pane[1] / 2 - self.middle[1] * height
        return float(round(left)), float(round(top)), width, height

    def place(self, x: float, y: float) -> tuple[float, float] | None:
        """The place of the picture under a point of the pane, in fractions; None beside the picture."""
        found = self._place(x, y)
        return found if all(0 <= part < 1 for part in found) else None

    def fitted(self) -> Viewport:
        """All of the picture."""
        return replace(self, zoom=None, middle=(0.5, 0.5))

    def zoomed(self, steps: float, x: float, y: float) -> Viewport:
        """Nearer (steps > 0) or farther, with the picture under the point staying there; never smaller than fits."""
        zoom = min(CLOSEST, self.scale * STEP**steps)
        return self.fitted() if zoom <= self.fit else self.at(zoom, x, y)

    def at(self, zoom: float, x: float, y: float) -> Viewport:
        """Another zoom, with the picture under the point staying there."""
        held = self._place(x, y)
        width, height = (side * zoom for side in self.picture)
        middle = (held[0] - (x - self.pane[0] / 2) / width, held[1] - (y - self.pane[1] / 2) / height)
        return replace(self, zoom=zoom, middle=middle)._held()

    def moved(self, x: float, y: float) -> Viewport:
        """The picture drawn along by so many screen pixels."""
        _, _, width, height = self.area
        return replace(self, middle=(self.middle[0] - x / width, self.middle[1] - y / height))._held()

    def _place(self, x: float, y: float) -> tuple[float, float]:
        left, top, width, height = self.area
        return (x - left) / width, (y - top) / height

    def _held(self) -> Viewport:
        """With no more empty pane beside the picture than need be."""
        _, _, width, height = self.area
        halves = (self.pane[0] / width / 2, self.pane[1] / height / 2)
        middle = tuple(
            0.5 if half >= 0.5 else min(1 - half, max(half, at)) for at, half in zip(self.middle, halves, strict=True)
        )
        return replace(self, middle=middle)
