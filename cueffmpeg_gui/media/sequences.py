# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""An image sequence as one item: its files, its pattern for ffmpeg, and its displayed name."""

import os
from dataclasses import dataclass

from cueffmpeg_gui.media.frames import FrameRange


@dataclass(frozen=True)
class Sequence:
    """Files FOLDER/PREFIX + number of at least `digits` digits + SUFFIX, numbered without a gap.

    `file_bytes` is the size every file must have, or 0 where the format is compressed and sizes differ.
    """

    folder: str
    prefix: str
    digits: int
    suffix: str
    first: int
    last: int
    file_bytes: int = 0

    @property
    def frames(self) -> FrameRange:
        """The numbers of the files."""
        return FrameRange(self.first, self.last)

    @property
    def pattern(self) -> str:
        """The pattern for ffmpeg's image2; a percent sign anywhere else is doubled."""
        head = os.path.join(self.folder, self.prefix).replace("%", "%%")
        return f"{head}%0{self.digits}d{self.suffix.replace('%', '%%')}"

    def file(self, frame: int) -> str:
        """The path of one frame."""
        return os.path.join(self.folder, f"{self.prefix}{frame:0{self.digits}d}{self.suffix}")

    def __str__(self) -> str:
        """ "shot.1001-1100#.dpx" in its folder; # stands for four digits, @ for one."""
        pad = "#" if self.digits == 4 else "@" * self.digits
        return os.path.join(self.folder, f"{self.prefix}{self.first}-{self.last}{pad}{self.suffix}")
