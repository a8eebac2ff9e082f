# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Puts the pages into the main window and ties them together. Imported off the window's thread: it is heavy."""

from qtpy.QtWidgets import QApplication, QSystemTrayIcon

from cueffmpeg_gui.gui.main_window import MainWindow
from cueffmpeg_gui.gui.models.notices import notice_of
from cueffmpeg_gui.gui.models.session import Session
from cueffmpeg_gui.gui.tasks import Tasks
from cueffmpeg_gui.gui.widgets.farm_picker import FarmPicker
from cueffmpeg_gui.gui.widgets.monitor_page import MonitorPage
from cueffmpeg_gui.gui.widgets.submit_page import SubmitPage
from cueffmpeg_gui.settings import Settings

SUBMIT, MONITOR = "Submit", "Monitor"


def build_pages(window: MainWindow, tasks: Tasks, settings: Settings) -> None:
    """Builds session, pages and farm picker, and shows the page of last time."""
    session = Session(tasks, settings, window)
    submit, monitor = SubmitPage(session, tasks), MonitorPage(session, tasks)
    window.add_page(window.tr(SUBMIT), submit)
    window.add_page(window.tr(MONITOR), monitor)
    window.set_corner(FarmPicker(session))
    submit.wants_monitor.connect(lambda job_id: _show_job(window, monitor, job_id))
    submit.sent.connect(lambda sent: window.say(window.tr("Sent {}").format(sent.job)))
    monitor.progress.connect(window.say)
    monitor.job_ended.connect(_Notifier(window).tell)
    session.start()
    window.show_first_page()
    window.say(window.tr("Ready"))


def _show_job(window: MainWindow, monitor: MonitorPage, job_id: str) -> None:
    window.show_page(window.tr(MONITOR))
    monitor.select_job(job_id)


class _Notifier:
    """Tells the end of a job: a desktop notification, the title's badge, and the taskbar's attention."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._tray = QSystemTrayIcon(window.windowIcon(), window)
        self._untold = 0
        QApplication.instance().focusWindowChanged.connect(self._seen)

    def tell(self, job: object) -> None:
        """Shows the notice of an ended job."""
        notice = notice_of(job)
        self._window.say(notice.text)
        if self._window.isActiveWindow():
            return
        self._untold += 1
        self._window.setWindowTitle(f"({self._untold}) cueffmpeg")
        QApplication.alert(self._window)
        if QSystemTrayIcon.isSystemTrayAvailable():
            self._tray.show()
            self._tray.showMessage(notice.title, notice.text)

    def _seen(self, focused: object) -> None:
        if focused is not None and self._untold:
            self._untold = 0
            self._window.setWindowTitle("cueffmpeg")
