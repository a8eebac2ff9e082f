# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Starts the window: frame first, then, off its thread, all that is heavy; then the pages."""

import gc
import sys
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

from qtpy.QtCore import QTimer
from qtpy.QtWidgets import QApplication

from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.main_window import MainWindow
from cueffmpeg_gui.gui.widgets.theme import apply_theme
from cueffmpeg_gui.settings import find_home

NAME = "cueffmpeg"
# Time for the farm to answer and the tree to fill before a picture is taken.
PICTURE_MILLISECONDS = 4000
# Seconds after which a busy thread yields to the window's: at Python's usual 5 ms a refresh can be felt.
SWITCH_SECONDS = 0.001


def run_window(
    farm: str | None, environment: dict[str, str], job_id: str | None = None, review: Sequence[str] | None = None
) -> int:
    """Shows the window, and a job or a review in it, until it is closed; returns the exit code."""
    application, window, tasks = _make(environment)
    window.show()

    def open_pages(links: Any) -> None:
        if job_id:
            links.show_job(job_id)
        if review is not None:
            links.review(list(review))

    fill(window, tasks, farm, open_pages)
    return int(application.exec())


def save_picture(path: str, environment: dict[str, str], job_id: str) -> None:
    """Saves a PNG of the window that shows a job; needs no screen when Qt's platform is offscreen."""
    application, window, tasks = _make(environment)
    window.show()

    def take() -> None:
        window.grab().save(path)
        window.close()
        application.quit()

    def show(links: Any) -> None:
        links.show_job(job_id)
        QTimer.singleShot(PICTURE_MILLISECONDS, take)

    fill(window, tasks, "local", show)
    application.exec()


def fill(window: MainWindow, tasks: Tasks, farm: str | None, filled: Callable[[Any], object]) -> None:
    """Loads the pages' modules in a task, then builds the pages; `filled` gets their links at the end."""

    def build(loaded: tuple[ModuleType, Any]) -> None:
        pages, settings = loaded
        pages.build_pages(window, tasks, settings, lambda links: _filled(filled, links))

    tasks.run(lambda: _load(farm), build, window.show_status, key="app.load")


def _filled(callback: Callable[[Any], object], links: Any) -> None:
    # What exists now is kept to the end; without it a full collection is too short to be felt.
    gc.collect()
    gc.freeze()
    callback(links)


def _make(environment: dict[str, str]) -> tuple[QApplication, MainWindow, Tasks]:
    application = QApplication(sys.argv[:1])
    sys.setswitchinterval(SWITCH_SECONDS)
    application.setApplicationName(NAME)
    application.setDesktopFileName(NAME)
    apply_theme(application)
    tasks = Tasks()
    return application, MainWindow(tasks, find_home(environment).config), tasks


def _load(farm: str | None) -> tuple[ModuleType, Any]:
    from cueffmpeg_gui.gui import pages
    from cueffmpeg_gui.settings import load_settings

    return pages, load_settings(farm=farm)
