# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Does the actions that users choose: asks before what cannot be undone, and shows errors with next steps."""

from collections.abc import Callable

from qtpy.QtCore import QObject, QUrl, Signal
from qtpy.QtGui import QDesktopServices
from qtpy.QtWidgets import QApplication

from cueffmpeg_gui.gui.monitor.message_bar import MessageBar
from cueffmpeg_gui.gui.monitor.models.action_runner import ActionRunner
from cueffmpeg_gui.gui.monitor.models.actions import ACTIONS, Selection, question, tr
from cueffmpeg_gui.gui.monitor.models.job_folder import JobDetails, JobFolder
from cueffmpeg_gui.gui.monitor.models.selected_item import SelectedItem
from cueffmpeg_gui.gui.monitor.tree import MonitorTree

TEXTS = {action.name: action.text for action in ACTIONS}
ON_FARM = ("pause", "resume", "retry", "kill", "eat", "mark_done")


class ActionHandler(QObject):
    """`do` takes the name of an action and does it to what is selected in the tree."""

    wants_submit_again = Signal(str)
    wants_log = Signal()

    def __init__(
        self,
        tree: MonitorTree,
        message_bar: MessageBar,
        runner: ActionRunner,
        job_folder: JobFolder,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tree, self._message_bar, self._runner, self._job_folder = tree, message_bar, runner, job_folder
        self._shown_error = ""
        runner.failed.connect(self._failed)

    def do(self, name: str) -> None:
        """An action of the table."""
        selection = self._tree.selected_items()
        if not selection:
            return
        if name in ON_FARM:
            self._confirm_and_run(name, selection)
        elif name == "priority":
            self._ask_priority(selection)
        elif name == "submit_again":
            self._submit_again(selection[0])
        else:
            self._use_folder(name, self._tree.current() or selection[0])

    def show_error_of(self, current: SelectedItem | None) -> None:
        """The sentence of the selected job or frame when it failed, with what can be done."""
        sentence = current.error if current else ""
        if sentence == self._shown_error:
            return
        if not sentence:
            if self._message_bar.text == self._shown_error and not self._message_bar.is_question:
                self._message_bar.dismiss()
            self._shown_error = ""
        elif not self._message_bar.is_question:
            self._shown_error = sentence
            self._message_bar.show_message("error", sentence, self._next_steps(current))

    def _next_steps(self, current: SelectedItem | None) -> list[tuple[str, Callable[[], None]]]:
        steps: list[tuple[str, Callable[[], None]]] = [(self.tr("Open log"), self.wants_log.emit)]
        if current and not current.job.is_finished:
            steps.append((self.tr("Retry"), lambda: self._runner.run("retry", [current])))
        return steps

    def _submit_again(self, item: SelectedItem) -> None:
        if item.folder is None:
            self._show_error(self.tr("The job's folder is not known yet; it is when the farm has told its layers."))
            return
        self.wants_submit_again.emit(item.folder)

    def _use_folder(self, name: str, item: SelectedItem) -> None:
        if item.folder is None:
            return
        uses = {"open_output": self._open_output, "show_folder": self._show_folder, "copy_path": _copy_path}
        use = uses.get(name, lambda details: _copy_command(details, item))
        self._job_folder.read(item.folder, use, self._show_error)

    def _confirm_and_run(self, name: str, selection: Selection) -> None:
        asked = question(name, selection)
        if asked:
            self._message_bar.ask(asked, tr(TEXTS[name]), lambda: self._runner.run(name, selection))
        else:
            self._runner.run(name, selection)

    def _ask_priority(self, selection: Selection) -> None:
        now = max(item.job.priority for item in selection)
        self._message_bar.ask_number(
            self.tr("The new priority; a higher number goes first:"),
            now,
            self.tr("Set priority"),
            lambda value: self._runner.set_priority(selection, value),
        )

    def _open_output(self, details: JobDetails) -> None:
        if details.output:
            self._job_folder.check_path(details.output, self._open, self._show_error)
        else:
            self._show_error(self.tr("The job writes no media; its results are its scores."))

    def _show_folder(self, details: JobDetails) -> None:
        self._job_folder.check_path(details.output_folder, self._open, self._show_error)

    def _open(self, path: str) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(path)):
            self._show_error(self.tr("Nothing on this computer opens {}.").format(path))

    def _show_error(self, sentence: str) -> None:
        self._message_bar.show_message("error", sentence)

    def _failed(self, name: str, selection: Selection, sentence: str) -> None:
        steps = [(self.tr("Try again"), lambda: self._runner.run(name, selection))] if name in ON_FARM else []
        self._message_bar.show_message("error", sentence, steps)


def _copy_path(details: JobDetails) -> None:
    QApplication.clipboard().setText(details.output or details.folder)


def _copy_command(details: JobDetails, item: SelectedItem) -> None:
    if item.frame and item.layer:
        QApplication.clipboard().setText(details.frame_command(item.layer.name, item.frame.number))
