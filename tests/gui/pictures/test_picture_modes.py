# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Ways to look at a pair: modes, zoom and pan, values under the pointer; held against ffmpeg's own decode."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from picture_helpers import at, decoded, real_size, seen, wait_for_frame, wheel
from qtpy.QtCore import QPoint, Qt
from qtpy.QtWidgets import QVBoxLayout, QWidget

from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.pictures.models.picture_text import TIMES
from cueffmpeg_gui.gui.pictures.picture_view import PictureView
from cueffmpeg_gui.jobs.picture_pair import PicturePair

Show = Callable[..., PictureView]


def test_keys_and_buttons_choose_the_way_to_look(qtbot: Any, show: Show, pair: PicturePair) -> None:
    view = show(pair, 5)
    for key, name in (("2", "wipe"), ("3", "difference"), ("4", "flicker"), ("1", "side")):
        qtbot.keyClick(view.canvas, key)
        assert view.mode.name == name
        assert view.toolbar.buttons[name].isChecked()
    qtbot.mouseClick(view.toolbar.buttons["wipe"], Qt.MouseButton.LeftButton)
    assert view.mode.name == "wipe"


def test_keys_of_nobody_here_go_on_to_the_window(qtbot: Any, tasks: Tasks, pair: PicturePair) -> None:
    got: list[int] = []
    window = QWidget()
    window.keyPressEvent = lambda event: got.append(event.key())
    qtbot.addWidget(window)
    view = PictureView(tasks)
    QVBoxLayout(window).addWidget(view)
    view.show_pair(pair, "")
    window.show()
    qtbot.keyClick(view.canvas, Qt.Key.Key_Space)
    qtbot.keyClick(view.canvas, Qt.Key.Key_J)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert got == [Qt.Key.Key_Space, Qt.Key.Key_J, Qt.Key.Key_Control, Qt.Key.Key_Left]


def test_wipe_shows_the_reference_left_of_the_pointer_and_the_encode_right(
    qtbot: Any, show: Show, pair: PicturePair, ffmpeg: str
) -> None:
    view = show(pair, 12)
    qtbot.keyClick(view.canvas, "2")
    real_size(qtbot, view)
    reference, encode = decoded(ffmpeg, pair.reference.path)[11], decoded(ffmpeg, pair.encode.path)[11]
    for place in (0.25, 0.7):
        qtbot.mouseMove(view.canvas, at(view, place, 0.5))
        picture, line = seen(view), round(place * 320)
        assert np.array_equal(picture[:, : line - 2], reference[:, : line - 2])
        assert np.array_equal(picture[:, line + 3 :], encode[:, line + 3 :])


def test_difference_is_amplified_around_grey(qtbot: Any, show: Show, pair: PicturePair, ffmpeg: str) -> None:
    view = show(pair, 12)
    qtbot.keyClick(view.canvas, "3")
    real_size(qtbot, view)
    reference, encode = decoded(ffmpeg, pair.reference.path)[11], decoded(ffmpeg, pair.encode.path)[11]
    for choice, gain in enumerate((1, 4, 8, 16)):
        view.toolbar.gain.setCurrentIndex(choice)
        qtbot.waitUntil(lambda gain=gain: view.pictures.pictures.gain == gain)
        wanted = np.clip((encode.astype(int) - reference) * gain + 128, 0, 255)
        assert np.array_equal(seen(view), wanted)
        assert f"difference 12 · {TIMES}{gain} · grey: equal" in view.canvas.captions["difference"]
    qtbot.keyClick(view.canvas, Qt.Key.Key_Right)
    wait_for_frame(qtbot, view, 13)
    assert view.pictures.pictures.gain == 16


def test_a_clip_less_itself_is_grey(qtbot: Any, show: Show, pair: PicturePair) -> None:
    view = show(replace(pair, encode=pair.reference), 12)
    qtbot.keyClick(view.canvas, "3")
    qtbot.waitUntil(lambda: view.pictures.pictures.gain == 4)
    real_size(qtbot, view)
    assert (seen(view) == 128).all()


def test_flicker_swaps_by_itself_and_by_hand(qtbot: Any, show: Show, pair: PicturePair, ffmpeg: str) -> None:
    view = show(pair, 12)
    qtbot.keyClick(view.canvas, "4")
    real_size(qtbot, view)
    reference, encode = decoded(ffmpeg, pair.reference.path)[11], decoded(ffmpeg, pair.encode.path)[11]
    qtbot.waitUntil(lambda: view.canvas.flicker_side == "encode")
    assert np.array_equal(seen(view), encode)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Space)
    assert not view.is_alternating
    assert np.array_equal(seen(view), reference)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Space)
    assert np.array_equal(seen(view), encode)
    qtbot.keyClick(view.canvas, "4")
    assert view.is_alternating
    qtbot.keyClick(view.canvas, "1")
    assert not view.is_alternating


def test_the_wheel_zooms_at_the_pointer_in_both_panes(qtbot: Any, show: Show, pair: PicturePair) -> None:
    view = show(pair, 12)
    for pane in (0, 1):
        point = at(view, 0.3, 0.6, pane)
        corner = view.canvas.panes[pane].picture.topLeft()
        before = view.canvas.viewport.place(*(point - corner).toTuple())
        wheel(view, point, 5)
        after = view.canvas.viewport.place(*(point - corner).toTuple())
        assert np.abs(np.subtract(before, after)).max() * 320 < 1
        assert view.canvas.viewport.zoom > view.canvas.viewport.fit
    wheel(view, at(view, 0.3, 0.6), -40)
    assert view.canvas.viewport.zoom is None


def test_a_drag_pans_and_a_double_click_fits(qtbot: Any, show: Show, pair: PicturePair) -> None:
    view = show(pair, 12)
    wheel(view, at(view, 0.5, 0.5), 8)
    before = view.canvas.viewport.middle
    start = view.canvas.panes[1].picture.center()
    qtbot.mousePress(view.canvas, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view.canvas, start + QPoint(40, 20))
    qtbot.mouseRelease(view.canvas, Qt.MouseButton.LeftButton, pos=start + QPoint(40, 20))
    _, _, width, height = view.canvas.viewport.area
    moved = view.canvas.viewport.middle
    assert np.allclose((before[0] - moved[0], before[1] - moved[1]), (40 / width, 20 / height), atol=1 / width)
    qtbot.mouseDClick(view.canvas, Qt.MouseButton.LeftButton, pos=start)
    assert view.canvas.viewport.zoom is None


def test_zoom_and_pan_stay_while_frames_and_ways_to_look_change(qtbot: Any, show: Show, pair: PicturePair) -> None:
    view = show(pair, 12)
    wheel(view, at(view, 0.2, 0.2), 8)
    zoom, middle = view.canvas.viewport.zoom, view.canvas.viewport.middle
    qtbot.keyClick(view.canvas, "2")
    qtbot.keyClick(view.canvas, Qt.Key.Key_Right)
    wait_for_frame(qtbot, view, 13)
    assert (view.canvas.viewport.zoom, view.canvas.viewport.middle) == (zoom, middle)


def test_values_under_the_pointer_are_those_of_both_clips(
    qtbot: Any, show: Show, pair: PicturePair, ffmpeg: str
) -> None:
    view = show(pair, 12)
    real_size(qtbot, view)
    qtbot.mouseMove(view.canvas, at(view, 0.5, 0.25))
    reference, encode = view.canvas.values()
    for text, path in ((reference, pair.reference.path), (encode, pair.encode.path)):
        red, green, blue = decoded(ffmpeg, path)[11][45, 160]
        assert text.startswith("160, 45 · Y ")
        assert text.endswith(f"(8-bit) · RGB {red} {green} {blue}")
    qtbot.mouseMove(view.canvas, view.canvas.panes[0].caption.center())
    assert view.canvas.values() == ("", "")
