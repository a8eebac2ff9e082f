# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Starts the window: frame first, then, off its thread, all that is heavy; then the pages."""

import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

from qtpy.QtWidgets import QApplication

from cueffmpeg_gui.gui.main_window import MainWindow
from cueffmpeg_gui.gui.tasks import Tasks
from cueffmpeg_gui.gui.theme import apply_theme
from cueffmpeg_gui.settings import find_home

NAME = "cueffmpeg"


def run_window(farm: str | None, environment: dict[str, str]) -> int:
    """Shows the window until it is closed; returns the exit code."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName(NAME)
    application.setDesktopFileName(NAME)
    apply_theme(application)
    tasks = Tasks()
    window = MainWindow(tasks, find_home(environment).config)
    window.show()
    fill(window, tasks, farm)
    return int(application.exec())


def fill(window: MainWindow, tasks: Tasks, farm: str | None, filled: Callable[[], None] = lambda: None) -> None:
    """Loads the pages' modules in a task, then builds the pages; `filled` is told when they stand."""

    def build(loaded: tuple[ModuleType, Any]) -> None:
        pages, settings = loaded
        pages.build_pages(window, tasks, settings, filled)

    tasks.run(lambda: _load(farm), build, window.say, key="app.load")


def _load(farm: str | None) -> tuple[ModuleType, Any]:
    from cueffmpeg_gui.gui import pages
    from cueffmpeg_gui.settings import load_settings

    return pages, load_settings(farm=farm)
