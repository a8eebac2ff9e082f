# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Fields of a form, each by itself."""

from typing import Any

from cueffmpeg_gui.gui.widgets.fields import NumberField, TextField
from cueffmpeg_gui.gui.widgets.note_label import NoteLabel
from cueffmpeg_gui.gui.widgets.several_field import SeveralField


def test_a_number_may_be_unset_where_the_preset_has_none(qtbot: Any) -> None:
    field = NumberField("Memory", 256, 51200, unset="by size")
    qtbot.addWidget(field)
    told: list[str] = []
    field.edited.connect(told.append)
    field.show_value(None)
    assert field.box.text() == "by size"
    field.box.setValue(512)
    field.box.setValue(field.box.minimum())
    assert told == ["512", ""]


def test_the_first_ticked_of_several_leads(qtbot: Any) -> None:
    field = SeveralField("Models", [("a", "A"), ("b", "B"), ("c", "C")])
    qtbot.addWidget(field)
    told: list[str] = []
    field.edited.connect(told.append)
    field.show_value(("b",))
    field.boxes["a"].click()
    field.boxes["b"].click()
    assert told == ["b,a", "a"]
    assert field.button.text() == "A"


def test_spaces_can_be_typed_while_the_model_strips_them(qtbot: Any) -> None:
    field = TextField("Name")
    qtbot.addWidget(field)
    field.edited.connect(lambda text: field.show_value(text.strip()))
    qtbot.keyClicks(field.line, "a b")
    assert field.line.text() == "a b"


def test_a_long_sentence_never_widens_the_form(qtbot: Any) -> None:
    note = NoteLabel()
    qtbot.addWidget(note)
    note.say("/a_very_long/" * 40)
    assert note.minimumSizeHint().width() < 400
    assert note.sentence == note.accessibleName() == "/a_very_long/" * 40
