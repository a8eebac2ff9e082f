# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The Review page on files of scores: numbers, worst frames, one cursor, exports."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from curves import LEFT, click
from qtpy.QtCore import Qt
from qtpy.QtGui import QImage
from review_pages import PATIENCE, table, wait_for_encodes

from cueffmpeg_gui.gui.review.review_page import ReviewPage


def test_a_question_mark_lists_the_keys_until_the_next_key(
    qtbot: Any, page: ReviewPage, write: Callable[..., str]
) -> None:
    page.review([write("v012")])
    wait_for_encodes(qtbot, page, 1)
    page.panes.curve.plot.setFocus()
    qtbot.keyClick(page.panes.curve.plot, Qt.Key.Key_Question)
    assert page.keys.isVisible()
    qtbot.keyClick(page.keys, Qt.Key.Key_Escape)
    assert not page.keys.isVisible()


def test_different_models_are_warned_of(qtbot: Any, page: ReviewPage, write: Callable[..., str]) -> None:
    page.review([write("v012"), write("v013", model="vmaf_4k_v0.6.1")])
    wait_for_encodes(qtbot, page, 2)
    models = "VMAF v0.6.1 (0-100) and VMAF 4K v0.6.1 (0-100)"
    assert page.line.text() == f"Different models are on one axis ({models}): do not compare their scores."


def test_partial_scores_are_called_partial(qtbot: Any, page: ReviewPage, write: Callable[..., str]) -> None:
    page.review([write("v012", missing=range(1101, 1241))])
    wait_for_encodes(qtbot, page, 1)
    assert table(page)[0]["Frames"] == "partial: 100 of 240"
    assert page.panes.curve.caption.partial.text() == "partial: 100 of 240 frames"


def test_the_worst_frame_is_shown_at_once(qtbot: Any, page: ReviewPage, write: Callable[..., str]) -> None:
    page.review([write("v012", dip=1177)])
    wait_for_encodes(qtbot, page, 1)
    qtbot.waitUntil(lambda: page.panes.curve.frame == 1177)
    assert page.panes.worst.currentIndex().row() == 0


def test_one_cursor_for_curve_list_and_keys(qtbot: Any, page: ReviewPage, write: Callable[..., str]) -> None:
    page.review([write("v012")])
    wait_for_encodes(qtbot, page, 1)
    worst = page.panes.worst
    first = worst.frames.index(0)
    qtbot.mouseClick(worst.viewport(), LEFT, pos=worst.visualRect(first).center())
    assert page.panes.curve.frame == 1100
    click(qtbot, page.panes.curve, 1033)
    assert page.panes.curve.frame == 1033
    assert not worst.selectionModel().hasSelection()
    click(qtbot, page.panes.curve, 1100)
    assert worst.currentIndex() == first


def test_the_worst_frames_are_of_the_chosen_encode(qtbot: Any, page: ReviewPage, write: Callable[..., str]) -> None:
    page.review([write("v012"), write("v013", dip=1200)])
    wait_for_encodes(qtbot, page, 2)
    assert page.panes.worst.frames.frames[0] == 1100
    numbers = page.panes.numbers
    qtbot.mouseClick(numbers.viewport(), LEFT, pos=numbers.visualItemRect(numbers.item(1, 0)).center())
    assert page.panes.worst.frames.frames[0] == 1200
    assert page.panes.worst_title.text() == "Worst frames of v013.json"


@pytest.mark.parametrize("ending", [".png", ".svg", ".csv", ".json", ".html"])
def test_everything_is_exported(
    qtbot: Any, page: ReviewPage, write: Callable[..., str], tmp_path: Path, ending: str
) -> None:
    page.review([write("v012")])
    wait_for_encodes(qtbot, page, 1)
    path = tmp_path / f"out{ending}"
    messages: list[str] = []
    page.message.connect(messages.append)
    page.export.requested.emit(str(path))
    qtbot.waitUntil(lambda: f"Saved out{ending}." in messages, timeout=PATIENCE)
    if ending == ".png":
        assert QImage(str(path)).width() == page.panes.curve.sheet.width()
    else:
        assert path.stat().st_size > 100


def test_an_export_that_cannot_be_written_is_told(
    qtbot: Any, page: ReviewPage, write: Callable[..., str], tmp_path: Path
) -> None:
    page.review([write("v012")])
    wait_for_encodes(qtbot, page, 1)
    with qtbot.waitSignal(page.message, timeout=PATIENCE) as messages:
        page.export.requested.emit(str(tmp_path / "gone" / "out.png"))
    assert "cannot be written" in messages.args[0]
