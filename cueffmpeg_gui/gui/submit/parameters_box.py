# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The preset's own values as fields, made from the table of parameters: only what its kind and codec have."""

from collections.abc import Callable

from qtpy.QtCore import Signal
from qtpy.QtWidgets import QGridLayout, QWidget

from cueffmpeg_gui.gui.submit.models.parameter_fields import ITEM_LABELS, FieldKind, ParameterField, parameter_fields
from cueffmpeg_gui.gui.submit.models.submit_model import SubmitModel
from cueffmpeg_gui.gui.widgets.fields import (
    ChoiceField,
    Field,
    ListField,
    NumberField,
    TextField,
    TruthField,
)
from cueffmpeg_gui.gui.widgets.several_field import SeveralField
from cueffmpeg_gui.media.presets import Preset

COLUMNS = 4


def _items(parameter: ParameterField) -> list[tuple[str, str]]:
    return [(choice, ITEM_LABELS.get(choice, choice)) for choice in parameter.choices]


MAKERS: dict[FieldKind, Callable[[ParameterField], Field]] = {
    FieldKind.CHOICE: lambda parameter: ChoiceField(parameter.label, _items(parameter), parameter.help),
    FieldKind.NUMBER: lambda parameter: NumberField(
        parameter.label,
        parameter.low,
        parameter.high,
        parameter.help,
        is_whole=parameter.is_whole,
        unset=parameter.unset,
    ),
    FieldKind.TEXT: lambda parameter: TextField(parameter.label, parameter.help),
    FieldKind.TRUTH: lambda parameter: TruthField(parameter.label, parameter.help),
    FieldKind.SEVERAL: lambda parameter: SeveralField(parameter.label, _items(parameter), parameter.help),
    FieldKind.OPEN: lambda parameter: ChoiceField(parameter.label, _items(parameter), parameter.help, free=True),
    FieldKind.LIST: lambda parameter: ListField(parameter.label, parameter.help),
}


class ParametersBox(QWidget):
    """Fields of the parameters for which `belongs` is true; made anew when a preset has other parameters."""

    made = Signal()

    def __init__(
        self, model: SubmitModel, belongs: Callable[[ParameterField, Preset], bool], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model, self._belongs = model, belongs
        self._parameters: list[ParameterField] = []
        self.fields: dict[str, Field] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)
        model.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Shows the preset's fields and their values."""
        form = self._model.form
        if form.preset is None:
            return
        parameters = [parameter for parameter in parameter_fields(form.preset) if self._belongs(parameter, form.preset)]
        if parameters != self._parameters:
            self._make(parameters)
        errors = self._model.errors()
        kinds = {parameter.name: parameter.kind for parameter in parameters}
        for name, field in self.fields.items():
            error = errors.get(name, "")
            if kinds[name] is FieldKind.LIST and name in form.values:
                field.show_value(form.values[name])  # as it is typed
            elif not error:
                field.show_value(form.preset.values.get(name))
            elif kinds[name] in (FieldKind.TEXT, FieldKind.CHOICE, FieldKind.OPEN):
                field.show_value(form.values.get(name))
            field.show_error(error)

    def _make(self, parameters: list[ParameterField]) -> None:
        focused = next((name for name, field in self.fields.items() if field.editor.hasFocus()), "")
        for field in self.fields.values():
            self._grid.removeWidget(field)
            field.hide()
            field.deleteLater()
        self._parameters, self.fields = parameters, {}
        for place, parameter in enumerate(parameters):
            field = MAKERS[parameter.kind](parameter)
            field.edited.connect(lambda text, name=parameter.name: self._model.form.set_value(name, text))
            self._grid.addWidget(field, place // COLUMNS, place % COLUMNS)
            self.fields[parameter.name] = field
        if focused in self.fields:
            self.fields[focused].editor.setFocus()
        self.made.emit()
