# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Reference and encode of one frame together: the pictures, the ways to look at them, and why they differ."""

from __future__ import annotations

from typing import Any

from qtpy.QtCore import Qt, QTimer, Signal
from qtpy.QtGui import QHideEvent, QKeyEvent
from qtpy.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.pictures.canvas import PictureCanvas
from cueffmpeg_gui.gui.pictures.explanation_panel import ExplanationPanel
from cueffmpeg_gui.gui.pictures.models.explanation import Explanation
from cueffmpeg_gui.gui.pictures.models.picture_text import NO_FRAME, NO_PAIR, captions_of
from cueffmpeg_gui.gui.pictures.models.playback import Playback
from cueffmpeg_gui.gui.pictures.models.shown_pair import ShownPair
from cueffmpeg_gui.gui.pictures.modes import MODES, Mode
from cueffmpeg_gui.gui.pictures.picture_toolbar import PictureToolbar
from cueffmpeg_gui.jobs.picture_pair import PicturePair

# Milliseconds that flicker shows each side: calm, and far below three flashes a second (WCAG 2.3.1).
FLICKER = 600
# Waiting for a picture is told only after so long (ms).
PATIENCE = 150
SIDE_WIDTH = 268
KEYS = "Keys: ← → frame, 1 to 4 view, ? all"
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
MODE_KEYS = {Qt.Key[f"Key_{mode.key}"]: mode for mode in MODES}


class PictureView(QWidget):
    """Signal `frame_stepped`: the user went to another frame (its own number) by keys or buttons here."""

    frame_stepped = Signal(int)

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures = ShownPair(tasks, self)
        self._reasons = Explanation(tasks, self)
        self.playback = Playback(self.step, self)
        self.mode: Mode = MODES[0]
        self._pair: PicturePair | None = None
        self._label = ""
        self.canvas = PictureCanvas()
        self.toolbar = PictureToolbar()
        self.explanation = ExplanationPanel()
        self._waiting = QLabel()
        self._waiting.setProperty("role", "hint")
        self._patience = QTimer(self, interval=PATIENCE, singleShot=True)
        self._flicker = QTimer(self, interval=FLICKER)
        self._lay_out()
        self._connect()
        self.set_mode(MODES[0])
        self.show_pair(None, "")

    @property
    def is_alternating(self) -> bool:
        """Whether flicker swaps the pictures by itself."""
        return self._flicker.isActive()

    def show_pair(self, pair: PicturePair | None, label: str) -> None:
        """The clips whose pictures are shown (None: not known), and the name of the encode beside others."""
        self._label = label
        if pair is None or pair != self._pair:
            self._pair = pair
            self.play(0)
            self.canvas.look(self.canvas.viewport.fitted())
            self.pictures.show_pair(pair)
        self.canvas.say(NO_FRAME if pair else NO_PAIR)
        self._paint()

    def set_review(self, review: Any) -> None:
        """The review whose features are told beside the pictures; None for none."""
        self._reasons.set_review(review)

    def show_frame(self, frame: int) -> None:
        """Shows a frame, in the scores' own numbers, as soon as both of its pictures are there."""
        self.pictures.show_frame(frame)

    def set_mode(self, mode: Mode) -> None:
        """Another way to look at the same pictures."""
        self.mode = mode
        self.toolbar.show_mode(mode)
        self.canvas.set_mode(mode)
        self._alternate(mode.name == "flicker")
        self._amplify()

    def step(self, step: int) -> bool:
        """Goes on by frames, and tells it; whether there was such a frame."""
        if self._pair is None or self.pictures.pictures is None:
            return False
        frame = self.pictures.wanted + step
        if frame not in self._pair.frames:
            return False
        self.show_frame(frame)
        self.frame_stepped.emit(frame)
        return True

    def play(self, direction: int) -> None:
        """Plays on (1), back (-1), or stops (0), at the clip's rate as far as the pictures can be read in time."""
        if self._pair is not None:
            self.playback.play(direction, self._pair.reference.video.rate)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = None if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier else self._keys.get(event.key())
        if action is None or not action():
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.play(0)

    def _lay_out(self) -> None:
        side = QWidget()
        side.setFixedWidth(SIDE_WIDTH)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.toolbar)
        column.addWidget(self.explanation, 1)
        column.addWidget(self._waiting)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.canvas, 1)
        row.addWidget(side)
        self.setFocusProxy(self.canvas)

    def _connect(self) -> None:
        self.pictures.shown.connect(self._paint)
        self.pictures.explained.connect(self._tell)
        self.pictures.waiting.connect(self._wait)
        self.pictures.waiting.connect(self.playback.hold)
        self._reasons.changed.connect(self._tell)
        self._patience.timeout.connect(self._say_waiting)
        self._flicker.timeout.connect(self.canvas.swap)
        self.toolbar.mode_chosen.connect(self.set_mode)
        self.toolbar.gain_chosen.connect(self._amplify)
        self.toolbar.zoom_chosen.connect(self._zoom)
        self.toolbar.stepped.connect(self.step)
        self._keys = {
            **{key: lambda step=step: self._does(self.step, step) for key, step in STEPS.items()},
            **{key: lambda mode=mode: self._does(self.set_mode, mode) for key, mode in MODE_KEYS.items()},
            Qt.Key.Key_Space: self._swap,
            Qt.Key.Key_Z: lambda: self._does(self._zoom, "real" if self.canvas.viewport.zoom is None else "fit"),
        }

    @staticmethod
    def _does(action: Any, value: Any) -> bool:
        action(value)
        return True

    def _swap(self) -> bool:
        """Swaps by hand, which ends the swapping by itself; a key of nobody's in the other modes."""
        if self.mode.name != "flicker":
            return False
        self._alternate(False)
        self.canvas.swap()
        return True

    def _alternate(self, is_on: bool) -> None:
        if is_on:
            self._flicker.start()
        else:
            self._flicker.stop()

    def _amplify(self) -> None:
        self.pictures.show_difference(self.toolbar.gain.currentData() if self.mode.name == "difference" else 0)

    def _zoom(self, zoom: str) -> None:
        port = self.canvas.viewport
        real = 1 / self.devicePixelRatioF()
        self.canvas.look(port.fitted() if zoom == "fit" else port.at(real, port.pane[0] / 2, port.pane[1] / 2))

    def _paint(self) -> None:
        pictures = self.pictures.pictures
        captions = captions_of(pictures, self._label) if pictures else {}
        aspect = float(self._pair.reference.video.sample_aspect) if self._pair else 1.0
        self.canvas.show_pictures(pictures, captions, aspect)
        self._tell()

    def _tell(self) -> None:
        pictures = self.pictures.pictures
        troubles, notes = self.pictures.reasons.troubles, self._reasons.notes(self.pictures)
        self.explanation.show_lines(pictures.frame if pictures else None, troubles, notes)

    def _wait(self, is_waiting: bool) -> None:
        if is_waiting:
            self._patience.start()
        else:
            self._patience.stop()
            self._waiting.setText(KEYS)

    def _say_waiting(self) -> None:
        self._waiting.setText(f"Reading frame {self.pictures.wanted} …")
