# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The window's frame: pages, farm picker, status line. It is painted before anything heavy is loaded."""

from pathlib import Path
from typing import Any

from qtpy.QtCore import QTimer, Signal
from qtpy.QtGui import QCloseEvent, QKeySequence, QMoveEvent, QResizeEvent, QShortcut
from qtpy.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cueffmpeg_gui.gui.common.saved_state import WINDOW, packed, read_state, unpacked, write_state
from cueffmpeg_gui.gui.common.tasks import Tasks

SIZE = (1280, 720)
SAVE_MILLISECONDS = 1000


class MainWindow(QMainWindow):
    """An empty frame with a row for pages; `add_page` fills it."""

    page_shown = Signal(str)

    def __init__(self, tasks: Tasks, folder: Path) -> None:
        super().__init__()
        self.setWindowTitle("cueffmpeg")
        self._tasks, self._folder = tasks, folder
        self._pages = QStackedWidget()
        self._buttons = QButtonGroup(self)
        self._names: list[str] = []
        self._bar = QHBoxLayout()
        self._bar.addStretch(1)
        self._loading = QLabel(self.tr("One moment …"))
        self._loading.setProperty("role", "hint")
        self._pages.addWidget(self._loading)
        self._lay_out()
        self._saver = QTimer(self, singleShot=True, interval=SAVE_MILLISECONDS)
        self._saver.timeout.connect(self._save)
        self._state = read_state(folder, WINDOW)
        self._restore()

    def add_page(self, name: str, page: QWidget) -> None:
        """Adds a page with its button; Alt+1, Alt+2 … show it."""
        button = QPushButton(name)
        button.setCheckable(True)
        button.setProperty("role", "page")
        self._buttons.addButton(button, len(self._names))
        self._bar.insertWidget(len(self._names), button)
        self._names.append(name)
        self._pages.addWidget(page)
        button.clicked.connect(lambda: self.show_page(name))
        shortcut = QShortcut(QKeySequence(f"Alt+{len(self._names)}"), self)
        shortcut.activated.connect(lambda: self.show_page(name))

    def show_first_page(self) -> None:
        """Shows the page of the last run, else the first."""
        last = self._state.get("page")
        self.show_page(last if last in self._names else self._names[0])

    def show_page(self, name: str) -> None:
        """Brings a page to the front."""
        number = self._names.index(name)
        self._buttons.button(number).setChecked(True)
        self._pages.setCurrentIndex(number + 1)
        self._state = {**self._state, "page": name}
        self._saver.start()
        self.page_shown.emit(name)

    def set_corner(self, widget: QWidget) -> None:
        """Puts a widget at the right end of the row of pages."""
        self._bar.addWidget(widget)

    def show_status(self, sentence: str) -> None:
        """Shows in the status line what happened last."""
        self.statusBar().showMessage(sentence)

    def _lay_out(self) -> None:
        centre = QWidget()
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.addLayout(self._bar)
        layout.addWidget(self._pages, 1)
        self.setCentralWidget(centre)
        self.statusBar().showMessage(self.tr("Loading …"))

    def _restore(self) -> None:
        self.resize(*SIZE)
        geometry = unpacked(self._state.get("geometry"))
        if geometry:
            self.restoreGeometry(geometry)

    def _save(self) -> None:
        state: dict[str, Any] = {**self._state, "geometry": packed(bytes(self.saveGeometry().data()))}
        self._state = state
        self._tasks.run(lambda: write_state(self._folder, WINDOW, state), key="window.state")

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._saver.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._saver.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closes without a question: the work runs on the farm."""
        self._tasks.close()
        super().closeEvent(event)
