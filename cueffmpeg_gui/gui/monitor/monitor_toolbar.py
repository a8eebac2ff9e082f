# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Above the tree: whose jobs, a search, which states, and how old the answer is."""

import time

from qtpy.QtCore import Qt, QTimer, Signal
from qtpy.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

SEARCH_MILLISECONDS = 150


class MonitorToolbar(QWidget):
    """Emits what to show; shows how old the list is."""

    owner_changed = Signal(bool)
    filter_changed = Signal(str, str)
    wants_refresh = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.owner = QComboBox()
        self.owner.addItem(self.tr("Mine"), True)
        self.owner.addItem(self.tr("Everyone"), False)
        self.owner.setAccessibleName(self.tr("Whose jobs"))
        self.search = QLineEdit(clearButtonEnabled=True)
        self.search.setPlaceholderText(self.tr("Search names, users, shots"))
        self.search.setToolTip(self.tr("Jobs that hold every word (Ctrl+F)"))
        self.search.setAccessibleName(self.tr("Search jobs"))
        self.state = QComboBox()
        for text, name in ((self.tr("All"), "all"), (self.tr("Active"), "active"), (self.tr("Failed"), "failed")):
            self.state.addItem(text, name)
        self.state.setAccessibleName(self.tr("Which states"))
        self.count = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.count.setProperty("role", "hint")
        self.age = QLabel(self.tr("connecting …"))
        self.age.setProperty("role", "hint")
        self.refresh = QPushButton(self.tr("Refresh"))
        self.refresh.setToolTip(self.tr("Ask the farm now (F5)"))
        self._lay_out()
        self._delay = QTimer(self, singleShot=True, interval=SEARCH_MILLISECONDS)
        self._connect()

    def show_age(self, refreshed_at: float | None, is_away: bool, sentence: str = "") -> None:
        """How old what is shown is; `refreshed_at` is of time.monotonic()."""
        if refreshed_at is None:
            text = self.tr("The farm is away") if is_away else self.tr("connecting …")
        else:
            age = round(time.monotonic() - refreshed_at)
            words = self.tr("{} s old: the farm is away") if is_away else self.tr("refreshed {} s ago")
            text = words.format(age)
        self.age.setText(text)
        self.age.setToolTip(sentence)
        role = "warning" if is_away else "hint"
        if self.age.property("role") != role:
            self.age.setProperty("role", role)
            self.age.style().polish(self.age)

    def show_count(self, shown: int, known: int) -> None:
        """How many jobs are shown, and of how many."""
        jobs = self.tr("{} jobs").format(known) if known != 1 else self.tr("1 job")
        self.count.setText(jobs if shown == known else self.tr("{} of {}").format(shown, jobs))

    def show_everything(self) -> None:
        """No filter, so that any job can be seen."""
        self.search.clear()
        self.state.setCurrentIndex(0)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.owner)
        layout.addWidget(self.search, 1)
        layout.addWidget(self.state)
        layout.addWidget(self.count)
        layout.addStretch(1)
        layout.addWidget(self.age)
        layout.addWidget(self.refresh)

    def _connect(self) -> None:
        self.owner.currentIndexChanged.connect(lambda: self.owner_changed.emit(bool(self.owner.currentData())))
        self.search.textChanged.connect(self._debounce)
        self.state.currentIndexChanged.connect(self._emit_filter)
        self._delay.timeout.connect(self._emit_filter)
        self.refresh.clicked.connect(self.wants_refresh)

    def _debounce(self) -> None:
        self._delay.start()

    def _emit_filter(self) -> None:
        self._delay.stop()
        self.filter_changed.emit(str(self.state.currentData()), self.search.text())

    def focus_search(self) -> None:
        """Ready to type a search."""
        self.search.setFocus()
        self.search.selectAll()
