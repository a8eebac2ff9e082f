# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The curve as a person has it: looked at, clicked, zoomed, stepped through with keys."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from curves import FIRST, LEFT, click, colour_near, encode, line_extremes, shown, wait_drawn
from qtpy.QtCore import QPoint, QPointF, QRectF, Qt
from qtpy.QtGui import QColor, QPainter, QPalette, QPixmap, QWheelEvent
from qtpy.QtWidgets import QApplication, QTabWidget

from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.curve.colours import COLOURS, curve_colour, curve_pen
from cueffmpeg_gui.gui.curve.curve_view import CurveView
from cueffmpeg_gui.gui.curve.legend import LegendChip
from cueffmpeg_gui.gui.widgets.theme import PALETTE, STYLE
from cueffmpeg_gui.media.thresholds import Threshold

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def view(qtbot: Any, tasks: Tasks) -> CurveView:
    made = CurveView(tasks)
    palette = QPalette()
    for role, colour in PALETTE.items():
        palette.setColor(role, QColor(colour))
    made.setPalette(palette)
    qtbot.addWidget(made)
    return made


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


def test_dragging_moves_the_view_and_chooses_nothing(qtbot: Any, view: CurveView) -> None:
    shown(qtbot, view, encode())
    view.plot.box.setXRange(1050, 1100, padding=0)
    begin, end = (view.plot.pixel_of(frame, 50).toPoint() for frame in (1080, 1070))
    viewport = view.plot.viewport()
    with qtbot.assertNotEmitted(view.cursor_moved):
        qtbot.mousePress(viewport, LEFT, pos=begin)
        for step in range(1, 11):
            qtbot.mouseMove(viewport, begin + (end - begin) * (step / 10))
            qtbot.wait(15)
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
    line = view.bar.goto.line
    assert line.hasFocus()
    qtbot.keyClicks(line, text)
    with qtbot.waitSignal(view.cursor_moved) as moved:
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert moved.args == [1100]
    assert view.plot.hasFocus()


def test_going_nowhere_is_told_beside_the_field(qtbot: Any, view: CurveView) -> None:
    shown(qtbot, view, encode())
    goto = view.bar.goto
    goto.begin()
    qtbot.keyClicks(goto.line, "9999")
    with qtbot.assertNotEmitted(view.cursor_moved):
        qtbot.keyClick(goto.line, Qt.Key.Key_Return)
    assert goto.said.text() == "9999 is outside of 1001 to 1240."
    qtbot.keyClick(goto.line, Qt.Key.Key_Escape)
    assert goto.said.text() == ""


def test_letters_typed_into_the_field_are_no_keys_of_the_curve(qtbot: Any, view: CurveView) -> None:
    shown(qtbot, view, encode())
    view.go(1100)
    view.bar.goto.begin()
    qtbot.keyClicks(view.bar.goto.line, "f[")
    qtbot.keyClick(view.bar.goto.line, Qt.Key.Key_Home)
    assert view.bar.goto.line.text() == "f["
    assert view.frame == 1100


def test_what_is_missing_is_hatched_and_counted(qtbot: Any, view: CurveView) -> None:
    shown(qtbot, view, encode(1200, missing=(*range(1400, 1639), 1900)))
    assert view.caption.partial.text() == "partial: 960 of 1,200 frames"
    ground = colour_near(view, 1200, 50, 2)
    assert len(ground) == 1
    assert len(colour_near(view, 1500, 50, 4)) > 1, "a stretch"
    assert len(colour_near(view, 1900, 50, 4)) > 1, "a lone frame"


def test_what_is_missing_stays_hatched_where_it_is_when_the_view_moves(qtbot: Any, view: CurveView) -> None:
    shown(qtbot, view, encode(1200, missing=tuple(range(1400, 1500))))
    for left in (1300, 1380, 1001):
        view.plot.box.setXRange(left, left + 600, padding=0)
        QApplication.processEvents()
        assert len(colour_near(view, 1450, 50, 4)) > 1
        assert len(colour_near(view, 1380 if left < 1380 else 1550, 50, 4)) == 1


def test_a_lone_frame_among_missing_ones_is_drawn(qtbot: Any, view: CurveView) -> None:
    shown(qtbot, view, encode(1200, missing=tuple(frame for frame in range(1001, 2201) if frame != 1600)))
    assert curve_colour(0).name() in colour_near(view, 1600, 96, 2)


def test_a_film_shows_its_only_dip(qtbot: Any, view: CurveView) -> None:
    shown(qtbot, view, encode(200_000, dips=(FIRST + 199_999,)))
    assert line_extremes(view) == [(60.0, 97.0)]
    assert len(view.plot.lines.lines[0].xData) < 10_000


def test_a_growing_curve_keeps_what_was_zoomed_to(qtbot: Any, view: CurveView) -> None:
    shown(qtbot, view, encode(missing=tuple(range(1041, 1241))))
    whole = view.plot.box.viewRange()
    view.show_encodes([encode(missing=tuple(range(1081, 1241)))])
    wait_drawn(qtbot, view)
    assert view.plot.box.viewRange() == whole
    view.plot.box.setXRange(1010, 1030, padding=0)
    view.show_encodes([encode()])
    wait_drawn(qtbot, view)
    assert view.plot.box.viewRange()[0] == pytest.approx([1010, 1030])
    assert view.caption.partial.isHidden()


def test_nothing_is_drawn_while_nobody_sees_it(qtbot: Any, view: CurveView) -> None:
    shown(qtbot, view, encode(missing=tuple(range(1041, 1241))))
    view.hide()
    before = view.plot.lines.lines[0].xData
    view.show_encodes([encode()])
    qtbot.waitUntil(lambda: view.model.is_settled)
    qtbot.wait(150)
    assert view.plot.lines.lines[0].xData is before
    view.show()
    wait_drawn(qtbot, view)
    assert line_extremes(view) == [(60.0, 97.0)]


def test_a_click_in_the_legend_hides_a_curve_and_shows_it_again(qtbot: Any, view: CurveView) -> None:
    shown(qtbot, view, encode(key="v012"), encode(key="v013", number=1, dips=(1150,)))
    chip = view.legend.chips["v013"]
    assert COLOURS[1] in colour_near(view, 1150, 62, 3)
    qtbot.mouseClick(chip, LEFT)
    wait_drawn(qtbot, view)
    assert COLOURS[1] not in colour_near(view, 1150, 62, 3)
    view.go(1001)
    view.go_to_dip(True)
    view.go_to_dip(True)
    assert view.frame == 1100, "hidden curves have no dips"
    qtbot.mouseClick(chip, LEFT)
    wait_drawn(qtbot, view)
    assert COLOURS[1] in colour_near(view, 1150, 62, 3)


def test_values_of_all_curves_follow_the_mouse(qtbot: Any, view: CurveView) -> None:
    shown(qtbot, view, encode(key="v012"), encode(key="v013", number=1, dips=(1150,)))
    view.set_cursor(1150)
    assert [chip._value for chip in view.legend.chips.values()] == ["96.000", "60.000"]
    at = view.plot.pixel_of(1100, 50).toPoint()
    qtbot.mouseMove(view.plot.viewport(), at)
    qtbot.waitUntil(lambda: [chip._value for chip in view.legend.chips.values()] == ["60.000", "97.000"])
    assert "frame 1100" in view.caption.frame.text()


def test_eight_encodes_have_eight_colours_dashed_from_the_fourth_on(view: CurveView) -> None:
    pens = [curve_pen(number, view.palette()) for number in range(8)]
    assert len({pen.color().name() for pen in pens}) == 8
    assert [pen.style() == Qt.PenStyle.SolidLine for pen in pens] == [True] * 3 + [False] * 5
    assert len({tuple(pen.dashPattern()) for pen in pens[3:]}) == 5


def test_long_names_are_shortened_to_what_tells_them_apart(qtbot: Any, view: CurveView) -> None:
    names = [f"testing-sh010-alice_a_very_long_name_of_a_shot_comp_v{number:03}" for number in range(8)]
    view.resize(700, 400)
    shown(qtbot, view, *(encode(key=name, number=number) for number, name in enumerate(names)))
    chips = view.findChildren(LegendChip)
    assert len(chips) == 8
    assert {chip._name(90)[-1] for chip in chips} == set("01234567")


def test_thresholds_say_pass_or_fail_once_all_is_there(qtbot: Any, view: CurveView) -> None:
    asked = (Threshold("vmaf", "mean", 93.0), Threshold("vmaf", "min", 80.0))
    shown(qtbot, view, encode(thresholds=asked, missing=(1240,)))
    assert {line.state for line in view.plot.thresholds.lines} == {"open"}
    view.show_encodes([encode(thresholds=asked)])
    wait_drawn(qtbot, view)
    assert [line.text for line in view.plot.thresholds.lines] == ["mean ≥ 93: passes, 95.85", "min ≥ 80: fails, 60.00"]
    assert view.legend.chips["v012"]._state == "fail"


def test_a_cut_axis_owns_up_to_it_also_in_the_picture(qtbot: Any, view: CurveView) -> None:
    shown(qtbot, view, encode())
    assert not view.plot.ghost.is_shown
    whole = view.picture().toImage()
    view.plot.setFocus()
    qtbot.keyClick(view.plot, Qt.Key.Key_F)
    assert view.plot.left.cuts == (True, False)
    assert view.plot.ghost.is_shown
    assert "axis cut: 58.5" in view.caption.said.text()
    assert view.picture().toImage() != whole
    qtbot.keyClick(view.plot, Qt.Key.Key_W)
    assert not view.plot.ghost.is_shown
    assert "axis cut" not in view.caption.said.text()


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
    assert view.plot.ghost.is_shown


def test_a_second_metric_has_an_axis_of_its_own(qtbot: Any, view: CurveView) -> None:
    shown(qtbot, view, encode())
    view.model.choose(second="psnr_y")
    wait_drawn(qtbot, view)
    view.plot.fit()
    low, high = view.plot.right.range
    assert 39 < low < 40
    assert 44 < high < 45
    assert "PSNR (dB) psnr_y" in view.caption.said.text()
    assert any(view.plot.right.cuts)


def test_an_average_is_drawn_over_a_paler_curve(qtbot: Any, view: CurveView) -> None:
    shown(qtbot, view, encode())
    view.model.choose(window=24)
    wait_drawn(qtbot, view)
    lines = view.plot.lines._lines["v012", 0]
    assert float(lines.average.yData.min()) > 90
    assert lines.line.opts["pen"].color() != curve_colour(0)
    assert lines.average.opts["pen"].color() == curve_colour(0)


@pytest.mark.parametrize(("unit", "said"), [("clip frame", "the first is 0"), ("timecode", "at 24")])
def test_the_axis_says_what_it_calls_a_frame(qtbot: Any, view: CurveView, unit: str, said: str) -> None:
    shown(qtbot, view, encode())
    assert "shot frame" in view.plot.axis.labelText
    box = view.choices.unit_box
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


def test_different_models_are_both_named(qtbot: Any, view: CurveView) -> None:
    shown(qtbot, view, encode(), encode(key="other", number=1, model="vmaf_4k_v0.6.1"))
    assert "VMAF v0.6.1 (0-100) and VMAF 4K v0.6.1 (0-100)" in view.caption.said.text()


def test_numbers_stand_beside_their_model(qtbot: Any, tasks: Tasks) -> None:
    small = CurveView(tasks, compact=True)
    qtbot.addWidget(small)
    shown(qtbot, small, encode())
    assert small.legend.isHidden()
    assert small.bar.isHidden()
    small.plot.setFocus()
    qtbot.keyClick(small.plot, Qt.Key.Key_G)
    assert small.bar.goto.line.hasFocus()


def test_a_styled_window_takes_it_in_whichever_order(qtbot: Any, tasks: Tasks) -> None:
    tabs = QTabWidget()
    qtbot.addWidget(tabs)
    tabs.setStyleSheet(STYLE)
    tabs.addTab(CurveView(tasks), "curve")
    tabs.show()
    qtbot.wait(50)
    assert tabs.widget(0).isVisible()


def test_the_picture_is_what_is_seen(qtbot: Any, view: CurveView, tmp_path: Path) -> None:
    shown(qtbot, view, encode(missing=(1200,)))
    picture = view.picture()
    assert picture.width() == view.sheet.width()
    assert picture.save(str(tmp_path / "curve.png"))
