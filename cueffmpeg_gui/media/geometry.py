# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What an encode does to the size of a picture, as one value that encode and compare share."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Optional

from cueffmpeg_gui.media.facts import VideoFacts

SUBSAMPLED_WIDTH = ("yuv420p", "yuv422p", "yuv420p10le", "yuv422p10le")
SUBSAMPLED_HEIGHT = ("yuv420p", "yuv420p10le")


@dataclass(frozen=True)
class Box:
    """A part of a picture, in pixels; x and y are its upper left corner."""

    width: int
    height: int
    x: int = 0
    y: int = 0

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return self.width, self.height

    @property
    def crop_filter(self) -> str:
        """The filter that leaves only this part, to the pixel in any format."""
        return f"crop={self.width}:{self.height}:{self.x}:{self.y}:exact=1"

    def __str__(self) -> str:
        return f"{self.width}x{self.height}+{self.x}+{self.y}"


@dataclass(frozen=True)
class Geometry:
    """Source size, the size after an even-size fix ("crop" or "pad") or a crop at `at`, and the size of the encode.

    `encode_box` is the part of an encode that holds the picture (then `output` is that part's size), None: all of it.
    `compare` is the size in which both are compared, None: the source's, fixed.
    """

    source: tuple[int, int]
    fixed: tuple[int, int]
    output: tuple[int, int]
    fix: str = "crop"
    at: tuple[int, int] = (0, 0)
    encode_box: Optional[Box] = None
    compare: Optional[tuple[int, int]] = None

    @property
    def fix_filter(self) -> list[str]:
        """The filter that makes the size even, or cuts the part out; none when there is nothing to do."""
        if self.fixed == self.source:
            return []
        exact = ":exact=1" if self.fix == "crop" else ""
        return [f"{self.fix}={self.fixed[0]}:{self.fixed[1]}:{self.at[0]}:{self.at[1]}{exact}"]

    @property
    def encode_filter(self) -> list[str]:
        """The filter that leaves the part of the encode that is compared."""
        return [self.encode_box.crop_filter] if self.encode_box else []

    @property
    def scales(self) -> bool:
        """Whether the encode is of another size than the (even) source."""
        return self.output != self.fixed

    @property
    def compared(self) -> tuple[int, int]:
        """The size in which both are compared."""
        return self.compare or self.fixed


def plan_geometry(video: VideoFacts, values: Mapping[str, Any]) -> Geometry:
    """The sizes for preset values: even where the pixel format asks for it, no taller than max_height."""
    source = (video.width, video.height)
    fix = str(values["odd_size"])
    even_width = values["pix_fmt"] in SUBSAMPLED_WIDTH
    # Black lines are added where chroma allows it.
    even_height = values["pix_fmt"] in SUBSAMPLED_HEIGHT or (fix == "pad" and "420" in video.pix_fmt)
    fixed = (_even(source[0], fix) if even_width else source[0], _even(source[1], fix) if even_height else source[1])
    limit = int(values.get("max_height", fixed[1]))
    if fixed[1] <= limit:
        return Geometry(source, fixed, fixed, fix)
    height = _even(limit, "crop")
    width = 2 * round(fixed[0] * height / fixed[1] / 2)
    return Geometry(source, fixed, (width, height), fix)


def _even(side: int, fix: str) -> int:
    return side + side % 2 if fix == "pad" else side - side % 2
