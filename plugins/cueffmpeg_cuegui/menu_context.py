# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The items of one right click: what they say changes while the menu is open, when the farm has answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Optional

import cuegui
from cuegui.AbstractDockWidget import AbstractDockWidget
from qtpy.QtCore import QObject
from qtpy.QtGui import QAction

from cueffmpeg_cuegui import PLUGIN_NAME
from cueffmpeg_cuegui.guard import guarded, logger
from cueffmpeg_cuegui.job_actions import JobActions, may_change
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.dock.models.dock_backend import CueJob, DockBackend
from cueffmpeg_gui.gui.dock.models.menu_actions import (
    ACTIONS,
    MenuAction,
    MenuEntry,
    entry_for,
    failed_entry,
    waiting_entry,
)

THREADS = 2
KEY = "menu"
STATUS_MILLISECONDS = 15000


class MenuContext(QObject):
    """Threads and backend for menus, made at the first right click and kept."""

    _one: Optional[MenuContext] = None

    def __init__(self) -> None:
        super().__init__(cuegui.app())
        self.tasks, self.backend = Tasks(self, threads=THREADS), DockBackend()
        cuegui.app().facility_changed.connect(self.backend.forget)

    @classmethod
    def get(cls) -> MenuContext:
        """The one of this CueGUI."""
        if cls._one is None:
            cls._one = cls()
        return cls._one


class MenuItems:
    """Asks what the jobs are, off CueGUI's thread, and rewrites the actions when the farm has answered."""

    def __init__(self, window: Any, ids: Sequence[str]) -> None:
        self._window, self._count = window, len(ids)
        self._entries: dict[str, MenuEntry] = {}
        context = MenuContext.get()
        self._job_actions = JobActions(context.backend, context.tasks, self.show_error, self._show_sentence)
        self.actions = [self._make(action) for action in ACTIONS]
        context.tasks.run(lambda: context.backend.jobs(ids), self._show, self._fail, key=KEY)

    def show_error(self, sentence: str) -> None:
        """In CueGUI's status bar and log: a menu has no other place."""
        logger.warning("cueffmpeg: %s", sentence)
        self._show_sentence(sentence)

    def _show_sentence(self, sentence: str) -> None:
        self._window.showStatusBarMessage(sentence, STATUS_MILLISECONDS)

    def _make(self, action: MenuAction) -> QAction:
        qaction = QAction("")
        _write(qaction, waiting_entry(action))
        qaction.triggered.connect(lambda *_: self._run(action.name))
        return qaction

    @guarded("show_error")
    def _show(self, jobs: Sequence[CueJob]) -> None:
        for action, qaction in zip(ACTIONS, self.actions):
            entry = self._entries[action.name] = entry_for(action, jobs, self._count, may_change)
            _write(qaction, entry)

    @guarded("show_error")
    def _fail(self, sentence: str) -> None:
        for action, qaction in zip(ACTIONS, self.actions):
            _write(qaction, failed_entry(action, sentence))

    @guarded("show_error")
    def _run(self, name: str) -> None:
        jobs = self._entries[name].jobs
        if name == "show":
            show_jobs(self._window, jobs)
        elif name == "retry":
            self._job_actions.retry(jobs)
        else:
            self._job_actions.open_folders(jobs)


def _write(qaction: QAction, entry: MenuEntry) -> None:
    qaction.setText(entry.text)
    qaction.setToolTip(entry.tip)
    qaction.setStatusTip(entry.tip)
    qaction.setEnabled(bool(entry.jobs))


def show_jobs(window: Any, jobs: Sequence[CueJob]) -> None:
    """One job in the dock that follows the selection; several each in a dock that stays with it."""
    if len(jobs) == 1:
        free = next((dock for dock in _docks(window) if not dock.is_kept), None) or _open(window)
        free.take_job(jobs[0].status.id, jobs[0].status.name)
        free.raise_()
        return
    docks: list[Any] = []
    for job in jobs:
        docks.append(_open(window))
        docks[-1].keep_job(job.status.id, job.status.name)
        if len(docks) > 1:
            window.tabifyDockWidget(docks[0], docks[-1])
    docks[0].raise_()


def _docks(window: Any) -> list[Any]:
    return [dock for dock in window.findChildren(AbstractDockWidget) if hasattr(dock, "keep_job")]


def _open(window: Any) -> Any:
    """Opens a dock as its entry in CueGUI's menu does: CueGUI then knows of it and remembers it."""
    before = set(_docks(window))
    entries = [entry for menu in _menus(window.PluginMenu) for entry in menu.actions()]
    next(entry for entry in entries if entry.text() == PLUGIN_NAME).trigger()
    return next(dock for dock in _docks(window) if dock not in before)


def _menus(menu: Any) -> list[Any]:
    return [menu, *(action.menu() for action in menu.actions() if action.menu())]
