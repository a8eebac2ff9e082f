# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Below the tree: what is known of the selected item, one tab at a time; only the visible tab polls."""

from qtpy.QtWidgets import QTabWidget, QWidget

from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.curve.models.job_scores import JobScores
from cueffmpeg_gui.gui.monitor.commands_tab import CommandsTab
from cueffmpeg_gui.gui.monitor.details_tab import DetailsTab
from cueffmpeg_gui.gui.monitor.log_tab import LogTab
from cueffmpeg_gui.gui.monitor.models.job_folder import JobFolder
from cueffmpeg_gui.gui.monitor.models.job_tree import JobTree
from cueffmpeg_gui.gui.monitor.models.log_model import LogModel
from cueffmpeg_gui.gui.monitor.models.selected_item import SelectedItem
from cueffmpeg_gui.gui.monitor.scores_tab import ScoresTab
from cueffmpeg_gui.gui.rows.models.tree_row import RowKind


class MonitorTabs(QTabWidget):
    """Log, Scores, Commands, Details."""

    def __init__(
        self,
        tree: JobTree,
        log: LogModel,
        scores: JobScores,
        job_folder: JobFolder,
        *,
        tasks: Tasks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tree, self._log, self._scores, self._job_folder = tree, log, scores, job_folder
        self._key: tuple[RowKind, str] | None = None
        self._is_shown = False
        self.log, self.scores = LogTab(log), ScoresTab(scores, tasks)
        self.commands, self.details = CommandsTab(job_folder), DetailsTab(job_folder)
        self.addTab(self.log, self.tr("Log"))
        self.addTab(self.scores, self.tr("Scores"))
        self.addTab(self.commands, self.tr("Commands"))
        self.addTab(self.details, self.tr("Details"))
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        self.currentChanged.connect(lambda _: self._update_polling())

    def show_item(self, item: SelectedItem | None) -> None:
        """What the tabs are about; called again whenever something of it may have changed."""
        key = item.key if item else None
        is_other, self._key = key != self._key, key
        self._show_log(item, is_other)
        self._scores.show(item.job if item else None)
        self._job_folder.show(item.folder if item else None)
        self.commands.show_item(item)
        self.details.show_item(item)

    def set_shown(self, is_shown: bool) -> None:
        """Whether the page is visible."""
        self._is_shown = is_shown
        self._update_polling()

    def _show_log(self, item: SelectedItem | None, is_other: bool) -> None:
        """Another item's log at once; of a job or layer without one, as soon as there is one."""
        if not is_other and (item is None or item.frame or self._log.lines):
            return
        name = self._tree.frame_to_read(item) if item else None
        if item and name:
            self._log.show(item.job, name)
        elif is_other:
            self._log.clear()

    def _update_polling(self) -> None:
        for widget, model in ((self.log, self._log), (self.scores, self._scores)):
            if self._is_shown and self.currentWidget() is widget:
                model.start()
            else:
                model.stop()
