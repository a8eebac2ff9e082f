# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The form of the submit page: fields, their errors, what is saved, and the preview."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from clips import Clips
from drops import drop
from qtpy.QtCore import Qt
from qtpy.QtWidgets import QApplication
from submit_fakes import PATIENCE, PretendedFarm, wait_planned, wait_read

from cueffmpeg_gui.api.submit.request import SubmitRequest
from cueffmpeg_gui.api.submit.submit import prepare
from cueffmpeg_gui.gui.submit.submit_page import SubmitPage
from cueffmpeg_gui.jobs.plan import preview_commands
from cueffmpeg_gui.settings import load_settings


def test_errors_stand_beside_their_fields_while_typing(qtbot: Any, page: SubmitPage, clips: Clips) -> None:
    drop(page, clips("h264"))
    wait_read(qtbot, page, 1)
    job, layer = page.form.job, page.form.layer
    page.form.more_section.button.click()
    cases = (
        (job.name.line, job.name, "bad name", "may hold only letters"),
        (job.fields["shot"].line, job.fields["shot"], "x y", "may hold only letters"),
        (layer.frames.line, layer.frames, "50-60", "are not in h264.mp4"),
        (layer.output.line, layer.output, "/nowhere/o.mp4", "The output folder /nowhere does not exist"),
        (page.form.more.fields["max_bitrate"].line, page.form.more.fields["max_bitrate"], "lots", "a bit rate like"),
    )
    for line, field, typed, said in cases:
        before = line.text()
        line.clear()
        qtbot.keyClicks(line, typed)
        qtbot.waitUntil(lambda f=field, s=said: s in f.note.sentence, timeout=PATIENCE)
        assert not page.submit.isEnabled()
        assert page.reason.sentence
        line.clear()
        line.textEdited.emit("")
        if before:
            qtbot.keyClicks(line, before)
        qtbot.waitUntil(lambda f=field: not f.note.isVisible() or f is job.name, timeout=PATIENCE)
    qtbot.waitUntil(page.submit.isEnabled, timeout=PATIENCE)


def test_the_form_has_only_what_the_preset_has(qtbot: Any, page: SubmitPage, clips: Clips) -> None:
    drop(page, clips("h264"))
    wait_read(qtbot, page, 1)
    form, presets = page.form, page.model.presets.presets
    page.model.form.choose(presets["prores-422-hq"])
    assert {"profile", "audio_codec"} <= set(form.parameters.fields)
    assert not {"crf", "speed", "models"} & set(form.parameters.fields)
    page.model.form.choose(presets["vmaf-compare"])
    assert set(form.parameters.fields) == {"models", "metrics", "thresholds"}
    assert not form.layer.output.isVisible()
    assert form.layer.reference.isVisible()


def test_changed_values_reach_the_request_and_the_preset_stays(
    qtbot: Any, page: SubmitPage, clips: Clips, farm: PretendedFarm
) -> None:
    drop(page, clips("h264"))
    wait_read(qtbot, page, 1)
    page.form.parameters.fields["crf"].box.setValue(30)
    page.form.parameters.fields["speed"].box.activated.emit(0)
    page.submit.click()
    qtbot.waitUntil(lambda: bool(farm.sent), timeout=PATIENCE)
    values = farm.sent[0].spec.preset.values
    assert (values["crf"], values["speed"]) == (30, "ultrafast")
    assert page.model.form.chosen.values["crf"] == 18


def test_thresholds_are_typed_checked_and_sent(qtbot: Any, page: SubmitPage, clips: Clips, farm: PretendedFarm) -> None:
    page.model.form.choose(page.model.presets.presets["h264-review-vmaf"])
    drop(page, clips("h264"))
    wait_read(qtbot, page, 1)
    field = page.form.parameters.fields["thresholds"]
    qtbot.keyClicks(field.line, "mean >= 93.0, ssim.p1>=1")
    qtbot.waitUntil(lambda: "what is measured is vmaf, psnr_y" in field.note.sentence, timeout=PATIENCE)
    assert not page.submit.isEnabled()
    for _ in ", ssim.p1>=1":
        qtbot.keyClick(field.line, Qt.Key.Key_Backspace)
    qtbot.keyClicks(field.line, "5")
    assert field.line.text() == "mean >= 93.05"
    qtbot.waitUntil(page.submit.isEnabled, timeout=PATIENCE)
    page.submit.click()
    qtbot.waitUntil(lambda: bool(farm.sent), timeout=PATIENCE)
    assert farm.sent[0].spec.preset.values["thresholds"] == ("mean>=93.05",)
    assert [layer.name for layer in farm.sent[0].plan.layers] == ["encode", "compare", "summary"]


def test_thresholds_of_a_preset_are_shown_and_can_be_left_out(qtbot: Any, page: SubmitPage, clips: Clips) -> None:
    chosen = page.model.presets.presets["h264-review-vmaf"]
    page.model.form.choose(replace(chosen, values={**chosen.values, "thresholds": ("mean>=93", "p1>=80")}))
    drop(page, clips("h264"))
    wait_read(qtbot, page, 1)
    field = page.form.parameters.fields["thresholds"]
    assert field.line.text() == "mean>=93, p1>=80"
    field.line.selectAll()
    qtbot.keyClick(field.line, Qt.Key.Key_Delete)
    assert page.model.form.request_of(page.model.form.current).values == {"thresholds": ""}


def test_a_bit_rate_takes_the_place_of_the_quality(qtbot: Any, page: SubmitPage, clips: Clips) -> None:
    drop(page, clips("h264"))
    wait_read(qtbot, page, 1)
    page.model.form.set_value("bitrate", "4M")
    assert "crf" not in page.model.form.preset.values
    page.form.chunks.field.edited.emit("auto")
    assert "is never cut into chunks" in page.form.chunks.reason.sentence


def test_the_preview_is_what_prepare_plans(qtbot: Any, page: SubmitPage, clips: Clips) -> None:
    page.model.form.choose(page.model.presets.presets["h264-review-vmaf"])
    drop(page, clips("h264"))
    wait_planned(qtbot, page)
    page.form.details.commands_section.button.click()
    prepared = prepare(SubmitRequest("h264-review-vmaf", str(clips("h264"))), load_settings())
    shown = page.form.details.commands.toPlainText()
    for layer in prepared.plan.layers:
        for command in preview_commands(prepared.spec, layer.name):
            assert command[-1] in shown
            assert all(word in shown for word in command if " " not in word and "'" not in word)
    assert page.form.details.summary.sentence == "1 job · encode 1 · compare 1"
    assert prepared.spec.placement.name in page.form.job.name.note.sentence


def test_cancel_goes_back_to_the_preset(qtbot: Any, page: SubmitPage, shots: Any) -> None:
    drop(page, *shots("a.mp4"))
    wait_read(qtbot, page, 1)
    page.model.form.choose(page.model.presets.presets["h264-web"])
    page.model.form.set_value("crf", "40")
    page.model.form.set_place("shot", "sh010")
    page.cancel.click()
    form = page.model.form
    assert (form.chosen.name, form.values, form.place["shot"]) == ("h264-web", {}, "sh010")
    assert page.drop_area.isVisible()


def test_the_form_is_remembered_without_sending(qtbot: Any, make_page: Any, home: Path) -> None:
    first = make_page()
    first.model.form.choose(first.model.presets.presets["h264-web"])
    first.model.form.set_value("crf", "28")
    first.model.form.set_place("shot", "sh010")
    first.model.form.set_farm(priority=150, paused=True)
    qtbot.waitUntil(lambda: "sh010" in _text(home / "config" / "submit.json"), timeout=PATIENCE)
    form = make_page().model.form
    assert (form.chosen.name, form.preset.values["crf"], form.place["shot"]) == ("h264-web", 28, "sh010")
    assert (form.priority, form.paused) == (150, True)


def test_every_control_has_a_name_and_help(qtbot: Any, page: SubmitPage, clips: Clips) -> None:
    drop(page, clips("h264"))
    wait_read(qtbot, page, 1)
    groups = (page.form.job, page.form.layer, page.form.parameters, page.form.more, page.form.farm.parameters)
    fields = [field for group in groups for field in group.fields.values()]
    assert len(fields) > 20
    for field in fields:
        assert field.editor.accessibleName()
        assert field.editor.toolTip()


def test_tab_goes_in_reading_order(qtbot: Any, page: SubmitPage, clips: Clips) -> None:
    drop(page, clips("h264"))
    wait_read(qtbot, page, 1)
    page.form.more_section.button.click()
    page.activateWindow()
    page.presets.tree.setFocus()
    way = []
    for _ in range(60):
        widget = QApplication.focusWidget()
        way.append(widget)
        if widget is page.submit:
            break
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
    wanted = [widget for widget in page.form.controls() if widget.isVisible() and widget.isEnabled()]
    assert [widget for widget in way if widget in wanted] == wanted
    assert way[-1] is page.submit


def test_a_farm_that_refuses_root_is_told_the_artist(qtbot: Any, page: SubmitPage, clips: Clips) -> None:
    drop(page, clips("h264"))
    wait_read(qtbot, page, 1)
    page.model.form.set_place("user", "")
    page.model.user = "root"
    page.model.session.settings = load_settings(farm="127.0.0.1:1")
    page.model.session.farm_changed.emit()
    assert page.form.job.fields["user"].isVisible()
    page.model.session.settings = load_settings()
    page.model.session.farm_changed.emit()
    assert not page.form.job.fields["user"].isVisible()


def _text(path: Path) -> str:
    return path.read_text() if path.exists() else ""
