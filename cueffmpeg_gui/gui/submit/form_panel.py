# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The form: CueSubmit's sections in CueSubmit's order, in a column that scrolls."""

from collections.abc import Mapping

from qtpy.QtCore import Qt
from qtpy.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from cueffmpeg_gui.gui.submit.chunks_box import ChunksBox
from cueffmpeg_gui.gui.submit.farm_box import FarmBox
from cueffmpeg_gui.gui.submit.job_box import JobBox
from cueffmpeg_gui.gui.submit.layer_box import LayerBox
from cueffmpeg_gui.gui.submit.models.parameter_fields import FIRST, ParameterField
from cueffmpeg_gui.gui.submit.models.submit_model import SubmitModel
from cueffmpeg_gui.gui.submit.parameters_box import ParametersBox
from cueffmpeg_gui.gui.submit.preview_box import PreviewBox
from cueffmpeg_gui.gui.widgets.collapsible import Collapsible
from cueffmpeg_gui.media.kinds import FARM
from cueffmpeg_gui.media.parameters import PARAMETERS
from cueffmpeg_gui.media.presets import Preset


class FormPanel(QScrollArea):
    """Job Info, Layer Info, Submission Details."""

    def __init__(self, model: SubmitModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.job = JobBox(model)
        self.layer = LayerBox(model)
        self.parameters = ParametersBox(model, _is_first)
        self.more = ParametersBox(model, _is_further)
        self.chunks = ChunksBox(model)
        self.farm = FarmBox(model)
        self.details = PreviewBox(model)
        self.more_section = Collapsible(self.tr("&More settings"), self.more)
        self.farm_section = Collapsible(self.tr("Farm (priority, tags, limits, cores, memory)"), self.farm)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lay_out()
        model.changed.connect(lambda: self._open_for_errors(model.errors()))

    def controls(self) -> list[QWidget]:
        """All widgets that take the focus, in reading order."""
        layer, farm = self.layer, self.farm
        groups = (
            [field.editor for field in self.job.fields.values()],
            [layer.output.editor, layer.browse, layer.template.editor, layer.replace],
            [layer.frames.editor, layer.rate.editor, layer.audio.editor, layer.layer.editor],
            [*layer.gaps.buttons.values(), layer.reference.editor],
            [field.editor for field in self.parameters.fields.values()],
            [self.chunks.field.editor, self.more_section.button],
            [field.editor for field in self.more.fields.values()],
            [self.farm_section.button, farm.priority.editor, farm.tags.editor, farm.limits.editor, farm.paused.editor],
            [field.editor for field in farm.parameters.fields.values()],
            [self.details.commands_section.button, self.details.commands, self.details.copy],
        )
        return [widget for group in groups for widget in group]

    def _open_for_errors(self, errors: Mapping[str, str]) -> None:
        """Opens a closed section when a field in it has an error."""
        sections = ((self.more_section, self.more.fields), (self.farm_section, self.farm.parameters.fields))
        for section, fields in sections:
            if any(errors.get(name) for name in fields):
                section.button.setChecked(True)

    def _lay_out(self) -> None:
        sections = (
            (self.tr("Job Info"), (self.job,)),
            (
                self.tr("Layer Info"),
                (self.layer, self.parameters, self.chunks, self.more_section, self.farm_section),
            ),
            (self.tr("Submission Details"), (self.details,)),
        )
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(8, 0, 8, 0)
        layout.setSpacing(6)
        for title, widgets in sections:
            label = QLabel(title)
            label.setProperty("role", "title")
            layout.addWidget(label)
            for widget in widgets:
                layout.addWidget(widget)
            layout.addSpacing(6)
        layout.addStretch(1)
        self.setWidget(content)


def _is_first(parameter: ParameterField, preset: Preset) -> bool:
    if PARAMETERS[parameter.name].group == FARM or parameter.name not in FIRST:
        return False
    # Of quality and bit rate the one that the preset uses.
    return parameter.name != "bitrate" or "bitrate" in preset.values


def _is_further(parameter: ParameterField, preset: Preset) -> bool:
    return PARAMETERS[parameter.name].group != FARM and not _is_first(parameter, preset)
