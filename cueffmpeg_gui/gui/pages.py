# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Puts the pages into the main window and ties them together. Imported off the window's thread: it is heavy."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from qtpy.QtCore import QTimer
from qtpy.QtWidgets import QApplication, QSystemTrayIcon

from cueffmpeg_gui.gui.common.session import Session
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.farm_picker import FarmPicker
from cueffmpeg_gui.gui.main_window import MainWindow
from cueffmpeg_gui.gui.monitor.models.notices import notice_of
from cueffmpeg_gui.gui.monitor.monitor_page import MonitorPage
from cueffmpeg_gui.gui.review.models.review_backend import ReviewBackend
from cueffmpeg_gui.gui.review.panes import ReviewPanes
from cueffmpeg_gui.gui.review.review_page import ReviewPage
from cueffmpeg_gui.gui.submit.models.submit_backend import Submitted, submit_again
from cueffmpeg_gui.gui.submit.submit_page import SubmitPage
from cueffmpeg_gui.settings import Settings

SUBMIT, MONITOR, REVIEW = "Submit", "Monitor", "Review"


@dataclass(frozen=True)
class PageLinks:
    """Ways into the pages: shows the job of an id; reviews jobs, job folders or files."""

    show_job: Callable[[str], None]
    review: Callable[[list[str]], None]


def build_pages(window: MainWindow, tasks: Tasks, settings: Settings, built: Callable[[PageLinks], None]) -> None:
    """Builds session, farm picker and pages, each in a turn of its own so that the window stays awake.

    `built` is told at the end.
    """
    session = Session(tasks, settings, window)
    made: dict[str, Any] = {}
    _in_turns(
        [
            lambda: made.update(picker=FarmPicker(session)),
            lambda: made.update(submit=SubmitPage(session, tasks)),
            lambda: window.add_page(window.tr(SUBMIT), made["submit"]),
            lambda: made.update(monitor=MonitorPage(session, tasks)),
            lambda: window.add_page(window.tr(MONITOR), made["monitor"]),
            lambda: made.update(panes=ReviewPanes(tasks)),
            lambda: made.update(review=ReviewPage(ReviewBackend(session), tasks, made.pop("panes"))),
            lambda: window.add_page(window.tr(REVIEW), made["review"]),
            lambda: _tie_together(window, session, **made),
            lambda: built(_page_links(window, made["monitor"], made["review"])),
        ]
    )


def _in_turns(steps: list[Callable[[], object]]) -> None:
    """Runs the steps one after another, letting the window breathe in between."""
    if steps:
        steps[0]()
        QTimer.singleShot(0, lambda: _in_turns(steps[1:]))


def _tie_together(
    window: MainWindow,
    session: Session,
    *,
    picker: FarmPicker,
    submit: SubmitPage,
    monitor: MonitorPage,
    review: ReviewPage,
) -> None:
    window.set_corner(picker)
    submit.wants_monitor.connect(lambda job_id: _show_job(window, monitor, job_id))
    submit.sent.connect(lambda sent: window.say(window.tr("Sent {}").format(sent.job)))
    submit.sent.connect(lambda sent: monitor.expect_job())
    monitor.progress.connect(window.say)
    monitor.wants_submit_again.connect(lambda folder: _send_again(window, session, monitor, folder))
    monitor.job_ended.connect(_Notifier(window).tell)
    monitor.wants_review.connect(lambda job, frame: _review(window, review, [job], frame))
    review.told.connect(window.say)
    session.start()
    window.show_first_page()
    window.say(window.tr("Ready"))


def _send_again(window: MainWindow, session: Session, monitor: MonitorPage, folder: str) -> None:
    def sent(job: Submitted) -> None:
        window.say(window.tr("Sent {}").format(job.job))
        monitor.select_job(job.id)

    session.tasks.run(lambda: submit_again(folder, session.settings), sent, window.say)


def _show_job(window: MainWindow, monitor: MonitorPage, job_id: str) -> None:
    window.show_page(window.tr(MONITOR))
    monitor.select_job(job_id)


def _review(window: MainWindow, review: ReviewPage, targets: list[str], frame: int | None = None) -> None:
    window.show_page(window.tr(REVIEW))
    review.review(targets, frame)


def _page_links(window: MainWindow, monitor: MonitorPage, review: ReviewPage) -> PageLinks:
    return PageLinks(
        show_job=lambda job_id: _show_job(window, monitor, job_id),
        review=lambda targets: _review(window, review, targets),
    )


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
