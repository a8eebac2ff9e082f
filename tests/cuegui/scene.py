# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What a person finds and does in the real CueGUI, and what our dock shows there. Runs in CueGUI's own Python."""

import cuegui
import cuegui.Utils
import opencue.api
from qtpy.QtCore import QPoint, QTimer
from qtpy.QtGui import QContextMenuEvent
from qtpy.QtWidgets import QApplication

TICK_MILLISECONDS = 50


class Scene:
    """The window, and what a person finds and does in it."""

    def __init__(self, window):
        self.window = window

    def tree(self, kind):
        return next(w for w in QApplication.allWidgets() if type(w).__name__ == kind and w.window() is self.window)

    def docks(self):
        return [dock for dock in self.window.findChildren(object) if hasattr(dock, "keep_job")]

    def open_dock(self):
        menus = [action.menu() for action in self.window.PluginMenu.actions() if action.menu()]
        entries = [entry for menu in menus for entry in menu.actions()]
        next(entry for entry in entries if entry.text() == "ffmpeg / VMAF").trigger()

    def monitor(self, *names):
        tree = self.tree("JobMonitorTree")
        for job in opencue.api.getJobs(show=["testing"], include_finished=True):
            if job.data.name in names:
                tree.addJob(job)

    def job_item(self, name):
        tree = self.tree("JobMonitorTree")
        waiting = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
        while waiting:
            item = waiting.pop()
            thing = getattr(item, "rpcObject", None)
            if cuegui.Utils.isJob(thing) and thing.data.name == name:
                return item
            waiting += [item.child(row) for row in range(item.childCount())]
        return None

    def select(self, name):
        item = self.job_item(name)
        tree = self.tree("JobMonitorTree")
        tree.setCurrentItem(item)
        tree.itemClicked.emit(item, 0)
        tree.itemDoubleClicked.emit(item, 0)

    def open_menu(self, *names, act):
        """The real context menu; `act` gets our actions in it when they have stopped looking."""
        tree = self.tree("JobMonitorTree")
        tree.clearSelection()
        for name in names:
            self.job_item(name).setSelected(True)
        timer = QTimer()
        timer.timeout.connect(lambda: self._try(act, timer))
        timer.start(TICK_MILLISECONDS)
        place = QPoint(20, 20)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, tree.viewport().mapToGlobal(place))
        tree.contextMenuEvent(event)

    def _try(self, act, timer):
        menu = QApplication.activePopupWidget()
        ours = menu.actions()[-3:] if menu else []
        if ours and not any("looking" in action.text() for action in ours):
            timer.stop()
            act({action.text(): action for action in ours})
            menu.close()


def encodes(panel):
    """What the curve shows; it is there when the first scores are."""
    return panel.scores_pane.inner.curve.model.encodes if panel.scores_pane.inner else []


def look(dock):
    panel = dock.panel
    table = panel.chunks.sorted
    rows = [[table.index(y, x).data() for x in range(table.columnCount())] for y in range(table.rowCount())]
    encode = next(iter(encodes(panel)), None)
    return {
        "job": panel.model.name,
        "kept": dock.is_kept,
        "placeholder": panel.placeholder.text() if panel.placeholder.isVisible() else "",
        "failure": panel.head.failure.toolTip(),
        "chunks": rows,
        "line": panel.scores_pane.inner.line.text() if panel.scores_pane.inner else "",
        "first": encode.first if encode else None,
        "columns": {name: [float(v) for v in column] for name, column in encode.columns.items()} if encode else {},
    }
