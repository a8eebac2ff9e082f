# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The list of presets, its menu and its small form; and fields made from the table of parameters."""

from typing import Any

import pytest
from qtpy.QtWidgets import QFileDialog, QTreeWidget
from submit_fakes import PATIENCE

from cueffmpeg_gui.gui.common.session import Session
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.submit.models.parameter_fields import FieldKind, parameter_field, parameter_fields
from cueffmpeg_gui.gui.submit.submit_page import SubmitPage
from cueffmpeg_gui.media.parameters import PARAMETERS
from cueffmpeg_gui.settings import load_settings


def listed(page: SubmitPage) -> dict[str, list[str]]:
    tree = page.presets.findChild(QTreeWidget)
    heads = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    return {head.text(0): [head.child(row).text(0) for row in range(head.childCount())] for head in heads}


def level_of(page: SubmitPage, name: str) -> str:
    return page.model.presets.presets[name].level


def test_presets_are_grouped_by_what_they_do(page: SubmitPage) -> None:
    groups = listed(page)
    assert list(groups) == ["Encode", "Encode + compare", "Compare", "Sequence"]
    assert groups["Sequence"] == ["DPX to H.264", "DPX to H.264 + VMAF"]
    assert "H.264 web" in groups["Encode"]


def test_built_in_presets_can_be_copied_and_not_changed(page: SubmitPage) -> None:
    menu = page.presets.menu
    menu.update_actions()
    assert menu.save_as.isEnabled()
    assert menu.duplicate.isEnabled()
    assert not any(action.isEnabled() for action in (menu.save, menu.edit, menu.delete))


def test_changed_values_become_a_preset_of_ones_own(qtbot: Any, page: SubmitPage) -> None:
    page.model.form.set_value("crf", "30")
    page.presets.menu.save_as.trigger()
    panel = page.presets.panel
    assert panel.isVisible()
    panel.name.line.clear()
    qtbot.keyClicks(panel.name.line, "Bad Name")
    assert not panel.ok.isEnabled()
    panel.name.line.clear()
    qtbot.keyClicks(panel.name.line, "rough")
    panel.ok.click()
    form = page.model.form
    qtbot.waitUntil(lambda: form.chosen.name == "rough", timeout=PATIENCE)
    assert (form.chosen.values["crf"], form.chosen.level, form.values) == (30, "user", {})
    form.set_value("crf", "33")
    assert page.presets.menu.save.isEnabled()
    page.presets.menu.save.trigger()
    qtbot.waitUntil(lambda: form.chosen.version == 2, timeout=PATIENCE)
    assert form.chosen.values["crf"] == 33


def test_a_preset_of_ones_own_is_renamed_and_deleted_after_a_question(qtbot: Any, page: SubmitPage) -> None:
    page.presets.menu.duplicate.trigger()
    page.presets.panel.ok.click()
    form, panel = page.model.form, page.presets.panel
    qtbot.waitUntil(lambda: form.chosen.name == "my-h264-review", timeout=PATIENCE)
    page.presets.menu.edit.trigger()
    panel.title.line.setText("Better")
    panel.ok.click()
    qtbot.waitUntil(lambda: form.chosen.title == "Better", timeout=PATIENCE)
    page.presets.menu.delete.trigger()
    assert "my-h264-review" in page.model.presets.presets
    panel.ok.click()
    qtbot.waitUntil(lambda: "my-h264-review" not in page.model.presets.presets, timeout=PATIENCE)
    assert form.chosen.name == "h264-review"


def test_presets_travel_as_files(qtbot: Any, page: SubmitPage, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(tmp_path / "theirs.json")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (path, ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (path, ""))
    page.presets.menu.export.trigger()
    qtbot.waitUntil(lambda: path in page.outcome.text(), timeout=PATIENCE)
    page.presets.menu.import_preset.trigger()
    qtbot.waitUntil(lambda: page.model.form.chosen.name == "theirs", timeout=PATIENCE)
    page.presets.menu.import_preset.trigger()
    qtbot.waitUntil(lambda: "You have a preset theirs already" in page.outcome.text(), timeout=PATIENCE)


def test_a_broken_preset_file_is_named(qtbot: Any, tasks: Tasks, home: Any) -> None:
    folder = home / "config" / "presets"
    folder.mkdir(parents=True)
    (folder / "broken.json").write_text("{")
    page = SubmitPage(Session(tasks, load_settings()), tasks)
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: "broken.json" in page.outcome.text(), timeout=PATIENCE)


def test_every_parameter_has_a_field_of_its_kind() -> None:
    kinds = {name: parameter_field(parameter, {}).kind for name, parameter in PARAMETERS.items() if name != "chunk"}
    assert {name for name, kind in kinds.items() if kind is FieldKind.TRUTH} == {"two_pass"}
    assert {name for name, kind in kinds.items() if kind is FieldKind.SEVERAL} == {"models", "metrics", "allow_faults"}
    assert {name for name, kind in kinds.items() if kind is FieldKind.CHOICE} == {
        "codec",
        "speed",
        "profile",
        "pix_fmt",
        "odd_size",
        "interlaced",
        "audio_codec",
        "gaps",
        "fit",
        "length",
        "fields",
    }
    assert {name for name, kind in kinds.items() if kind is FieldKind.OPEN} == {"color"}
    numbers = {name for name, kind in kinds.items() if kind is FieldKind.NUMBER}
    of_encode, of_compare = {"crf", "gop", "max_height", "sound_delay"}, {"every", "compare_bits"}
    assert numbers == {*of_encode, *of_compare, "cores", "threads", "memory_mb", "stall_minutes"}
    crf = parameter_field(PARAMETERS["crf"], {})
    assert (crf.low, crf.high, crf.is_whole, crf.unset) == (0, 51, False, "not set")


def test_the_fields_of_every_preset_hold_its_values(page: SubmitPage) -> None:
    for preset in page.model.presets.presets.values():
        idle = {"chunk", "two_pass", "audio_bitrate"}
        assert set(preset.values) - idle <= {field.name for field in parameter_fields(preset)}
