# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What a picture view shows, pixel by pixel, and what ffmpeg itself decodes: the one is held against the other."""

import subprocess
from typing import Any

import numpy as np
import numpy.typing as npt
from qtpy.QtCore import QPoint, QPointF, QRect, Qt
from qtpy.QtGui import QImage, QWheelEvent
from qtpy.QtWidgets import QApplication

from cueffmpeg_gui.gui.pictures.picture_view import PictureView

Pixels = npt.NDArray[np.uint8]
TO_RGB = (
    "scale=in_color_matrix=bt601:in_range=tv:out_range=pc:flags=bicubic+accurate_rnd+full_chroma_int"
    ":in_chroma_loc=left,format=rgb24"
)
PATIENCE = 20_000


def wait_for_frame(qtbot: Any, view: PictureView, frame: int) -> None:
    """Until both pictures of a frame are shown."""
    qtbot.waitUntil(lambda: shown_frame(view) == frame, timeout=PATIENCE)


def shown_frame(view: PictureView) -> int | None:
    """The frame whose pictures are shown."""
    return view.pictures.pictures.frame if view.pictures.pictures else None


def decoded(ffmpeg: str, path: str) -> Pixels:
    """All pictures of a 320x180 clip as RGB by ffmpeg itself."""
    command = [ffmpeg, "-v", "error", "-i", path, "-vf", TO_RGB, "-f", "rawvideo", "-"]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    return np.frombuffer(raw, np.uint8).reshape(-1, 180, 320, 3)


def seen(view: PictureView, pane: int = 0) -> Pixels:
    """What a pane shows of a 320x180 picture at 1:1, pixel by pixel, from the window itself."""
    left, top, width, height = (round(side) for side in view.canvas.viewport.area)
    assert (width, height) == (320, 180)
    corner = view.canvas.panes[pane].picture.topLeft() + QPoint(left, top)
    image = view.canvas.grab(QRect(corner.x(), corner.y(), width, height)).toImage()
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(180, image.bytesPerLine())
    return rows[:, : 320 * 3].reshape(180, 320, 3).copy()


def real_size(qtbot: Any, view: PictureView) -> None:
    """Zooms to 1:1 by its key."""
    qtbot.keyClick(view.canvas, Qt.Key.Key_Z)


def at(view: PictureView, x: float, y: float, pane: int = 0) -> QPoint:
    """The point of the canvas over a place of the picture, in fractions of its sides."""
    left, top, width, height = view.canvas.viewport.area
    corner = view.canvas.panes[pane].picture.topLeft()
    return corner + QPoint(round(left + x * width), round(top + y * height))


def wheel(view: PictureView, point: QPoint, steps: int) -> None:
    """Turns the wheel over a point of the canvas."""
    event = QWheelEvent(
        QPointF(point), QPointF(view.canvas.mapToGlobal(point)), QPoint(), QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.canvas, event)
