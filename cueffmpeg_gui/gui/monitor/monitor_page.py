# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The Monitor page: jobs, layers and frames of a farm above, what is known of the chosen one below."""

from qtpy.QtCore import Qt, QTimer, QUrl, Signal
from qtpy.QtGui import QDesktopServices, QHideEvent, QKeySequence, QShortcut, QShowEvent
from qtpy.QtWidgets import QSplitter, QVBoxLayout, QWidget

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.gui.common.session import FarmState, Health, Session
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.curve.models.job_scores import JobScores
from cueffmpeg_gui.gui.monitor.action_handler import MonitorDesk
from cueffmpeg_gui.gui.monitor.action_menu import MonitorActions
from cueffmpeg_gui.gui.monitor.message_bar import MonitorLine
from cueffmpeg_gui.gui.monitor.models.action_runner import ActionRunner
from cueffmpeg_gui.gui.monitor.models.job_folder import Papers
from cueffmpeg_gui.gui.monitor.models.job_poller import JobPoller
from cueffmpeg_gui.gui.monitor.models.job_tree import JobStatus, JobTree
from cueffmpeg_gui.gui.monitor.models.log_model import LogModel
from cueffmpeg_gui.gui.monitor.models.monitor_backend import MonitorSource
from cueffmpeg_gui.gui.monitor.models.notices import EndedJob, Notices
from cueffmpeg_gui.gui.monitor.models.progress_text import progress_words
from cueffmpeg_gui.gui.monitor.monitor_toolbar import MonitorToolbar
from cueffmpeg_gui.gui.monitor.placeholder import EmptyWords
from cueffmpeg_gui.gui.monitor.tabs import MonitorTabs
from cueffmpeg_gui.gui.monitor.tree import MonitorTree

AGE_MILLISECONDS = 1000


class MonitorPage(QWidget):
    """Asks the farm while it is seen; hidden, only for the ends of jobs that were seen running."""

    job_ended = Signal(object)
    wants_submit_again = Signal(str)
    wants_review = Signal(str, object)
    progress = Signal(str)

    def __init__(
        self, session: Session, tasks: Tasks, source: MonitorSource | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._tasks = session, tasks
        self.source = source or MonitorSource(session)
        self._wanted_job = ""
        self._said = ""
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
        """A job was sent: its end is told even if this page is never looked at."""
        self.notices.expect()
        self.poller.refresh()
        self.poller.wake()

    def _make_models(self) -> None:
        source, tasks = self.source, self._tasks
        self.tree_model = JobTree(self)
        self.poller = JobPoller(source, tasks, self._user, lambda: self._session.settings.is_local, self)
        self.log_model = LogModel(source, tasks, self)
        self.scores_model = JobScores(source, tasks, self)
        self.papers = Papers(source, tasks, self)
        self.notices = Notices(self._user, self)
        self.runner = ActionRunner(source, tasks, self)
        self._clock = QTimer(self, interval=AGE_MILLISECONDS)

    def _make_widgets(self) -> None:
        self.toolbar = MonitorToolbar()
        self.tree = MonitorTree(self.tree_model)
        self.empty = EmptyWords(self.tree)
        self.actions_ = MonitorActions(self.tree)
        self.line = MonitorLine()
        self.tabs = MonitorTabs(self.tree_model, self.log_model, self.scores_model, self.papers, tasks=self._tasks)
        self.desk = MonitorDesk(self.tree, self.line, self.runner, self.papers, self)

    def _lay_out(self) -> None:
        upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(6)
        for widget in (self.toolbar, self.actions_.bar, self.tree, self.line):
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
        poller.seen_jobs = self.tree.jobs_in_sight
        poller.waits_for_end = lambda: self.notices.is_waiting
        poller.jobs_changed.connect(tree.take_jobs)
        poller.jobs_changed.connect(lambda changes: self.notices.take(changes.changed))
        poller.news_came.connect(tree.take_news)
        poller.glances_came.connect(tree.take_glances)
        poller.answered.connect(self._show_state)
        poller.failed.connect(lambda _: self._show_state())
        tree.changed.connect(self._tree_changed)
        self.notices.ended.connect(self._tell_end)
        self.toolbar.whose_changed.connect(self._change_whose)
        self.toolbar.filter_changed.connect(self._filter)
        self.toolbar.wants_refresh.connect(poller.refresh)
        self.tree.choice_changed.connect(self._choice_changed)
        self.tree.expanded.connect(lambda _: poller.look_now())
        self.tree.doubleClicked.connect(lambda _: self.tabs.setCurrentWidget(self.tabs.log))
        self.actions_.wanted.connect(self.desk.do)
        self.desk.wants_submit_again.connect(self.wants_submit_again)
        self.desk.wants_log.connect(self._open_log)
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
        """Jobs whose frames are looked at: opened ones, and the chosen one."""
        found = {job.id: job for job in self.tree.expanded_jobs()}
        current = self.tree.current()
        if current:
            found[current.job.id] = current.job
        return list(found.values())

    def _tree_changed(self) -> None:
        self._find_wanted()
        self._choice_changed()
        self._show_state()
        words = progress_words(self.tree_model)
        if words != self._said:
            self._said = words
            self.progress.emit(words)

    def _choice_changed(self) -> None:
        current = self.tree.current()
        self.tabs.show_chosen(current)
        self.actions_.update(self.tree.choice())
        self.desk.show_trouble(current)
        if current and not self.tree_model.is_loaded(current.job.id):
            self.poller.look_now()

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
        self.tree.filter.choose(state, text)
        self._show_state()

    def _change_whose(self, is_mine: bool) -> None:
        self._begin_anew(self._user if is_mine else None)

    def _farm_changed(self) -> None:
        self._user = self.notices.user = _user_of(self._session)
        self.notices.forget()
        self._begin_anew(self._user if self.toolbar.whose.currentData() else None)

    def _begin_anew(self, user: str | None) -> None:
        self.poller.begin_anew(user)
        self.tree_model.forget()
        self._show_state()

    def _show_state(self) -> None:
        """Counts, age, and words where there is no job."""
        shown, known = self.tree.filter.rowCount(), self.tree_model.count
        self.toolbar.show_count(shown, known)
        self._show_age()
        if shown:
            text = ""
        elif known:
            text = self.tr("No job fits the search and filter.")
        elif not self.tree_model.is_answered:
            text = self._trouble() or self.tr("Asking the farm …")
        elif self.poller.user is None:
            text = self.tr("No jobs yet. Send one from the Submit page.")
        else:
            text = self.tr("No jobs yet. Send one from the Submit page; Everyone shows the jobs of others.")
        self.empty.say(text)

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

    def _tell_end(self, job: JobStatus) -> None:
        failed = bool(job.counts.dead or job.counts.eaten)
        if not failed:
            self.job_ended.emit(EndedJob(job))
            return
        self._tasks.run(
            lambda: self.source.failure(job),
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
        self.line.tell("good", sentence)
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
