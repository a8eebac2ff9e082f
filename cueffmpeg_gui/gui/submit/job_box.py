# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Job Info: what the job is called and where it belongs."""

from qtpy.QtWidgets import QGridLayout, QWidget

from cueffmpeg_gui.gui.submit.models.submit_model import SubmitModel
from cueffmpeg_gui.gui.widgets.fields import Field, TextField

PLACE_FIELDS = ("show", "shot", "facility", "user")


class JobBox(QWidget):
    """Name with the final one below it; show, shot, facility; the user where the login cannot be used."""

    def __init__(self, model: SubmitModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._form = model, model.form
        self.name = TextField(self.tr("&Name"), self.tr("The job's name; empty: the source's name"))
        place = {
            "show": TextField(self.tr("S&how"), self.tr("The show the job belongs to; it must exist on the farm")),
            "shot": TextField(
                self.tr("Sho&t"), self.tr("The shot the job belongs to, such as sh010; the farm groups by it")
            ),
            "facility": TextField(self.tr("Facilit&y"), self.tr("The facility the job runs in")),
            "user": TextField(self.tr("&User"), self.tr("The artist the job belongs to; a farm refuses root")),
        }
        self.fields: dict[str, Field] = {"name": self.name, **place}
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.name, 0, 0, 1, 4)
        for column, name in enumerate(PLACE_FIELDS):
            layout.addWidget(place[name], 1, column)
            layout.setColumnStretch(column, 1)
            place[name].edited.connect(lambda text, name=name: self._form.set_place(name, text))
        self.name.edited.connect(lambda text: self._form.set_source("name", text.strip()))
        model.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Shows what the model holds."""
        form, errors = self._form, self._model.errors()
        source = form.current
        self.name.setEnabled(source is not None and len(form.selected) == 1)
        self.name.show_value(source.name if source else "")
        self.name.line.setPlaceholderText(self._placeholder())
        self.name.show_error(errors.get("name", ""), self._final_name())
        for name in PLACE_FIELDS:
            self.fields[name].show_value(form.place[name])
            self.fields[name].show_error(errors.get(name, ""))
        self.fields["user"].setVisible(self._model.needs_user or bool(form.place["user"]))

    def _placeholder(self) -> str:
        source = self._form.current
        if len(self._form.selected) > 1:
            return self.tr("each row has its own")
        return self._form.wanted_name(source) if source else ""

    def _final_name(self) -> str:
        source, result = self._form.current, self._model.preview.result
        if source is None or len(self._form.selected) > 1:
            return ""
        if result and result.prepared:
            return f"→ {result.prepared.spec.placement.name}"
        name = self._form.final_name(source, self._model.user)
        return f"→ {name}" if name else ""
