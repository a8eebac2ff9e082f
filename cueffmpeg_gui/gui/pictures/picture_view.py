# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Reference and encode of one frame: the pictures, the view modes, and what explains the difference."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from qtpy.QtCore import Qt, QTimer, Signal
from qtpy.QtGui import QHideEvent, QKeyEvent
from qtpy.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.pictures.canvas import PictureCanvas
from cueffmpeg_gui.gui.pictures.explanation_panel import ExplanationPanel
from cueffmpeg_gui.gui.pictures.models.explanation import FrameNotes
from cueffmpeg_gui.gui.pictures.models.picture_text import NO_FRAME, NO_PAIR, captions_of
from cueffmpeg_gui.gui.pictures.models.playback import Playback
from cueffmpeg_gui.gui.pictures.models.shown_pair import ShownPair
from cueffmpeg_gui.gui.pictures.modes import MODES, Mode
from cueffmpeg_gui.gui.pictures.picture_toolbar import PictureToolbar
from cueffmpeg_gui.jobs.picture_pair import PicturePair

# How long (ms) flicker shows each side: far below three flashes a second (WCAG 2.3.1).
FLICKER = 600
# Only a wait longer than this (ms) is shown.
PATIENCE = 150
SIDE_WIDTH = 268
KEYS = "Keys: ← → frame, 1 to 4 view, ? all"
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
MODE_KEYS = {Qt.Key[f"Key_{mode.key}"]: mode for mode in MODES}


class PictureView(QWidget):
    """`frame_stepped` emits the frame to which the user stepped by keys or buttons here."""

    frame_stepped = Signal(int)

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures = ShownPair(tasks, self)
        self._frame_notes = FrameNotes(tasks, self)
        self.playback = Playback(self.step, self)
        self.mode: Mode = MODES[0]
        self._pair: PicturePair | None = None
        self._label = ""
        self.canvas = PictureCanvas()
        self.toolbar = PictureToolbar()
        self.explanation = ExplanationPanel()
        self._waiting = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._waiting.setProperty("role", "hint")
        self._patience = QTimer(self, interval=PATIENCE, singleShot=True)
        self._flicker = QTimer(self, interval=FLICKER)
        self._lay_out()
        self._connect()
        self.set_mode(MODES[0])
        self.show_pair(None, "")

    @property
    def is_alternating(self) -> bool:
        """Whether flicker swaps the sides by itself."""
        return self._flicker.isActive()

    def show_pair(self, pair: PicturePair | None, label: str) -> None:
        """Sets the pair (None: not known), and the label of the encode."""
        self._label = label
        if pair is None or pair != self._pair:
            self._pair = pair
            self.play(0)
            self.canvas.set_viewport(self.canvas.viewport.fitted())
            self.pictures.show_pair(pair)
        self.canvas.say(NO_FRAME if pair else NO_PAIR)
        self._paint()

    def set_review(self, review: Any) -> None:
        """Sets the review whose features are shown beside the pictures; None for none."""
        self._frame_notes.set_review(review)

    def show_frame(self, frame: int) -> None:
        """Shows a frame, numbered as in the scores, as soon as both of its pictures are read."""
        self.pictures.show_frame(frame)

    def set_mode(self, mode: Mode) -> None:
        """Sets the view mode."""
        self.mode = mode
        self.toolbar.show_mode(mode)
        self.canvas.set_mode(mode)
        self._alternate(mode.name == "flicker")
        self._amplify()

    def step(self, step: int) -> bool:
        """Steps by frames, and emits the new one; whether there is such a frame."""
        if self._pair is None or self.pictures.pictures is None:
            return False
        frame = self.pictures.wanted + step
        if frame not in self._pair.frames:
            return False
        self.show_frame(frame)
        self.frame_stepped.emit(frame)
        return True

    def play(self, direction: int) -> None:
        """Plays forward (1), back (-1) or stops (0), at the clip's rate or as fast as its pictures can be read."""
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
        self.pictures.explained.connect(self._show_explanation)
        self.pictures.waiting.connect(self._wait)
        self.pictures.waiting.connect(self.playback.hold)
        self._frame_notes.changed.connect(self._show_explanation)
        self._patience.timeout.connect(self._show_waiting)
        self._flicker.timeout.connect(self.canvas.swap)
        self.toolbar.mode_chosen.connect(self.set_mode)
        self.toolbar.gain_chosen.connect(self._amplify)
        self.toolbar.zoom_chosen.connect(self._zoom)
        self.toolbar.stepped.connect(self.step)
        # Whether each action handled its key.
        self._keys: dict[int, Callable[[], bool]] = {
            **{key: partial(_handled, self.step, step) for key, step in STEPS.items()},
            **{key: partial(_handled, self.set_mode, mode) for key, mode in MODE_KEYS.items()},
            Qt.Key.Key_Space: self._swap,
            Qt.Key.Key_Z: lambda: _handled(self._zoom, "real" if self.canvas.viewport.zoom is None else "fit"),
        }

    def _swap(self) -> bool:
        """Swaps the sides by hand, which stops flickering; in the other modes the key is not handled."""
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
        view = self.canvas.viewport
        real = 1 / self.devicePixelRatioF()
        self.canvas.set_viewport(view.fitted() if zoom == "fit" else view.at(real, view.pane[0] / 2, view.pane[1] / 2))

    def _paint(self) -> None:
        pictures = self.pictures.pictures
        captions = captions_of(pictures, self._label) if pictures else {}
        aspect = float(self._pair.reference.video.sample_aspect) if self._pair else 1.0
        self.canvas.show_pictures(pictures, captions, aspect)
        self._show_explanation()

    def _show_explanation(self) -> None:
        pictures = self.pictures.pictures
        troubles, notes = self.pictures.reasons.troubles, self._frame_notes.notes(self.pictures)
        self.explanation.show_lines(pictures.frame if pictures else None, troubles, notes)

    def _wait(self, is_waiting: bool) -> None:
        if is_waiting:
            self._patience.start()
        else:
            self._patience.stop()
            self._waiting.setText(KEYS)

    def _show_waiting(self) -> None:
        self._waiting.setText(f"Reading frame {self.pictures.wanted} …")


def _handled(action: Callable[[Any], object], value: Any) -> bool:
    action(value)
    return True
