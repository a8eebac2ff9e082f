# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""All that is told about a frame: how the pair goes together, how the picture was coded, what libvmaf measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qtpy.QtCore import QObject, Signal

from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.pictures.models.picture_features import FeatureLevels
from cueffmpeg_gui.gui.pictures.models.screen_images import Shot
from cueffmpeg_gui.gui.pictures.models.shown_pair import PairPictures

if TYPE_CHECKING:
    from cueffmpeg_gui.api.review.load import Review

FIRST = "First frame: VMAF sees no motion without a picture before it, so it reads low here."


class PictureReasons(QObject):
    """The features of the review, ranked off the window's thread. Signal `changed` when they are there."""

    changed = Signal()

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._levels: FeatureLevels | None = None

    def set_review(self, review: Review | None) -> None:
        """The review whose frames are looked at."""
        self._levels = None
        features = review.features if review else None
        key = f"picture features {id(self)}"
        self._tasks.forget(key)
        if features and features.rows:
            self._tasks.run(lambda: FeatureLevels.of(features), self._take, key=key)
        self.changed.emit()

    def notes(self, pair: PairPictures) -> list[str]:
        """What is known of the frame shown and is no trouble, a sentence each."""
        pictures = pair.pictures
        if pictures is None:
            return []
        encode = pictures.sides["encode"]
        coded = [encode.facts_sentence] if isinstance(encode, Shot) else []
        first = [FIRST] if pair.source and pictures.frame == pair.source.pair.frames.first else []
        return [*pair.reasons.notes, *coded, *(self._levels.sentences(pictures.frame) if self._levels else []), *first]

    def _take(self, levels: FeatureLevels) -> None:
        self._levels = levels
        self.changed.emit()
