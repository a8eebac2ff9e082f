# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Pictures of a clip as planes of gray, to look at rather than to show."""

from collections.abc import Sequence

import numpy as np

from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.filters import read_as
from cueffmpeg_gui.media.shown import show_filters
from cueffmpeg_gui.media.view_filters import view_filters
from cueffmpeg_gui.pictures.colour_planes import Plane
from cueffmpeg_gui.pictures.filters import Filters
from cueffmpeg_gui.pictures.open_reader import open_reader


class GrayPictures:
    """A clip's pictures, turned as they are shown, then through `chain`, as rows of gray from 0 to 255."""

    def __init__(self, clip: ClipFacts, chain: Sequence[str] = ()) -> None:
        self._reader = open_reader(clip)
        video = clip.video
        seen = [*read_as(video, video.colour), *view_filters(video)] if video.view else []
        self._filters = Filters([*seen, *show_filters(video), *chain, "format=gray"])

    def read(self, number: int) -> Plane:
        """The picture counted from 0; raises InputRefused."""
        plane = self._filters(self._reader.picture(number).frame).planes[0]
        rows = np.frombuffer(plane, np.uint8).reshape(plane.height, plane.line_size)
        return rows[:, : plane.width].astype(np.float32)

    def close(self) -> None:
        """Closes the clip."""
        self._reader.close()


def spread(count: int, most: int) -> list[int]:
    """At most so many numbers of `count` pictures, spread evenly, ends included."""
    return sorted({round(place) for place in np.linspace(0, count - 1, min(count, most))})
