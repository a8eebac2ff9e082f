# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What an encode does to the size of a picture, as one value that encode and compare share."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cueffmpeg_gui.media.facts import VideoFacts

SUBSAMPLED_WIDTH = ("yuv420p", "yuv422p", "yuv420p10le", "yuv422p10le")
SUBSAMPLED_HEIGHT = ("yuv420p", "yuv420p10le")


@dataclass(frozen=True)
class Geometry:
    """Source size, the size after an even-size fix ("crop" or "pad"), and the size of the encode."""

    source: tuple[int, int]
    fixed: tuple[int, int]
    output: tuple[int, int]
    fix: str = "crop"

    @property
    def fix_filter(self) -> list[str]:
        """The filter that makes the size even; none when it already is."""
        if self.fixed == self.source:
            return []
        return [f"{self.fix}={self.fixed[0]}:{self.fixed[1]}:0:0"]

    @property
    def scales(self) -> bool:
        """Whether the encode is of another size than the (even) source."""
        return self.output != self.fixed


def plan_geometry(video: VideoFacts, values: Mapping[str, Any]) -> Geometry:
    """The sizes for preset values: even where the pixel format asks for it, no taller than max_height."""
    source = (video.width, video.height)
    fix = str(values["odd_size"])
    even_width = values["pix_fmt"] in SUBSAMPLED_WIDTH
    even_height = values["pix_fmt"] in SUBSAMPLED_HEIGHT
    fixed = (_even(source[0], fix) if even_width else source[0], _even(source[1], fix) if even_height else source[1])
    limit = int(values.get("max_height", fixed[1]))
    if fixed[1] <= limit:
        return Geometry(source, fixed, fixed, fix)
    height = _even(limit, "crop")
    width = 2 * round(fixed[0] * height / fixed[1] / 2)
    return Geometry(source, fixed, (width, height), fix)


def _even(side: int, fix: str) -> int:
    return side + side % 2 if fix == "pad" else side - side % 2
