# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What the farm is asked for: priority, tags, limits, paused, and the preset's cores, memory, threads, stall time."""

from qtpy.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cueffmpeg_gui.gui.submit.models.field_checks import check_words
from cueffmpeg_gui.gui.submit.models.submit_model import SubmitModel
from cueffmpeg_gui.gui.submit.parameters_box import ParametersBox
from cueffmpeg_gui.gui.widgets.fields import NumberField, TextField, TruthField
from cueffmpeg_gui.media.kinds import FARM
from cueffmpeg_gui.media.parameters import PARAMETERS

HIGHEST_PRIORITY = 10000


class FarmBox(QWidget):
    """The farm's part of the form; its values are saved for the next time."""

    def __init__(self, model: SubmitModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = model.form
        self.priority = NumberField(
            self.tr("Priority"), 1, HIGHEST_PRIORITY, self.tr("Higher runs first; 100 is usual")
        )
        self.paused = TruthField(self.tr("Send it paused"), self.tr("Nothing runs until someone resumes the job"))
        self.tags = TextField(
            self.tr("Tags"), self.tr("Only hosts with one of these tags run it; several are split by commas")
        )
        self.limits = TextField(
            self.tr("Limits"), self.tr("The farm's limits that count it, such as licences; several by commas")
        )
        self.tags.edited.connect(lambda text: self._form.set_hosts(tags=text))
        self.limits.edited.connect(lambda text: self._form.set_hosts(limits=text))
        self.parameters = ParametersBox(model, lambda parameter, preset: PARAMETERS[parameter.name].group == FARM)
        self.priority.edited.connect(lambda text: self._form.set_farm(priority=int(text)))
        self.paused.edited.connect(lambda text: self._form.set_farm(paused=text == "true"))
        line = QHBoxLayout()
        line.addWidget(self.priority, 1)
        line.addWidget(self.tags, 1)
        line.addWidget(self.limits, 1)
        line.addWidget(self.paused, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(line)
        layout.addWidget(self.parameters)
        model.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Shows what the model holds."""
        self.priority.show_value(self._form.priority)
        self.paused.show_value(self._form.paused)
        for what, field, text in (("tag", self.tags, self._form.tags), ("limit", self.limits, self._form.limits)):
            field.show_value(text)
            field.show_error(check_words(what, text))
