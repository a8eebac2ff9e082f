# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The axes of the curve: scales that are cut, zoom, a second metric, names of frames."""

from itertools import pairwise
from typing import Any

import pytest
from curves import encode, shown, wait_drawn
from qtpy.QtCore import QPoint, QPointF, QRectF, Qt
from qtpy.QtGui import QPainter, QPixmap, QWheelEvent
from qtpy.QtWidgets import QApplication

from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.curve.curve_view import CurveView

CONTROL = Qt.KeyboardModifier.ControlModifier


def wheel(
    view: CurveView, frame: float, score: float, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    at = view.plot.pixel_of(frame, score)
    place, everywhere = QPointF(at), QPointF(view.plot.viewport().mapToGlobal(at.toPoint()))
    none = Qt.MouseButton.NoButton
    event = QWheelEvent(place, everywhere, QPoint(), QPoint(0, 480), none, keys, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(view.plot.viewport(), event)


def axis_texts(view: CurveView) -> list[tuple[QRectF, Any, str]]:
    """What stands at the left axis, from the top down."""
    picture = QPixmap(1, 1)
    painter = QPainter(picture)
    _, _, texts = view.plot.left.generateDrawSpecs(painter)
    painter.end()
    return list(texts)


def test_a_cut_axis_owns_up_to_it_also_in_the_picture(qtbot: Any, view: CurveView) -> None:
    shown(qtbot, view, encode())
    assert not view.plot.scale_strip.is_shown
    whole = view.picture().toImage()
    view.plot.setFocus()
    qtbot.keyClick(view.plot, Qt.Key.Key_F)
    assert view.plot.left.cuts == (True, False)
    assert view.plot.scale_strip.is_shown
    assert "axis cut: 58.5" in view.caption.description.text()
    assert view.picture().toImage() != whole
    qtbot.keyClick(view.plot, Qt.Key.Key_W)
    assert not view.plot.scale_strip.is_shown
    assert "axis cut" not in view.caption.description.text()


@pytest.mark.parametrize("height", [90, 110, 130, 400])
def test_however_low_the_plot_its_scores_stand_apart(qtbot: Any, tasks: Tasks, height: int) -> None:
    view = CurveView(tasks, compact=True)
    qtbot.addWidget(view)
    shown(qtbot, view, encode())
    view.resize(400, height)
    qtbot.waitUntil(lambda: view.plot.height() < height)
    texts = axis_texts(view)
    assert texts
    assert all(upper.bottom() < lower.top() for upper, lower in pairwise(rect for rect, _, _ in texts))


def test_a_high_plot_has_a_score_at_every_tick(qtbot: Any, view: CurveView) -> None:
    shown(qtbot, view, encode())
    view.plot.show_whole()
    assert [text for _, _, text in axis_texts(view)] == ["100", "80", "60", "40", "20", "0"]


def test_the_wheel_zooms_frames_and_with_control_scores(qtbot: Any, view: CurveView) -> None:
    shown(qtbot, view, encode())
    frames, scores = view.plot.box.viewRange()
    wheel(view, 1100, 90)
    zoomed = view.plot.box.viewRange()
    assert zoomed[0][1] - zoomed[0][0] < (frames[1] - frames[0]) * 0.8
    assert zoomed[0][0] < 1100 < zoomed[0][1]
    assert zoomed[1] == scores
    wheel(view, 1100, 90, CONTROL)
    assert view.plot.box.viewRange()[1] != scores
    assert view.plot.scale_strip.is_shown


def test_a_second_metric_has_an_axis_of_its_own(qtbot: Any, view: CurveView) -> None:
    shown(qtbot, view, encode())
    view.model.set_second("psnr_y")
    wait_drawn(qtbot, view)
    view.plot.fit()
    low, high = view.plot.right.range
    assert 39 < low < 40
    assert 44 < high < 45
    assert "PSNR (dB) psnr_y" in view.caption.description.text()
    assert any(view.plot.right.cuts)


@pytest.mark.parametrize(("unit", "said"), [("clip frame", "the first is 0"), ("timecode", "at 24")])
def test_the_axis_says_what_it_calls_a_frame(qtbot: Any, view: CurveView, unit: str, said: str) -> None:
    shown(qtbot, view, encode())
    assert "shot frame" in view.plot.axis.labelText
    box = view.options_bar.unit_box
    box.setCurrentIndex(box.findText(unit))
    box.activated.emit(box.currentIndex())
    assert unit in view.plot.axis.labelText
    assert said in view.plot.axis.labelText


def test_ticks_stand_at_whole_seconds_of_timecode(qtbot: Any, view: CurveView) -> None:
    shown(qtbot, view, encode())
    view._show_unit("timecode")
    [(spacing, origin)] = view.plot.axis.tickSpacing(*view.plot.box.viewRange()[0], 900)
    assert spacing % 24 == 0
    assert origin % 24 == 0
