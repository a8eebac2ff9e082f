# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Sending from the submit page to a pretended farm: one job a row, and what stops one."""

from typing import Any

from clips import Clips
from drops import drop
from qtpy.QtCore import Qt
from qtpy.QtWidgets import QApplication
from submit_fakes import PATIENCE, PretendedFarm, row_texts, wait_planned, wait_read

from cueffmpeg_gui.api.submit.submit import Submitted
from cueffmpeg_gui.gui.submit.models.source import SourceState
from cueffmpeg_gui.gui.submit.submit_page import SubmitPage

CTRL = Qt.KeyboardModifier.ControlModifier


def test_ctrl_enter_sends_from_a_text_field_and_enter_does_not(
    qtbot: Any, page: SubmitPage, clips: Clips, farm: PretendedFarm
) -> None:
    drop(page, clips("h264"))
    wait_read(qtbot, page, 1)
    line = page.form.job.name.line
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert not page.model.job_sender.is_busy
    sent: list[Submitted] = []
    page.sent.connect(sent.append)
    page.activateWindow()
    qtbot.keyClick(line, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(sent), timeout=PATIENCE)
    assert sent[0].job == "testing-default-alice_h264"
    assert "Sent: testing-default-alice_h264" in page.outcome.text()


def test_what_was_sent_can_be_shown_and_is_not_sent_twice(
    qtbot: Any, page: SubmitPage, clips: Clips, farm: PretendedFarm
) -> None:
    drop(page, clips("h264"))
    wait_read(qtbot, page, 1)
    page.submit.click()
    qtbot.waitUntil(lambda: not page.model.job_sender.is_busy and bool(farm.sent), timeout=PATIENCE)
    asked: list[str] = []
    page.monitor_requested.connect(asked.append)
    page.outcome.linkActivated.emit("id-testing-default-alice_h264")
    page.sources.view.activated.emit(page.model.sources.index(0))
    assert asked == ["id-testing-default-alice_h264"] * 2
    assert not page.submit.isEnabled()
    assert page.reason.sentence.startswith("All is sent.")
    page.form.parameters.fields["crf"].box.setValue(20)
    qtbot.waitUntil(page.submit.isEnabled, timeout=PATIENCE)


def test_several_rows_are_one_job_each_and_a_failure_stays_with_its_sentence(
    qtbot: Any, page: SubmitPage, shots: Any, farm: PretendedFarm
) -> None:
    farm.refuses = {"testing-default-alice_sh020"}
    drop(page, *shots("sh010.mp4", "sh020.mp4", "sh030.mp4"))
    wait_read(qtbot, page, 3)
    assert page.submit.text().replace("&", "") == "Submit 3 jobs"
    page.submit.click()
    qtbot.waitUntil(lambda: page.model.job_sender.total == 3 and not page.model.job_sender.is_busy, timeout=PATIENCE)
    assert [s.state for s in page.model.sources.sources] == [SourceState.SENT, SourceState.FAILED, SourceState.SENT]
    assert "The farm does not take testing-default-alice_sh020." in row_texts(page)[1]
    assert "2 of 3 sent" in page.outcome.text()


def test_a_farm_that_is_away_is_asked_once(qtbot: Any, page: SubmitPage, shots: Any, farm: PretendedFarm) -> None:
    farm.is_away = True
    drop(page, *shots("sh010.mp4", "sh020.mp4"))
    wait_read(qtbot, page, 2)
    page.submit.click()
    qtbot.waitUntil(lambda: page.model.job_sender.total == 2 and not page.model.job_sender.is_busy, timeout=PATIENCE)
    assert [s.trouble for s in page.model.sources.sources] == ["No farm answers at farm:8443."] * 2


def test_a_file_that_is_there_is_replaced_only_when_ticked(
    qtbot: Any, page: SubmitPage, shots: Any, farm: PretendedFarm
) -> None:
    (shot,) = shots("sh010.mp4")
    (shot.parent / "sh010_h264-review.mp4").write_text("mine")
    drop(page, shot)
    wait_read(qtbot, page, 1)
    qtbot.waitUntil(page.form.layer.replace.isVisible, timeout=PATIENCE)
    assert not page.submit.isEnabled()
    assert "tick" in page.form.layer.output.note.sentence
    page.form.layer.replace.click()
    qtbot.waitUntil(page.submit.isEnabled, timeout=PATIENCE)
    assert "will be replaced" in page.form.layer.output.note.sentence
    page.submit.click()
    qtbot.waitUntil(lambda: bool(farm.sent), timeout=PATIENCE)


def test_a_file_that_came_after_the_last_look_is_not_replaced_either(
    qtbot: Any, page: SubmitPage, shots: Any, farm: PretendedFarm
) -> None:
    (shot,) = shots("sh010.mp4")
    drop(page, shot)
    wait_read(qtbot, page, 1)
    wait_planned(qtbot, page)
    (shot.parent / "sh010_h264-review.mp4").write_text("mine")
    page.submit.click()
    qtbot.waitUntil(lambda: page.model.sources.sources[0].state is SourceState.FAILED, timeout=PATIENCE)
    assert "is there already" in row_texts(page)[0]
    assert farm.sent == []
