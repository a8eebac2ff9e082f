# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Below the tree: what is known of what is chosen, one thing at a time; only what is looked at is followed."""

from qtpy.QtWidgets import QTabWidget, QWidget

from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.curve.models.job_scores import JobScores
from cueffmpeg_gui.gui.monitor.commands_tab import MonitorCommands
from cueffmpeg_gui.gui.monitor.details_tab import MonitorDetails
from cueffmpeg_gui.gui.monitor.log_tab import MonitorLog
from cueffmpeg_gui.gui.monitor.models.job_folder import Papers
from cueffmpeg_gui.gui.monitor.models.job_tree import Chosen, JobTree
from cueffmpeg_gui.gui.monitor.models.log_model import LogModel
from cueffmpeg_gui.gui.monitor.scores_tab import MonitorScores


class MonitorTabs(QTabWidget):
    """Log, Scores, Commands, Details."""

    def __init__(
        self,
        tree: JobTree,
        log: LogModel,
        scores: JobScores,
        papers: Papers,
        *,
        tasks: Tasks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tree, self._log, self._scores, self._papers = tree, log, scores, papers
        self._key = ""
        self._is_shown = False
        self.log, self.scores = MonitorLog(log), MonitorScores(scores, tasks)
        self.commands, self.details = MonitorCommands(papers), MonitorDetails(papers)
        self.addTab(self.log, self.tr("Log"))
        self.addTab(self.scores, self.tr("Scores"))
        self.addTab(self.commands, self.tr("Commands"))
        self.addTab(self.details, self.tr("Details"))
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        self.currentChanged.connect(lambda _: self._follow())

    def show_chosen(self, chosen: Chosen | None) -> None:
        """What the tabs are about; called again whenever something of it may have changed."""
        is_other = (chosen.key if chosen else "") != self._key
        self._key = chosen.key if chosen else ""
        self._show_log(chosen, is_other)
        self._scores.show(chosen.job if chosen else None)
        self._papers.show(chosen.folder if chosen else None)
        self.commands.show_chosen(chosen)
        self.details.show_chosen(chosen)

    def set_shown(self, is_shown: bool) -> None:
        """Whether somebody can see the page."""
        self._is_shown = is_shown
        self._follow()

    def _show_log(self, chosen: Chosen | None, is_other: bool) -> None:
        if is_other:
            name = self._tree.frame_to_read(chosen) if chosen else None
            if name:
                self._log.show(chosen.job, name)
            else:
                self._log.clear()
        elif chosen and not chosen.frame and not self._log.lines:
            name = self._tree.frame_to_read(chosen)
            if name:
                self._log.show(chosen.job, name)

    def _follow(self) -> None:
        for widget, model in ((self.log, self._log), (self.scores, self._scores)):
            if self._is_shown and self.currentWidget() is widget:
                model.start()
            else:
                model.stop()
