# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Carries actions out: asks before what cannot be undone, then does it; says what went wrong, with next steps."""

from qtpy.QtCore import QObject, QUrl, Signal
from qtpy.QtGui import QDesktopServices
from qtpy.QtWidgets import QApplication

from cueffmpeg_gui.gui.monitor.message_bar import MonitorLine
from cueffmpeg_gui.gui.monitor.models.action_runner import ActionRunner
from cueffmpeg_gui.gui.monitor.models.actions import ACTIONS, Selection, question, tr
from cueffmpeg_gui.gui.monitor.models.job_folder import JobDetails, Papers
from cueffmpeg_gui.gui.monitor.models.job_tree import Chosen
from cueffmpeg_gui.gui.monitor.tree import MonitorTree

TEXTS = {action.name: action.text for action in ACTIONS}
ON_FARM = ("pause", "resume", "retry", "kill", "eat", "mark_done")


class MonitorDesk(QObject):
    """`do` takes the name of an action and does it to what is selected in the tree."""

    wants_submit_again = Signal(str)
    wants_log = Signal()

    def __init__(
        self, tree: MonitorTree, line: MonitorLine, runner: ActionRunner, papers: Papers, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tree, self._line, self._runner, self._papers = tree, line, runner, papers
        self._trouble = ""
        runner.failed.connect(self._failed)

    def do(self, name: str) -> None:
        """An action of the table."""
        selection = self._tree.choice()
        if not selection:
            return
        if name in ON_FARM:
            self._ask_and_run(name, selection)
        elif name == "priority":
            self._ask_priority(selection)
        elif name == "submit_again":
            self.wants_submit_again.emit(selection[0].folder)
        else:
            current = self._tree.current() or selection[0]
            uses = {"open_output": self._open_output, "show_folder": self._show_folder, "copy_path": _copy_path}
            use = uses.get(name, lambda papers: _copy_command(papers, current))
            self._papers.read(current.folder, use, self._say_trouble)

    def show_trouble(self, current: Chosen | None) -> None:
        """The sentence of the chosen job or frame when it failed, with what can be done."""
        sentence = current.error if current else ""
        if sentence == self._trouble:
            return
        if not sentence:
            if self._line.text == self._trouble and not self._line.is_question:
                self._line.dismiss()
            self._trouble = ""
        elif not self._line.is_question:
            self._trouble = sentence
            steps = [(self.tr("Open log"), self.wants_log.emit)]
            if current and current.job.state != "FINISHED":
                steps.append((self.tr("Retry"), lambda: self._runner.run("retry", [current])))
            self._line.tell("error", sentence, steps)

    def _ask_and_run(self, name: str, selection: Selection) -> None:
        asked = question(name, selection)
        if asked:
            self._line.ask(asked, tr(TEXTS[name]), lambda: self._runner.run(name, selection))
        else:
            self._runner.run(name, selection)

    def _ask_priority(self, selection: Selection) -> None:
        now = max(one.job.priority for one in selection)
        self._line.ask_number(
            self.tr("The new priority; a higher number goes first:"),
            now,
            self.tr("Set priority"),
            lambda value: self._runner.set_priority(selection, value),
        )

    def _open_output(self, papers: JobDetails) -> None:
        if papers.output:
            self._papers.find(papers.output, self._open, self._say_trouble)
        else:
            self._say_trouble(self.tr("The job writes no media; its results are its scores."))

    def _show_folder(self, papers: JobDetails) -> None:
        self._papers.find(papers.output_folder, self._open, self._say_trouble)

    def _open(self, path: str) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(path)):
            self._say_trouble(self.tr("Nothing on this computer opens {}.").format(path))

    def _say_trouble(self, sentence: str) -> None:
        self._line.tell("error", sentence)

    def _failed(self, name: str, selection: Selection, sentence: str) -> None:
        steps = [(self.tr("Try again"), lambda: self._runner.run(name, selection))] if name in ON_FARM else []
        self._line.tell("error", sentence, steps)


def _copy_path(papers: JobDetails) -> None:
    QApplication.clipboard().setText(papers.output or papers.folder)


def _copy_command(papers: JobDetails, chosen: Chosen) -> None:
    if chosen.frame and chosen.layer:
        QApplication.clipboard().setText(papers.frame_command(chosen.layer.name, chosen.frame.number))
