# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""One right click's actions: what they say changes while the menu is open, when the farm has answered."""

import cuegui
from cuegui.AbstractDockWidget import AbstractDockWidget
from qtpy.QtCore import QObject

from cueffmpeg_cuegui import PLUGIN_NAME
from cueffmpeg_cuegui.acts import Acts, may_change
from cueffmpeg_cuegui.guard import guarded, logger
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.dock.models.dock_backend import DockSource
from cueffmpeg_gui.gui.dock.models.menu_actions import ACTIONS, failing, offer, waiting

THREADS = 2
KEY = "menu"
STATUS_MILLISECONDS = 15000


class Desk(QObject):
    """Threads and answers for menus, made at the first right click and kept."""

    _one = None

    def __init__(self):
        super().__init__(cuegui.app())
        self.tasks, self.source = Tasks(self, threads=THREADS), DockSource()
        cuegui.app().facility_changed.connect(self.source.forget)

    @classmethod
    def get(cls):
        """The one of this CueGUI."""
        if cls._one is None:
            cls._one = cls()
        return cls._one


class Offers:
    """Asks what the jobs are, off CueGUI's thread, and lets actions say so."""

    def __init__(self, window, ids, make_action):
        self._window, self._count = window, len(ids)
        self._offers = {}
        desk = Desk.get()
        self._acts = Acts(desk.source, desk.tasks, self.say, self._show_sentence)
        self.actions = [self._make(action, make_action) for action in ACTIONS]
        desk.tasks.run(lambda: desk.source.jobs(ids), self._show, self._fail, key=KEY)

    def say(self, sentence):
        """In CueGUI's status bar and log: a menu has no other place."""
        logger.warning("cueffmpeg: %s", sentence)
        self._show_sentence(sentence)

    def _show_sentence(self, sentence):
        self._window.showStatusBarMessage(sentence, STATUS_MILLISECONDS)

    def _make(self, action, make_action):
        made = make_action("")
        _write(made, waiting(action))
        made.triggered.connect(lambda *_: self._run(action.name))
        return made

    @guarded("say")
    def _show(self, jobs):
        for action, made in zip(ACTIONS, self.actions):
            self._offers[action.name] = offer(action, jobs, self._count, may_change)
            _write(made, self._offers[action.name])

    @guarded("say")
    def _fail(self, sentence):
        for action, made in zip(ACTIONS, self.actions):
            _write(made, failing(action, sentence))

    @guarded("say")
    def _run(self, name):
        jobs = self._offers[name].jobs
        if name == "show":
            show_jobs(self._window, jobs)
        elif name == "retry":
            self._acts.retry(jobs)
        else:
            self._acts.open_folders(jobs)


def _write(made, offered):
    made.setText(offered.text)
    made.setToolTip(offered.tip)
    made.setStatusTip(offered.tip)
    made.setEnabled(bool(offered.jobs))


def show_jobs(window, jobs):
    """One job in the dock that follows the selection; several each in a dock that stays with it."""
    docks = _docks(window)
    if len(jobs) == 1:
        free = next((dock for dock in docks if not dock.is_kept), None) or _open(window)
        free.take_job(jobs[0].status.id, jobs[0].status.name)
        free.raise_()
        return
    first = None
    for job in jobs:
        dock = _open(window)
        dock.keep_job(job.status.id, job.status.name)
        if first is not None:
            window.tabifyDockWidget(first, dock)
        first = first or dock
    first.raise_()


def _docks(window):
    return [dock for dock in window.findChildren(AbstractDockWidget) if hasattr(dock, "keep_job")]


def _open(window):
    """Opens a dock as its entry in CueGUI's menu does: CueGUI then knows of it and remembers it."""
    before = set(_docks(window))
    entries = [entry for menu in _menus(window.PluginMenu) for entry in menu.actions()]
    next(entry for entry in entries if entry.text() == PLUGIN_NAME).trigger()
    return next(dock for dock in _docks(window) if dock not in before)


def _menus(menu):
    return [menu, *(action.menu() for action in menu.actions() if action.menu())]
