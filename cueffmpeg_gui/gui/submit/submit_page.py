# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The submit page: presets and sources at the left, the form at the right, and the button that sends jobs."""

import itertools

from qtpy.QtCore import Qt, Signal
from qtpy.QtGui import QKeySequence, QShortcut
from qtpy.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from cueffmpeg_gui.api.submit.submit import Submitted
from cueffmpeg_gui.gui.common.session import Session
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.submit.drop_area import DropArea
from cueffmpeg_gui.gui.submit.form_panel import FormPanel
from cueffmpeg_gui.gui.submit.models.submit_backend import SubmitBackend
from cueffmpeg_gui.gui.submit.models.submit_model import SubmitModel
from cueffmpeg_gui.gui.submit.preset_chooser import PresetChooser
from cueffmpeg_gui.gui.submit.source_table import SourceTable
from cueffmpeg_gui.gui.widgets.drop_target import DropTarget
from cueffmpeg_gui.gui.widgets.note_label import NoteLabel, set_role

LEFT, RIGHT = 400, 860
LINKS = Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard


class SubmitPage(DropTarget):
    """`sent` carries the Submitted of each job sent; `monitor_requested` the id of a job to show."""

    sent = Signal(object)
    monitor_requested = Signal(str)

    def __init__(
        self, session: Session, tasks: Tasks, backend: SubmitBackend | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.model = SubmitModel(session, tasks, backend)
        self.presets = PresetChooser(self.model.presets, self.model.form)
        self.sources = SourceTable(self.model.sources, self.model.form)
        self.drop_area = DropArea()
        self.form = FormPanel(self.model)
        self.cancel = QPushButton(self.tr("Cance&l"))
        self.cancel.setToolTip(self.tr("Take all rows out and go back to the preset as it is; files stay"))
        self.submit = QPushButton(self.tr("Su&bmit"))
        set_role(self.submit, "primary")
        self.reason = NoteLabel()
        self.outcome = QLabel(wordWrap=True)
        self.outcome.setMinimumWidth(1)
        self.outcome.setTextInteractionFlags(LINKS)
        self._lay_out()
        self._connect()
        self._order_tabs()
        self.model.start()
        self._refresh()
        self.presets.tree.setFocus()

    def show_drag(self, is_over: bool) -> None:
        """Shows that the drop would be accepted."""
        self.drop_area.setFrameShadow(self.drop_area.Shadow.Sunken if is_over else self.drop_area.Shadow.Plain)

    def _order_tabs(self) -> None:
        """Tab goes in reading order, also through fields that were made later."""
        panel, sources = self.presets.panel, self.sources
        order = [
            self.presets.button, self.presets.tree,
            panel.name.line, panel.title.line, panel.description.line, panel.cancel, panel.ok,
            sources.add_clips, sources.add_sequence, sources.remove, sources.view,
            self.drop_area.choose_clips, self.drop_area.choose_sequence, self.drop_area.demo,
            *self.form.controls(), self.outcome, self.cancel, self.submit,
        ]  # fmt: skip
        for before, after in itertools.pairwise(order):
            QWidget.setTabOrder(before, after)

    def _refresh(self) -> None:
        model = self.model
        has_rows = bool(model.sources.sources) or model.sources.is_finding
        self._stack.setCurrentIndex(1 if has_rows else 0)
        self.sources.setVisible(has_rows)
        why = model.why_not()
        self.submit.setEnabled(not why)
        count = len(model.waiting())
        self.submit.setText(self.tr("Su&bmit {} jobs").format(count) if count > 1 else self.tr("Su&bmit"))
        self.submit.setToolTip(why or self.tr("Send to the farm (Ctrl+Enter)"))
        self.cancel.setText(self.tr("Stop sending") if model.job_sender.is_busy else self.tr("Cance&l"))
        self.reason.say(why if has_rows else "")

    def _show_sent(self, sent: Submitted) -> None:
        self._show_outcome(
            self.tr('Sent: {} · <a href="{}">Show in Monitor</a>').format(_escaped(sent.job), _escaped(sent.id)), "good"
        )
        self.sent.emit(sent)

    def _show_finished(self) -> None:
        sender = self.model.job_sender
        if sender.sent < sender.total:
            self._show_outcome(
                self.tr("{} of {} sent; the others say why not.").format(sender.sent, sender.total), "error"
            )
        elif sender.total > 1 and sender.last:
            self._show_outcome(
                self.tr('{} jobs sent · <a href="{}">Show in Monitor</a>').format(sender.total, sender.last.id), "good"
            )

    def _show_outcome(self, text: str, role: str) -> None:
        set_role(self.outcome, role)
        self.outcome.setText(text)
        self.outcome.setVisible(bool(text))

    def _cancel(self) -> None:
        if self.model.job_sender.is_busy:
            self.model.job_sender.stop()
            return
        self.model.form.reset()
        self._show_outcome("", "")

    def _connect(self) -> None:
        model, area = self.model, self.drop_area
        self.dropped.connect(model.sources.add)
        area.choose_clips.clicked.connect(self.sources.choose_clips)
        area.choose_sequence.clicked.connect(self.sources.choose_sequence)
        area.demo.clicked.connect(model.add_demo)
        self.submit.clicked.connect(model.submit)
        self.cancel.clicked.connect(self._cancel)
        self.outcome.linkActivated.connect(self.monitor_requested)
        self.sources.monitor_requested.connect(self.monitor_requested)
        model.job_sender.delivered.connect(self._show_sent)
        model.job_sender.finished.connect(self._show_finished)
        model.failed.connect(lambda sentence: self._show_outcome(_escaped(sentence), "error"))
        model.message.connect(lambda sentence: self._show_outcome(_escaped(sentence), "good"))
        model.changed.connect(self._refresh)
        for parameters in (self.form.parameters, self.form.more, self.form.farm.parameters):
            parameters.made.connect(self._order_tabs)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            shortcut = QShortcut(QKeySequence(Qt.Modifier.CTRL | key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(model.submit)

    def _lay_out(self) -> None:
        left = QSplitter(Qt.Orientation.Vertical)
        left.addWidget(self.presets)
        left.addWidget(self.sources)
        left.setSizes([300, 400])
        left.setStretchFactor(1, 1)
        left.setChildrenCollapsible(False)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.drop_area)
        self._stack.addWidget(self.form)
        buttons = QHBoxLayout()
        buttons.addWidget(self.reason, 1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.submit)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack, 1)
        column.addWidget(self.outcome)
        column.addLayout(buttons)
        self.outcome.hide()
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setSizes([LEFT, RIGHT])
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
