# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""One decoded picture of a clip, with what its packet said."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class DecodedPicture:
    """A picture as its decoder left it. `number` counts from 0 in its clip.

    `bytes` is the size of its packet or file, `kind` "I", "P" or "B", `since_key` the pictures since the last key
    picture; None where the stream does not say. `is_whole` is whether nothing that it is predicted from is damaged.
    """

    number: int
    frame: Any
    kind: str
    bytes: int | None = None
    since_key: int | None = None
    is_whole: bool = True

    @property
    def memory(self) -> int:
        """Bytes it takes while it is kept."""
        return sum(plane.buffer_size for plane in self.frame.planes)
