# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A sequence that lacks frames, in the form: answered by a button or by a range, with the keyboard alone."""

from pathlib import Path
from typing import Any

import pytest
from clips import Clips, picture
from drops import drop
from qtpy.QtCore import Qt
from submit_fakes import PATIENCE, PretendedFarm, wait_read

from cueffmpeg_gui.gui.submit.source_row import lines_of
from cueffmpeg_gui.gui.submit.submit_page import SubmitPage


@pytest.fixture
def gappy(qtbot: Any, page: SubmitPage, clips: Clips, tmp_path: Path) -> SubmitPage:
    """A page with a row of 12 frames of which one is missing."""
    clips.sequence(tmp_path / "dpx", picture(12, size="64x48"))
    (tmp_path / "dpx" / "shot.1005.dpx").unlink()
    drop(page, tmp_path / "dpx")
    wait_read(qtbot, page, 1)
    page.model.form.set_source("rate", "24")
    return page


@pytest.mark.parametrize(("answer", "pictures"), [("hold", 12), ("black", 12), ("only", 11), ("", 7)])
def test_a_gap_is_answered_by_a_button_or_by_a_whole_part(
    answer: str, pictures: int, qtbot: Any, gappy: SubmitPage, farm: PretendedFarm
) -> None:
    layer = gappy.form.layer
    assert layer.frames.isEnabled()
    assert layer.gaps.isVisible()
    assert not any(button.isChecked() for button in layer.gaps.buttons.values())
    if answer:
        button = layer.gaps.buttons[answer]
        assert button in gappy.form.controls()
        qtbot.keyClick(button, Qt.Key.Key_Space)
        assert [name for name, one in layer.gaps.buttons.items() if one.isChecked()] == [answer]
    else:
        qtbot.keyClicks(layer.frames.line, "1006-1012")
    qtbot.waitUntil(lambda: not gappy.model.why_not(), timeout=PATIENCE)
    gappy.submit.click()
    qtbot.waitUntil(lambda: len(farm.sent) == 1, timeout=PATIENCE)
    spec = farm.sent[0].spec
    assert spec.source.sequence
    assert (spec.source.sequence.there, spec.source.sequence.gaps) == ("1001-1004,1006-1012", answer or "stop")
    assert len(spec.pictures(spec.frames)) == pictures


def test_frames_beyond_the_end_are_asked_for_with_an_answer_that_fills_them(
    qtbot: Any, gappy: SubmitPage, farm: PretendedFarm
) -> None:
    layer = gappy.form.layer
    qtbot.keyClicks(layer.frames.line, "1006-1014")
    assert "has the frames 1001-1012" in layer.frames.note.sentence
    layer.gaps.buttons["hold"].click()
    qtbot.waitUntil(lambda: not gappy.model.why_not(), timeout=PATIENCE)
    gappy.submit.click()
    qtbot.waitUntil(lambda: len(farm.sent) == 1, timeout=PATIENCE)
    assert str(farm.sent[0].spec.frames) == "1006-1014"


def test_an_answer_is_taken_back_by_the_same_button(qtbot: Any, gappy: SubmitPage) -> None:
    held = gappy.form.layer.gaps.buttons["hold"]
    held.click()
    qtbot.waitUntil(gappy.submit.isEnabled, timeout=PATIENCE)
    held.click()
    assert not held.isChecked()
    assert not gappy.submit.isEnabled()
    (source,) = gappy.model.sources.sources
    texts = [text for _, text in lines_of(source, gappy.model.form)]
    assert texts[0].startswith("✗ Frame 1005 is missing; choose what becomes of that, or type a part that is whole (10")
    assert texts[1] == "⚠ 1 frame is missing"


def test_a_preset_may_hold_the_answer(qtbot: Any, gappy: SubmitPage) -> None:
    gappy.model.form.set_value("gaps", "black")
    qtbot.waitUntil(gappy.submit.isEnabled, timeout=PATIENCE)
    assert gappy.form.layer.gaps.buttons["black"].isChecked()


def test_the_question_stands_at_the_row_alone(gappy: SubmitPage) -> None:
    assert gappy.form.layer.gaps.note.isVisible()
    assert not gappy.form.more.fields["gaps"].note.sentence
    assert not gappy.form.more_section.button.isChecked()
