# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The cursor of the curve: clicked, stepped with keys, sent to a frame or timecode, read by the legend."""

from typing import Any

import pyqtgraph as pg
import pytest
from curves import LEFT, click, encode, shown
from qtpy.QtCore import Qt

from cueffmpeg_gui.gui.curve.curve_view import CurveView

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize("frame", [1001, 1057, 1100, 1240])
def test_a_click_chooses_the_frame_under_the_mouse(qtbot: Any, view: CurveView, frame: int) -> None:
    shown(qtbot, view, encode())
    with qtbot.waitSignal(view.cursor_moved) as moved:
        click(qtbot, view, frame)
    assert moved.args == [frame] == [view.frame]
    assert f"frame {frame}" in view.caption.frame.text()


def test_a_click_between_two_frames_chooses_the_nearer(qtbot: Any, view: CurveView) -> None:
    shown(qtbot, view, encode())
    view.plot.box.setXRange(1050, 1060, padding=0)
    with qtbot.waitSignal(view.cursor_moved) as moved:
        click(qtbot, view, 1054.4)
    assert moved.args == [1054]


def test_dragging_moves_the_view_and_chooses_nothing(
    qtbot: Any, view: CurveView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(pg.CONFIG_OPTIONS, "mouseRateLimit", 0)  # no move is left out, however fast they come
    shown(qtbot, view, encode())
    view.plot.box.setXRange(1050, 1100, padding=0)
    begin, end = (view.plot.pixel_of(frame, 50).toPoint() for frame in (1080, 1070))
    viewport = view.plot.viewport()
    with qtbot.assertNotEmitted(view.cursor_moved):
        qtbot.mousePress(viewport, LEFT, pos=begin)
        for step in range(1, 11):
            qtbot.mouseMove(viewport, begin + (end - begin) * (step / 10))
        qtbot.mouseRelease(viewport, LEFT, pos=end)
    left, right = view.plot.box.viewRange()[0]
    assert right - left == pytest.approx(50)
    assert 1055 < left < 1065


def test_the_cursor_set_from_outside_is_told_to_nobody(qtbot: Any, view: CurveView) -> None:
    shown(qtbot, view, encode())
    view.plot.box.setXRange(1001, 1020, padding=0)
    with qtbot.assertNotEmitted(view.cursor_moved):
        view.set_cursor(1100)
    left, right = view.plot.box.viewRange()[0]
    assert left <= 1100 <= right
    assert view.caption.frame.text().endswith("60.000")


def test_keys_step_by_frames_and_by_dips(qtbot: Any, view: CurveView) -> None:
    shown(qtbot, view, encode(dips=(1050, 1100, 1200)))
    view.plot.setFocus()
    for key, keys, frame in (
        (Qt.Key.Key_Right, None, 1002), (Qt.Key.Key_BracketRight, None, 1050), (Qt.Key.Key_Left, None, 1049),
        (Qt.Key.Key_Right, CONTROL, 1050), (Qt.Key.Key_Right, CONTROL, 1100), (Qt.Key.Key_BracketLeft, None, 1050),
        (Qt.Key.Key_End, None, 1240), (Qt.Key.Key_Right, None, 1240), (Qt.Key.Key_Left, CONTROL, 1200),
        (Qt.Key.Key_Home, None, 1001),
    ):  # fmt: skip
        qtbot.keyClick(view.plot, key, keys or Qt.KeyboardModifier.NoModifier)
        assert view.frame == frame


@pytest.mark.parametrize("text", ["1100", "00:00:45:20"])
def test_going_to_a_frame_or_its_timecode_is_the_same(qtbot: Any, view: CurveView, text: str) -> None:
    shown(qtbot, view, encode())
    view.plot.setFocus()
    qtbot.keyClick(view.plot, Qt.Key.Key_G)
    line = view.navigation_bar.goto.line
    assert line.hasFocus()
    qtbot.keyClicks(line, text)
    with qtbot.waitSignal(view.cursor_moved) as moved:
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert moved.args == [1100]
    assert view.plot.hasFocus()


def test_going_nowhere_is_told_beside_the_field(qtbot: Any, view: CurveView) -> None:
    shown(qtbot, view, encode())
    goto = view.navigation_bar.goto
    goto.begin()
    qtbot.keyClicks(goto.line, "9999")
    with qtbot.assertNotEmitted(view.cursor_moved):
        qtbot.keyClick(goto.line, Qt.Key.Key_Return)
    assert goto.error.text() == "9999 is outside of 1001 to 1240."
    qtbot.keyClick(goto.line, Qt.Key.Key_Escape)
    assert goto.error.text() == ""


def test_letters_typed_into_the_field_are_no_keys_of_the_curve(qtbot: Any, view: CurveView) -> None:
    shown(qtbot, view, encode())
    view.go(1100)
    view.navigation_bar.goto.begin()
    qtbot.keyClicks(view.navigation_bar.goto.line, "f[")
    qtbot.keyClick(view.navigation_bar.goto.line, Qt.Key.Key_Home)
    assert view.navigation_bar.goto.line.text() == "f["
    assert view.frame == 1100


def test_values_of_all_curves_follow_the_mouse(qtbot: Any, view: CurveView) -> None:
    shown(qtbot, view, encode(key="v012"), encode(key="v013", number=1, dips=(1150,)))
    view.set_cursor(1150)
    assert [entry._value for entry in view.legend.entries.values()] == ["96.000", "60.000"]
    at = view.plot.pixel_of(1100, 50).toPoint()
    qtbot.mouseMove(view.plot.viewport(), at)
    qtbot.waitUntil(lambda: [entry._value for entry in view.legend.entries.values()] == ["60.000", "97.000"])
    assert "frame 1100" in view.caption.frame.text()
