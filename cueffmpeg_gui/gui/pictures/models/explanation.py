# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What explains a frame: how the pair is aligned, how the picture was coded, and what libvmaf measured."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qtpy.QtCore import QObject, Signal

from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.pictures.models.screen_images import SideImage
from cueffmpeg_gui.gui.pictures.models.shown_pair import ShownPair
from cueffmpeg_gui.media.features import Features

if TYPE_CHECKING:
    from cueffmpeg_gui.api.review.load import Review

FIRST = "First frame: VMAF sees no motion without a picture before it, so it reads low here."
# Features worth a line, in reading order; versions of libvmaf have one or the other name.
TITLES = {
    "vif_scale0": "VIF, finest detail",
    "vif_scale3": "VIF, coarse detail",
    "adm2": "ADM, detail kept",
    "adm3": "ADM, detail kept",
    "motion2": "Motion",
    "motion3": "Motion",
}
# The upper bound of the share of frames with a lower value, and how such a value is called.
LEVELS = ((0.05, "among the lowest"), (0.25, "low"), (0.75, "as usual"), (0.95, "high"), (1.0, "among the highest"))


@dataclass(frozen=True)
class FeatureLevels:
    """All values of each feature of a clip, sorted, to rank those of a frame."""

    features: Features
    ranked: dict[str, list[float]]

    @classmethod
    def of(cls, features: Features) -> FeatureLevels:
        """Sorts the values; call it in a task."""
        ranked = {
            name: sorted(row[place] for row in features.rows.values())
            for place, name in enumerate(features.names)
            if name in TITLES
        }
        return cls(features, ranked)

    def sentences(self, frame: int) -> list[str]:
        """A line for each feature that the frame has; equal titles once."""
        row = self.features.rows.get(frame)
        return list(self._lines(row)) if row else []

    def _lines(self, row: tuple[float, ...]) -> Iterator[str]:
        values = dict(zip(self.features.names, row, strict=False))
        shown = set()
        for name, title in TITLES.items():
            if name in values and name in self.ranked and title not in shown:
                shown.add(title)
                ranked, value = self.ranked[name], values[name]
                yield f"{title}: {_level(ranked, value)} ({value:.3g}, median {ranked[len(ranked) // 2]:.3g})"


def _level(ranked: list[float], value: float) -> str:
    """By the share of lower values; equal ones count half, so that a clip without changes is as usual."""
    share = (bisect_left(ranked, value) + bisect_right(ranked, value)) / 2 / len(ranked)
    return next(word for most, word in LEVELS if share <= most)


class FrameNotes(QObject):
    """Ranks the features of a review in a task; `changed` when they are available."""

    changed = Signal()

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._levels: FeatureLevels | None = None

    def set_review(self, review: Review | None) -> None:
        """Sets the review whose frames are shown."""
        self._levels = None
        features = review.features if review else None
        key = f"picture features {id(self)}"
        self._tasks.forget(key)
        if features and features.rows:
            self._tasks.run(lambda: FeatureLevels.of(features), self._take, key=key)
        self.changed.emit()

    def notes(self, pair: ShownPair) -> list[str]:
        """What is known of the shown frame, a sentence each; without troubles."""
        pictures = pair.pictures
        if pictures is None:
            return []
        encode = pictures.sides["encode"]
        coded = [encode.facts_sentence] if isinstance(encode, SideImage) else []
        first = [FIRST] if pair.source and pictures.frame == pair.source.pair.frames.first else []
        return [*pair.reasons.notes, *coded, *(self._levels.sentences(pictures.frame) if self._levels else []), *first]

    def _take(self, levels: FeatureLevels) -> None:
        self._levels = levels
        self.changed.emit()
