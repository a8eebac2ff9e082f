# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The preset's own values as fields, made from the table of parameters: only what its kind and codec have."""

from collections.abc import Callable

from qtpy.QtCore import Signal
from qtpy.QtWidgets import QGridLayout, QWidget

from cueffmpeg_gui.gui.submit.models.parameter_fields import ITEM_LABELS, Kind, Shape, shapes_of
from cueffmpeg_gui.gui.submit.models.submit_model import Submit
from cueffmpeg_gui.gui.widgets.fields import ChoiceField, Field, ListField, NumberField, TextField, TruthField
from cueffmpeg_gui.gui.widgets.several_field import SeveralField
from cueffmpeg_gui.media.presets import Preset

COLUMNS = 4


def _items(shape: Shape) -> list[tuple[str, str]]:
    return [(choice, ITEM_LABELS.get(choice, choice)) for choice in shape.choices]


MAKERS: dict[Kind, Callable[[Shape], Field]] = {
    Kind.CHOICE: lambda shape: ChoiceField(shape.label, _items(shape), shape.help),
    Kind.NUMBER: lambda shape: NumberField(
        shape.label, shape.low, shape.high, shape.help, is_whole=shape.is_whole, unset=shape.unset
    ),
    Kind.TEXT: lambda shape: TextField(shape.label, shape.help),
    Kind.TRUTH: lambda shape: TruthField(shape.label, shape.help),
    Kind.SEVERAL: lambda shape: SeveralField(shape.label, _items(shape), shape.help),
    Kind.LIST: lambda shape: ListField(shape.label, shape.help),
}


class Parameters(QWidget):
    """Fields of the parameters that `belongs` takes; made anew when another preset has others."""

    made = Signal()

    def __init__(self, submit: Submit, belongs: Callable[[Shape, Preset], bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._submit, self._belongs = submit, belongs
        self._shapes: list[Shape] = []
        self.fields: dict[str, Field] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)
        submit.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Shows the preset's fields and their values."""
        form = self._submit.form
        if form.preset is None:
            return
        shapes = [shape for shape in shapes_of(form.preset) if self._belongs(shape, form.preset)]
        if shapes != self._shapes:
            self._make(shapes)
        errors = self._submit.errors()
        shape_kinds = {shape.name: shape.kind for shape in shapes}
        for name, field in self.fields.items():
            error = errors.get(name, "")
            if shape_kinds[name] is Kind.LIST and name in form.values:
                field.show_value(form.values[name])  # as it is typed
            elif not error:
                field.show_value(form.preset.values.get(name))
            elif shape_kinds[name] in (Kind.TEXT, Kind.CHOICE):
                field.show_value(form.values.get(name))
            field.show_error(error)

    def _make(self, shapes: list[Shape]) -> None:
        focused = next((name for name, field in self.fields.items() if field.editor.hasFocus()), "")
        for field in self.fields.values():
            self._grid.removeWidget(field)
            field.hide()
            field.deleteLater()
        self._shapes, self.fields = shapes, {}
        for place, shape in enumerate(shapes):
            field = MAKERS[shape.kind](shape)
            field.edited.connect(lambda text, name=shape.name: self._submit.form.set_value(name, text))
            self._grid.addWidget(field, place // COLUMNS, place % COLUMNS)
            self.fields[shape.name] = field
        if focused in self.fields:
            self.fields[focused].editor.setFocus()
        self.made.emit()
