# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What the curve draws: lines, missing frames, thresholds, legend and caption."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from curves import FIRST, LEFT, colour_near, encode, line_extremes, shown, wait_drawn
from qtpy.QtCore import Qt
from qtpy.QtWidgets import QApplication, QTabWidget

from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.curve.colours import COLOURS, curve_colour, curve_pen
from cueffmpeg_gui.gui.curve.curve_view import CurveView
from cueffmpeg_gui.gui.curve.legend import LegendEntry
from cueffmpeg_gui.gui.widgets.theme import STYLE
from cueffmpeg_gui.media.pair_facts import PairFacts
from cueffmpeg_gui.media.pair_single import Slip
from cueffmpeg_gui.media.thresholds import Threshold

CONTROL = Qt.KeyboardModifier.ControlModifier


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
    assert not view._drawing.isActive()
    assert view.plot.lines.lines[0].xData is before
    view.show()
    wait_drawn(qtbot, view)
    assert line_extremes(view) == [(60.0, 97.0)]


def test_a_click_in_the_legend_hides_a_curve_and_shows_it_again(qtbot: Any, view: CurveView) -> None:
    shown(qtbot, view, encode(key="v012"), encode(key="v013", number=1, dips=(1150,)))
    entry = view.legend.entries["v013"]
    assert COLOURS[1] in colour_near(view, 1150, 62, 3)
    qtbot.mouseClick(entry, LEFT)
    wait_drawn(qtbot, view)
    assert COLOURS[1] not in colour_near(view, 1150, 62, 3)
    view.go(1001)
    view.go_to_dip(True)
    view.go_to_dip(True)
    assert view.frame == 1100, "hidden curves have no dips"
    qtbot.mouseClick(entry, LEFT)
    wait_drawn(qtbot, view)
    assert COLOURS[1] in colour_near(view, 1150, 62, 3)


def test_eight_encodes_have_eight_colours_dashed_from_the_fourth_on(view: CurveView) -> None:
    pens = [curve_pen(number, view.palette()) for number in range(8)]
    assert len({pen.color().name() for pen in pens}) == 8
    assert [pen.style() == Qt.PenStyle.SolidLine for pen in pens] == [True] * 3 + [False] * 5
    assert len({tuple(pen.dashPattern()) for pen in pens[3:]}) == 5


def test_long_names_are_shortened_to_what_tells_them_apart(qtbot: Any, view: CurveView) -> None:
    names = [f"testing-sh010-alice_a_very_long_name_of_a_shot_comp_v{number:03}" for number in range(8)]
    view.resize(700, 400)
    shown(qtbot, view, *(encode(key=name, number=number) for number, name in enumerate(names)))
    entries = view.findChildren(LegendEntry)
    assert len(entries) == 8
    assert {entry._name(90)[-1] for entry in entries} == set("01234567")


def test_thresholds_say_pass_or_fail_once_all_is_there(qtbot: Any, view: CurveView) -> None:
    asked = (Threshold("vmaf", "mean", 93.0), Threshold("vmaf", "min", 80.0))
    shown(qtbot, view, encode(thresholds=asked, missing=(1240,)))
    assert {line.state for line in view.plot.thresholds.lines} == {"open"}
    view.show_encodes([encode(thresholds=asked)])
    wait_drawn(qtbot, view)
    assert [line.text for line in view.plot.thresholds.lines] == ["mean ≥ 93: passes, 95.85", "min ≥ 80: fails, 60.00"]
    assert view.legend.entries["v012"]._state == "fail"


def test_an_average_is_drawn_over_a_paler_curve(qtbot: Any, view: CurveView) -> None:
    shown(qtbot, view, encode())
    view.model.set_window(24)
    wait_drawn(qtbot, view)
    lines = view.plot.lines._lines["v012", 0]
    assert float(lines.average.yData.min()) > 90
    assert lines.line.opts["pen"].color() != curve_colour(0)
    assert lines.average.opts["pen"].color() == curve_colour(0)


def test_different_models_are_both_named(qtbot: Any, view: CurveView) -> None:
    shown(qtbot, view, encode(), encode(key="other", number=1, model="vmaf_4k_v0.6.1"))
    assert "VMAF v0.6.1 (0-100) and VMAF 4K v0.6.1 (0-100)" in view.caption.description.text()


def test_numbers_stand_beside_their_model(qtbot: Any, tasks: Tasks) -> None:
    small = CurveView(tasks, compact=True)
    qtbot.addWidget(small)
    shown(qtbot, small, encode())
    assert small.legend.isHidden()
    assert small.navigation_bar.isHidden()
    small.plot.setFocus()
    qtbot.keyClick(small.plot, Qt.Key.Key_G)
    assert small.navigation_bar.goto.line.hasFocus()


def test_a_styled_window_takes_it_in_whichever_order(qtbot: Any, tasks: Tasks) -> None:
    tabs = QTabWidget()
    qtbot.addWidget(tabs)
    tabs.setStyleSheet(STYLE)
    tabs.addTab(CurveView(tasks), "curve")
    with qtbot.waitExposed(tabs):
        tabs.show()
    assert tabs.widget(0).isVisible()


def test_the_picture_is_what_is_seen(qtbot: Any, view: CurveView, tmp_path: Path) -> None:
    shown(qtbot, view, encode(missing=(1200,)))
    picture = view.picture()
    assert picture.width() == view.sheet.width()
    assert picture.save(str(tmp_path / "curve.png"))


def test_frames_out_of_step_are_shaded_and_told(qtbot: Any, view: CurveView) -> None:
    late = PairFacts(1001, 1240, slips=(Slip(1100, 1140, -1),))
    shown(qtbot, view, encode(dips=(), pair=late, thresholds=(Threshold("vmaf", "mean", 10),)))
    ground, shade = (colour_near(view, frame, 50, 2) for frame in (1060, 1120))
    assert len(ground) == len(shade) == 1
    assert ground != shade
    assert view.caption.partial.text() == "out of step: 1100-1140"
    assert "v012: The encode is 1 frame late in frames 1100-1140" in view.plot.out_of_step.toolTip()
    (drawn,) = view.model.drawn
    assert drawn.verdict
    assert (drawn.verdict.state, drawn.verdict.faults) == ("fail", drawn.encode.faults)
    view.show_encodes([encode(dips=(), pair=replace(late, slips=()))])
    wait_drawn(qtbot, view)
    assert colour_near(view, 1120, 50, 2) == ground
    assert view.caption.partial.text() == ""
