# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Selects a frame in CueGUI's own list of frames, as a click on it would."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Optional

import cuegui
import cuegui.Utils
from cuegui.AbstractTreeWidget import AbstractTreeWidget
from cuegui.FrameMonitorTree import FrameMonitorTree
from qtpy.QtCore import QObject, QTimer
from qtpy.QtWidgets import QMainWindow

from cueffmpeg_cuegui.guard import guarded

# CueGUI fills its list within seconds of a job being shown there.
TRY_MILLISECONDS, TRIES = 250, 60
NO_LIST = "Open Monitor Job Details (Views/Plugins > Cuetopia) to see frames there."
NOT_SHOWN = "CueGUI does not show {} itself; put it into Monitor Jobs first."
NOT_LISTED = "CueGUI does not list {}: its list is filtered, or on another page."


@dataclass
class _Request:
    """A frame to select, and how many tries are left."""

    job_id: str
    frame_id: str
    frame_name: str
    tries: int = TRIES


class FrameChooser(QObject):
    """Waits for the list when CueGUI has to fetch it; a newer request replaces an older one."""

    def __init__(self, main_window: QMainWindow, show_error: Callable[[str], None], parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._show_error = main_window, show_error
        self._request: Optional[_Request] = None
        self._timer = QTimer(self)
        self._timer.setInterval(TRY_MILLISECONDS)
        self._timer.timeout.connect(self._try)

    @guarded()
    def choose(self, job_id: str, job_name: str, frame_id: str, frame_name: str) -> None:
        """Selects the frame; shows its job in CueGUI first when another one is there."""
        trees = self._window.findChildren(FrameMonitorTree)
        if not trees:
            self._show_error(NO_LIST)
            return
        self._request = _Request(job_id, frame_id, frame_name)
        if not any(_shows(tree, job_id) for tree in trees):
            job = _find_job(self._window, job_id)
            if job is None:
                self._show_error(NOT_SHOWN.format(job_name))
                return
            cuegui.app().view_object.emit(job)
        self._timer.start()
        self._try()

    def stop(self) -> None:
        """No more tries."""
        self._timer.stop()

    @guarded()
    def _try(self) -> None:
        request = self._request
        if request is None:
            return
        request.tries -= 1
        for tree in self._window.findChildren(FrameMonitorTree):
            if _shows(tree, request.job_id) and _select(tree, request.frame_id):
                self._timer.stop()
                return
        if request.tries <= 0:
            self._timer.stop()
            self._show_error(NOT_LISTED.format(request.frame_name))


def _shows(tree: Any, job_id: str) -> bool:
    job = tree.getJob()
    return bool(job is not None and job.data.id == job_id)


def _find_job(main_window: QMainWindow, job_id: str) -> Any:
    """The job as CueGUI's lists of jobs have it: asking for it by name would hold CueGUI's thread up."""
    things = (thing for tree in main_window.findChildren(AbstractTreeWidget) for thing in _things(tree))
    return next((thing for thing in things if cuegui.Utils.isJob(thing) and thing.data.id == job_id), None)


def _things(tree: Any) -> Iterator[Any]:
    """What a list of CueGUI shows. Not by a QTreeWidgetItemIterator: after one was used from Python, CueGUI was seen
    to crash (6.5 and 6.8) when it next emptied the list."""
    waiting = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    while waiting:
        item = waiting.pop()
        yield getattr(item, "rpcObject", None)
        waiting += [item.child(row) for row in range(item.childCount())]


def _select(tree: Any, frame_id: str) -> bool:
    for row in range(tree.topLevelItemCount()):
        item = tree.topLevelItem(row)
        if item.rpcObject.data.id == frame_id:
            tree.setCurrentItem(item)
            tree.scrollToItem(item)
            # What a click does: its log is shown where logs are shown, and other docks get its signal.
            tree.itemClicked.emit(item, 0)
            return True
    return False
