# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Both pictures of the wanted frame, read in tasks, and what explains how they differ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from qtpy.QtCore import QObject, QTimer, Signal

from cueffmpeg_gui.api.review.pictures import PictureSource, Reasons
from cueffmpeg_gui.errors import Cancelled
from cueffmpeg_gui.gui.common.latest import Latest
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.pictures.models.screen_images import (
    ENCODE,
    REFERENCE,
    SIDES,
    Pictures,
    SideImage,
    difference_of,
    side_image_of,
)
from cueffmpeg_gui.jobs.picture_pair import PicturePair

NOTHING = Reasons()
# Frames decoded ahead, in this order, while the user rests at one.
AHEAD = (1, -1, 2, -2)
# The user must rest at a frame this long (ms) before it is explained.
REST = 250
# Reading is cancelled when the wanted frame is farther away than this; nearer ones are decoded on the way to it.
NEAR = 48


class ShownPair(QObject):
    """Reads the pictures of a pair; while it reads one frame, only the newest other request is kept.

    Signals: `shown` when `pictures` changed, `explained` when `reasons` did, `waiting` (bool) while a frame is read.
    """

    shown = Signal()
    explained = Signal()
    waiting = Signal(bool)

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self.source: PictureSource | None = None
        self.wanted = 0
        self.pictures: Pictures | None = None
        self.reasons = NOTHING
        # How much the difference is amplified; 0 while it is not shown.
        self._gain = 0
        self._readers: dict[str, Latest] = {}
        self._found: dict[str, SideImage | str | None] = {}
        self._is_reading = False
        self._was_cancelled = False
        self._rest = QTimer(self, interval=REST, singleShot=True)
        self._rest.timeout.connect(self._explain)

    def show_pair(self, pair: PicturePair | None) -> None:
        """Sets the pair; None for none. Clears what was shown."""
        self.source = PictureSource(pair) if pair else None
        self._readers = {side: Latest(self._tasks) for side in SIDES}
        self._found, self._is_reading, self._was_cancelled = {}, False, False
        self.pictures, self.reasons = None, NOTHING
        self._rest.stop()
        self.waiting.emit(False)
        self.shown.emit()
        self.explained.emit()

    def show_frame(self, frame: int) -> None:
        """Sets the wanted frame; one whose pictures were missing is read again."""
        is_complete = self.pictures is not None and not self.pictures.troubles
        if self.source is None or (frame == self.wanted and (self._is_reading or is_complete)):
            return
        self.wanted = frame
        self._rest.stop()
        if not self._is_reading:
            self._read()

    def show_difference(self, gain: int) -> None:
        """Sets how much the difference is amplified; 0 while it is not shown."""
        self._gain = gain
        if gain and self.pictures and not self._is_reading:
            self._is_reading = True
            self._complete(self.pictures)

    def _read(self) -> None:
        source, frame = self.source, self.wanted
        if source is None:
            return
        self._is_reading, self._found = True, {}
        self.waiting.emit(True)
        is_wanted = self._is_near(source, frame)
        self._read_side(source, frame, REFERENCE, lambda: side_image_of(source.reference(frame, is_wanted)))
        self._read_side(source, frame, ENCODE, lambda: side_image_of(source.encode(frame, is_wanted)))

    def _read_side(self, source: PictureSource, frame: int, side: str, read: Callable[[], SideImage]) -> None:
        take = partial(self._take, source, frame, side)
        self._readers[side].run(lambda: _attempt(read), take, take)

    def _is_near(self, source: PictureSource, frame: int) -> Callable[[], bool]:
        """Whether a frame is still worth reading; after a cancelled one the next one is read to its end."""
        is_patient = self._was_cancelled
        return lambda: self.source is source and (is_patient or abs(self.wanted - frame) <= NEAR)

    def _take(self, source: PictureSource, frame: int, side: str, found: SideImage | str | None) -> None:
        if source is not self.source:
            return
        self._found[side] = found
        if len(self._found) < len(SIDES):
            return
        sides = {side: found for side, found in self._found.items() if found is not None}
        self._was_cancelled = len(sides) < len(SIDES)
        if self._was_cancelled:
            self._read()
        else:
            self._complete(Pictures(frame, source.pair.timecode_of(frame), sides))

    def _complete(self, pictures: Pictures) -> None:
        """Adds the difference if it is shown, so that everything on screen belongs to one frame."""
        gain, images, source = self._gain, pictures.images, self.source
        if gain in (0, pictures.gain) or images is None:
            self._show(pictures)
            return
        self._tasks.run(
            lambda: replace(pictures, difference=difference_of(*images, gain), gain=gain),
            lambda completed: self._complete(completed) if self.source is source else None,
        )

    def _show(self, pictures: Pictures) -> None:
        before = self.pictures
        is_new = before is None or pictures.frame != before.frame or bool(before.troubles)
        self.pictures = pictures
        self._is_reading = False
        if is_new:
            self.reasons = NOTHING
            self.explained.emit()
        self.shown.emit()
        if self.wanted != pictures.frame:
            self._read()
            return
        self.waiting.emit(False)
        if is_new:
            self._look_ahead()
            self._rest.start()

    def _is_at(self, source: PictureSource, frame: int) -> Callable[[], bool]:
        return lambda: self.source is source and self.wanted == frame

    def _look_ahead(self) -> None:
        source, frame = self.source, self.wanted
        if source is None:
            return
        is_wanted = self._is_at(source, frame)
        for side in SIDES:
            prepare = partial(_prepare, source, side, frame, is_wanted)
            self._readers[side].run(partial(_attempt, prepare), _nothing, _nothing)

    def _explain(self) -> None:
        """Reads the neighbours of the frame on both sides, then judges them."""
        source, frame = self.source, self.wanted
        if source is None or self._is_reading or not self.pictures or self.pictures.troubles:
            return
        is_wanted = self._is_at(source, frame)
        near: dict[str, Any] = {}

        def take(side: str, found: Any) -> None:
            near[side] = found
            if len(near) == len(SIDES) and None not in near.values() and is_wanted():
                self._judge(source, frame, near)

        reads = {REFERENCE: source.near_reference, ENCODE: source.near_encode}
        for side, read in reads.items():
            attempt = partial(_attempt, partial(read, frame, is_wanted))
            self._readers[side].run(attempt, partial(take, side), _nothing)

    def _judge(self, source: PictureSource, frame: int, near: dict[str, Any]) -> None:
        is_wanted = self._is_at(source, frame)

        def take(reasons: Reasons) -> None:
            if is_wanted():
                self.reasons = reasons
                self.explained.emit()

        self._tasks.run(lambda: source.explain(frame, near[REFERENCE], near[ENCODE]), take)


def _prepare(source: PictureSource, side: str, frame: int, is_wanted: Callable[[], bool]) -> None:
    for offset in AHEAD:
        source.prepare(side, frame + offset, is_wanted)


def _attempt(work: Callable[[], Any]) -> Any:
    """The work's result; None when it was cancelled."""
    try:
        return work()
    except Cancelled:
        return None


def _nothing(result: Any) -> None:
    return None
