# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Both pictures of the frame that is wanted, read off the window's thread, and why they differ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from qtpy.QtCore import QObject, QTimer, Signal

from cueffmpeg_gui.api.review.pictures import PictureSource, Reasons
from cueffmpeg_gui.errors import Cancelled
from cueffmpeg_gui.gui.common.latest import Latest
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.pictures.models.screen_images import ImagePyramid, SideImage, difference_of, side_image_of
from cueffmpeg_gui.jobs.picture_pair import PicturePair

NOTHING = Reasons()
SIDES = ("reference", "encode")
# Pictures decoded ahead, in this order, while nothing else is wanted.
AHEAD = (1, -1, 2, -2)
# A frame must rest so long (ms) before it is asked why it is as it is.
REST = 250
# A picture is given up for one that is farther away than this; nearer ones come on the way.
NEAR = 48


@dataclass(frozen=True)
class Pictures:
    """What is shown of a frame: of each side a SideImage, or the sentence that says why there is none."""

    frame: int
    timecode: str
    sides: dict[str, SideImage | str]
    difference: ImagePyramid | None = None
    gain: int = 0

    @property
    def troubles(self) -> list[str]:
        """Why sides have no picture."""
        return [shot for shot in self.sides.values() if isinstance(shot, str)]


class ShownPair(QObject):
    """Reads a pair, newest frame first: while one frame is read only the newest other is remembered.

    Signals: `shown` when `pictures` are others, `explained` when `reasons` are, `waiting` (bool) while one is read.
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
        # 0: no difference is looked at, else how much it is amplified.
        self._gain = 0
        self._lanes: dict[str, Latest] = {}
        self._found: dict[str, Any] = {}
        self._is_reading = False
        self._gave_up = False
        self._rest = QTimer(self, interval=REST, singleShot=True)
        self._rest.timeout.connect(self._explain)

    def show_pair(self, pair: PicturePair | None) -> None:
        """Another pair, or none; what was shown goes."""
        self.source = PictureSource(pair) if pair else None
        self._lanes = {side: Latest(self._tasks) for side in SIDES}
        self._found, self._is_reading, self._gave_up = {}, False, False
        self.pictures, self.reasons = None, NOTHING
        self._rest.stop()
        self.waiting.emit(False)
        self.shown.emit()
        self.explained.emit()

    def show_frame(self, frame: int) -> None:
        """The frame that is wanted now; one whose pictures were missing is tried again."""
        is_there = self.pictures is not None and not self.pictures.troubles
        if self.source is None or (frame == self.wanted and (self._is_reading or is_there)):
            return
        self.wanted = frame
        self._rest.stop()
        if not self._is_reading:
            self._read()

    def show_difference(self, gain: int) -> None:
        """How much the difference is amplified from now on; 0 when it is not looked at."""
        self._gain = gain
        if gain and self.pictures and not self._is_reading:
            self._is_reading = True
            self._complete(self.pictures)

    def _read(self) -> None:
        self._is_reading, self._found = True, {}
        self.waiting.emit(True)
        source, frame = self.source, self.wanted
        is_wanted = self._patience(source, frame)
        for side, read in (("reference", source.reference), ("encode", source.encode)):
            self._lanes[side].run(
                lambda read=read: _attempt(lambda: side_image_of(read(frame, is_wanted))),
                lambda found, side=side: self._take(source, frame, side, found),
                lambda sentence, side=side: self._take(source, frame, side, sentence),
            )

    def _patience(self, source: PictureSource, frame: int) -> Callable[[], bool]:
        """Whether a frame is still worth reading; after one was given up the next one is read to its end."""
        is_patient = self._gave_up
        return lambda: self.source is source and (is_patient or abs(self.wanted - frame) <= NEAR)

    def _take(self, source: PictureSource, frame: int, side: str, found: SideImage | str | None) -> None:
        if source is not self.source:
            return
        self._found[side] = found
        if len(self._found) < len(SIDES):
            return
        self._gave_up = None in self._found.values()
        if self._gave_up:
            self._read()
        else:
            self._complete(Pictures(frame, source.pair.timecode_of(frame), self._found))

    def _complete(self, pictures: Pictures) -> None:
        """Adds the difference where it is looked at, so that all that is shown is of one frame."""
        gain = self._gain
        if gain in (0, pictures.gain) or pictures.troubles:
            self._show(pictures)
            return
        shots = [pictures.sides[side] for side in SIDES]
        source = self.source
        self._tasks.run(
            lambda: replace(pictures, difference=difference_of(*shots, gain), gain=gain),
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
        is_wanted = self._is_at(source, frame)
        for side in SIDES:

            def prepare(side: str = side) -> None:
                for offset in AHEAD:
                    source.prepare(side, frame + offset, is_wanted)

            self._lanes[side].run(lambda prepare=prepare: _attempt(prepare), _nothing, _nothing)

    def _explain(self) -> None:
        """Asks both sides for the neighbours of the frame, then judges them."""
        source, frame = self.source, self.wanted
        if source is None or self._is_reading or not self.pictures or self.pictures.troubles:
            return
        is_wanted, near = self._is_at(source, frame), {}

        def take(side: str, found: Any) -> None:
            near[side] = found
            if len(near) == len(SIDES) and None not in near.values() and is_wanted():
                self._judge(source, frame, near)

        for side, read in (("reference", source.near_reference), ("encode", source.near_encode)):
            self._lanes[side].run(
                lambda read=read: _attempt(lambda: read(frame, is_wanted)),
                lambda found, side=side: take(side, found),
                _nothing,
            )

    def _judge(self, source: PictureSource, frame: int, near: dict[str, Any]) -> None:
        is_wanted = self._is_at(source, frame)

        def tell(reasons: Reasons) -> None:
            if is_wanted():
                self.reasons = reasons
                self.explained.emit()

        self._tasks.run(lambda: source.explain(frame, near["reference"], near["encode"]), tell)


def _attempt(work: Callable[[], Any]) -> Any:
    """What the work gives; None when it was given up."""
    try:
        return work()
    except Cancelled:
        return None


def _nothing(result: Any) -> None:
    return None
