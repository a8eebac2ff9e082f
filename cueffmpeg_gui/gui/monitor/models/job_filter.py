# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Which jobs are shown and in which order. Qt's own proxy does the work in C++; this only sets its pattern."""

from qtpy.QtCore import QObject, QRegularExpression, QSortFilterProxyModel, Qt

from cueffmpeg_gui.gui.monitor.models.job_tree import JobTree
from cueffmpeg_gui.gui.rows.models.columns import Column
from cueffmpeg_gui.gui.rows.models.tree_row import FILTER, SORT

# Which states a filter shows, as a pattern on the filter text that JobEntry writes.
STATES = {
    "all": "",
    "active": "(?=<(?:running|waiting|paused))",
    "failed": "(?=<(?:failed|stopped|[^>]* lost))",
}


class JobFilter(QSortFilterProxyModel):
    """The jobs that fit; layers and frames come with their job."""

    def __init__(self, tree: JobTree, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = "all"
        self.text = ""
        self.setFilterRole(FILTER)
        self.setSortRole(SORT)
        self.setFilterKeyColumn(Column.NAME)
        self.setAutoAcceptChildRows(True)
        self.setDynamicSortFilter(True)
        self.setSourceModel(tree)
        self.sort(Column.STARTED, Qt.SortOrder.AscendingOrder)

    def set_filter(self, state: str, text: str) -> None:
        """Shows jobs of a state (one of STATES) owner name, user or shot holds every word of the text."""
        if (state, text) == (self.state, self.text):
            return
        self.state, self.text = state, text
        words = "".join(f"(?=.*{QRegularExpression.escape(word)})" for word in text.split())
        option = QRegularExpression.PatternOption.CaseInsensitiveOption
        self.setFilterRegularExpression(QRegularExpression(f"^{STATES[state]}{words}", option))
