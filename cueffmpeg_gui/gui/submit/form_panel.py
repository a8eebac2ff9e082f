# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The form: CueSubmit's sections in CueSubmit's order, in a column that scrolls."""

from collections.abc import Mapping

from qtpy.QtCore import Qt
from qtpy.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from cueffmpeg_gui.gui.submit.chunks_box import Chunks
from cueffmpeg_gui.gui.submit.farm_box import FarmOptions
from cueffmpeg_gui.gui.submit.job_box import JobInfo
from cueffmpeg_gui.gui.submit.layer_box import LayerInfo
from cueffmpeg_gui.gui.submit.models.parameter_fields import FIRST, Shape
from cueffmpeg_gui.gui.submit.models.submit_model import Submit
from cueffmpeg_gui.gui.submit.parameters_box import Parameters
from cueffmpeg_gui.gui.submit.preview_box import Details
from cueffmpeg_gui.gui.widgets.collapsible import Collapsible
from cueffmpeg_gui.media.kinds import FARM
from cueffmpeg_gui.media.parameters import PARAMETERS
from cueffmpeg_gui.media.presets import Preset


class FormView(QScrollArea):
    """Job Info, Layer Info, Submission Details."""

    def __init__(self, submit: Submit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.job = JobInfo(submit)
        self.layer = LayerInfo(submit)
        self.parameters = Parameters(submit, _is_first)
        self.more = Parameters(submit, _is_further)
        self.chunks = Chunks(submit)
        self.farm = FarmOptions(submit)
        self.details = Details(submit)
        self.more_fold = Collapsible(self.tr("&More settings"), self.more)
        self.farm_fold = Collapsible(self.tr("Farm (priority, tags, limits, cores, memory)"), self.farm)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lay_out()
        submit.changed.connect(lambda: self._open_for_errors(submit.errors()))

    def controls(self) -> list[QWidget]:
        """All that takes the focus, in the order it is read."""
        layer, farm = self.layer, self.farm
        groups = (
            [field.editor for field in self.job.fields.values()],
            [layer.output.editor, layer.browse, layer.template.editor, layer.replace],
            [field.editor for field in (layer.frames, layer.rate, layer.audio, layer.reference)],
            [field.editor for field in self.parameters.fields.values()],
            [self.chunks.field.editor, self.more_fold.button],
            [field.editor for field in self.more.fields.values()],
            [self.farm_fold.button, farm.priority.editor, farm.tags.editor, farm.limits.editor, farm.paused.editor],
            [field.editor for field in farm.parameters.fields.values()],
            [self.details.fold.button, self.details.commands, self.details.copy],
        )
        return [widget for group in groups for widget in group]

    def _open_for_errors(self, errors: Mapping[str, str]) -> None:
        """No error hides behind a closed part."""
        folds = ((self.more_fold, self.more.fields), (self.farm_fold, self.farm.parameters.fields))
        for fold, fields in folds:
            if any(errors.get(name) for name in fields):
                fold.button.setChecked(True)

    def _lay_out(self) -> None:
        sections = (
            (self.tr("Job Info"), (self.job,)),
            (
                self.tr("Layer Info"),
                (self.layer, self.parameters, self.chunks, self.more_fold, self.farm_fold),
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


def _is_first(shape: Shape, preset: Preset) -> bool:
    if PARAMETERS[shape.name].group == FARM or shape.name not in FIRST:
        return False
    # Of quality and bit rate the one that the preset goes by.
    return shape.name != "bitrate" or "bitrate" in preset.values


def _is_further(shape: Shape, preset: Preset) -> bool:
    return PARAMETERS[shape.name].group != FARM and not _is_first(shape, preset)
