# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The Monitor page: jobs, layers and frames of a farm above, what is known of the selected one below."""

from qtpy.QtCore import Qt, QTimer, QUrl, Signal
from qtpy.QtGui import QDesktopServices, QHideEvent, QKeySequence, QShortcut, QShowEvent
from qtpy.QtWidgets import QSplitter, QVBoxLayout, QWidget

from cueffmpeg_gui.api.monitor.follower import JobStatus
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.gui.common.session import FarmState, Health, Session
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.curve.models.job_scores import JobScores
from cueffmpeg_gui.gui.monitor.action_handler import ActionHandler
from cueffmpeg_gui.gui.monitor.action_menu import ActionMenu
from cueffmpeg_gui.gui.monitor.message_bar import MessageBar
from cueffmpeg_gui.gui.monitor.models.action_runner import ActionRunner
from cueffmpeg_gui.gui.monitor.models.job_folder import JobFolder
from cueffmpeg_gui.gui.monitor.models.job_poller import JobPoller
from cueffmpeg_gui.gui.monitor.models.job_tree import JobTree
from cueffmpeg_gui.gui.monitor.models.log_model import LogModel
from cueffmpeg_gui.gui.monitor.models.monitor_backend import MonitorBackend
from cueffmpeg_gui.gui.monitor.models.notices import EndedJob, Notices
from cueffmpeg_gui.gui.monitor.models.progress_text import progress_text
from cueffmpeg_gui.gui.monitor.monitor_toolbar import MonitorToolbar
from cueffmpeg_gui.gui.monitor.placeholder import Placeholder
from cueffmpeg_gui.gui.monitor.tabs import MonitorTabs
from cueffmpeg_gui.gui.monitor.tree import MonitorTree

AGE_MILLISECONDS = 1000


class MonitorPage(QWidget):
    """Polls the farm while it is visible; hidden, only for the ends of jobs that were seen running."""

    job_ended = Signal(object)
    wants_submit_again = Signal(str)
    wants_review = Signal(str, object)
    progress = Signal(str)

    def __init__(
        self, session: Session, tasks: Tasks, backend: MonitorBackend | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._tasks = session, tasks
        self.backend = backend or MonitorBackend(session)
        self._wanted_job = ""
        self._progress_text = ""
        self._user = _user_of(session)
        self._make_models()
        self._make_widgets()
        self._lay_out()
        self._connect()
        self._show_state()

    def select_job(self, job_id: str) -> None:
        """Shows a job as soon as it is known, opened and selected."""
        self._wanted_job = job_id
        self.poller.refresh()
        self._find_wanted()

    def expect_job(self) -> None:
        """A job was sent: its end is reported even if this page is never shown."""
        self.notices.expect()
        self.poller.refresh()
        self.poller.wake()

    def _make_models(self) -> None:
        backend, tasks = self.backend, self._tasks
        self.tree_model = JobTree(self)
        self.poller = JobPoller(backend, tasks, self._user, lambda: self._session.settings.is_local, self)
        self.log_model = LogModel(backend, tasks, self)
        self.scores_model = JobScores(backend, tasks, self)
        self.job_folder = JobFolder(backend, tasks, self)
        self.notices = Notices(self._user, self)
        self.runner = ActionRunner(backend, tasks, self)
        self._clock = QTimer(self, interval=AGE_MILLISECONDS)

    def _make_widgets(self) -> None:
        self.toolbar = MonitorToolbar()
        self.tree = MonitorTree(self.tree_model)
        self.placeholder = Placeholder(self.tree)
        self.action_menu = ActionMenu(self.tree)
        self.message_bar = MessageBar()
        self.tabs = MonitorTabs(self.tree_model, self.log_model, self.scores_model, self.job_folder, tasks=self._tasks)
        self.action_handler = ActionHandler(self.tree, self.message_bar, self.runner, self.job_folder, self)

    def _lay_out(self) -> None:
        upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(6)
        for widget in (self.toolbar, self.action_menu.bar, self.tree, self.message_bar):
            column.addWidget(widget, 1 if widget is self.tree else 0)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(upper)
        self.splitter.addWidget(self.tabs)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(self.splitter)

    def _connect(self) -> None:
        poller, tree = self.poller, self.tree_model
        poller.open_jobs = self._open_jobs
        poller.visible_jobs = self.tree.visible_jobs
        poller.waits_for_end = lambda: self.notices.is_waiting
        poller.jobs_changed.connect(tree.apply_jobs)
        poller.jobs_changed.connect(lambda changes: self.notices.take(changes.changed))
        poller.news_came.connect(tree.apply_news)
        poller.summaries_came.connect(tree.apply_summaries)
        poller.answered.connect(self._show_state)
        poller.failed.connect(lambda _: self._show_state())
        tree.changed.connect(self._tree_changed)
        self.notices.ended.connect(self._report_end)
        self.toolbar.owner_changed.connect(self._change_owner)
        self.toolbar.filter_changed.connect(self._filter)
        self.toolbar.wants_refresh.connect(poller.refresh)
        self.tree.selected_changed.connect(self._update_selected)
        self.tree.expanded.connect(lambda _: poller.poll_visible())
        self.tree.doubleClicked.connect(lambda _: self.tabs.setCurrentWidget(self.tabs.log))
        self.action_menu.wanted.connect(self.action_handler.do)
        self.action_handler.wants_submit_again.connect(self.wants_submit_again)
        self.action_handler.wants_log.connect(self._open_log)
        self.runner.done.connect(self._done)
        self.tabs.log.wants_open.connect(lambda path: QDesktopServices.openUrl(QUrl.fromLocalFile(path)))
        self.tabs.scores.review_wanted.connect(self._open_review)
        self._clock.timeout.connect(self._show_age)
        self._session.health_changed.connect(self._health_changed)
        self._session.farm_changed.connect(self._farm_changed)
        self._add_keys()

    def _add_keys(self) -> None:
        keys = {"F5": self.poller.refresh, "Ctrl+F": self.toolbar.focus_search, "Ctrl+L": self._search_log}
        for key, slot in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _open_jobs(self) -> list[JobStatus]:
        """Jobs whose frames are polled: visible expanded ones, and the selected one."""
        found = {job.id: job for job in self.tree.expanded_jobs()}
        current = self.tree.current()
        if current:
            found[current.job.id] = current.job
        return list(found.values())

    def _tree_changed(self) -> None:
        self._find_wanted()
        self._update_selected()
        self._show_state()
        text = progress_text(self.tree_model)
        if text != self._progress_text:
            self._progress_text = text
            self.progress.emit(text)

    def _update_selected(self) -> None:
        current = self.tree.current()
        self.tabs.show_item(current)
        self.action_menu.update(self.tree.selected_items())
        self.action_handler.show_error_of(current)
        if current and not self.tree_model.is_loaded(current.job.id):
            self.poller.poll_visible()

    def _find_wanted(self) -> None:
        if not self._wanted_job or self.tree_model.job(self._wanted_job) is None:
            return
        index = self.tree.index_of_job(self._wanted_job)
        if not index.isValid():
            self.toolbar.show_everything()
            index = self.tree.index_of_job(self._wanted_job)
        if index.isValid():
            self._wanted_job = ""
            self.tree.select(index)
            self.tree.expand(index)

    def _filter(self, state: str, text: str) -> None:
        self.tree.filter.set_filter(state, text)
        self._show_state()

    def _change_owner(self, is_mine: bool) -> None:
        self._restart_polling(self._user if is_mine else None)

    def _farm_changed(self) -> None:
        self._user = self.notices.user = _user_of(self._session)
        self.notices.forget()
        self._restart_polling(self._user if self.toolbar.owner.currentData() else None)

    def _restart_polling(self, user: str | None) -> None:
        self.poller.restart(user)
        self.tree_model.forget()
        self._show_state()

    def _show_state(self) -> None:
        """Counts, age, and a text where there is no job."""
        shown, known = self.tree.filter.rowCount(), self.tree_model.count
        self.toolbar.show_count(shown, known)
        self._show_age()
        self.placeholder.show_text("" if shown else self._placeholder_text(known))

    def _placeholder_text(self, known: int) -> str:
        if known:
            return self.tr("No job fits the search and filter.")
        if not self.tree_model.is_answered:
            return self._trouble() or self.tr("Asking the farm …")
        if self.poller.user is None:
            return self.tr("No jobs yet. Send one from the Submit page.")
        return self.tr("No jobs yet. Send one from the Submit page; Everyone shows the jobs of others.")

    def _show_age(self) -> None:
        trouble = self._trouble()
        self.toolbar.show_age(self.poller.refreshed_at, bool(trouble), trouble)

    def _trouble(self) -> str:
        """Why the farm is away; nothing while it is there."""
        health = self._session.health
        return self.poller.trouble or (health.sentence if health.state is FarmState.AWAY else "")

    def _health_changed(self, health: Health) -> None:
        if health.state in (FarmState.OK, FarmState.SLOW) and self.poller.is_away:
            self.poller.refresh()
        self._show_state()

    def _report_end(self, job: JobStatus) -> None:
        if not job.counts.lost:
            self.job_ended.emit(EndedJob(job))
            return
        self._tasks.run(
            lambda: self.backend.failure(job),
            lambda sentence: self.job_ended.emit(EndedJob(job, sentence)),
            lambda _: self.job_ended.emit(EndedJob(job)),
        )

    def _open_review(self, frame: int | None) -> None:
        if self.scores_model.job:
            self.wants_review.emit(self.scores_model.job.name, frame)

    def _open_log(self) -> None:
        self.tabs.setCurrentWidget(self.tabs.log)
        self.tabs.log.text.setFocus()

    def _search_log(self) -> None:
        self.tabs.setCurrentWidget(self.tabs.log)
        self.tabs.log.search.setFocus()

    def _done(self, sentence: str) -> None:
        self.message_bar.show_message("good", sentence)
        self.poller.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.focusWidget() is None:
            self.tree.setFocus()
        self.poller.start()
        self._clock.start()
        self.tabs.set_shown(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.poller.hide()
        self._clock.stop()
        self.tabs.set_shown(False)


def _user_of(session: Session) -> str | None:
    try:
        return session.settings.user
    except InputRefused:  # a computer without a name for its user shows everyone's
        return None
