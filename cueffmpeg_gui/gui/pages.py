# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Puts the pages into the main window and connects them. Imported off the window's thread: it is heavy."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from qtpy.QtCore import QTimer
from qtpy.QtWidgets import QApplication, QSystemTrayIcon

from cueffmpeg_gui.errors import OutputTaken
from cueffmpeg_gui.gui.common.session import Session
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.farm_picker import FarmPicker
from cueffmpeg_gui.gui.main_window import MainWindow
from cueffmpeg_gui.gui.monitor.models.notices import EndedJob, notice_of
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
    """What other code may open in the window: the job of an id; a review of jobs, job folders or files."""

    show_job: Callable[[str], None]
    review: Callable[[list[str]], None]


def build_pages(window: MainWindow, tasks: Tasks, settings: Settings, built: Callable[[PageLinks], None]) -> None:
    """Builds session, farm picker and pages, each in an event of its own so that the window stays responsive.

    `built` is called at the end.
    """
    session = Session(tasks, settings, window)
    made: dict[str, Any] = {}
    _run_in_turn(
        [
            lambda: made.update(picker=FarmPicker(session)),
            lambda: made.update(submit=SubmitPage(session, tasks)),
            lambda: window.add_page(window.tr(SUBMIT), made["submit"]),
            lambda: made.update(monitor=MonitorPage(session, tasks)),
            lambda: window.add_page(window.tr(MONITOR), made["monitor"]),
            lambda: made.update(panes=ReviewPanes(tasks)),
            lambda: made.update(review=ReviewPage(ReviewBackend(session), tasks, made.pop("panes"))),
            lambda: window.add_page(window.tr(REVIEW), made["review"]),
            lambda: _connect_pages(window, session, **made),
            lambda: built(_page_links(window, made["monitor"], made["review"])),
        ]
    )


def _run_in_turn(steps: list[Callable[[], object]]) -> None:
    """Runs the steps one after another; the window handles its events in between."""
    if steps:
        steps[0]()
        QTimer.singleShot(0, lambda: _run_in_turn(steps[1:]))


def _connect_pages(
    window: MainWindow,
    session: Session,
    *,
    picker: FarmPicker,
    submit: SubmitPage,
    monitor: MonitorPage,
    review: ReviewPage,
) -> None:
    window.set_corner(picker)
    submit.monitor_requested.connect(lambda job_id: _show_job(window, monitor, job_id))
    submit.sent.connect(lambda sent: window.show_status(window.tr("Sent {}").format(sent.job)))
    submit.sent.connect(lambda sent: monitor.expect_job())
    monitor.progress.connect(window.show_status)
    monitor.wants_submit_again.connect(lambda folder: _send_again(window, session, monitor, folder))
    monitor.job_ended.connect(_Notifier(window).notify)
    monitor.wants_review.connect(lambda job, frame: _review(window, review, [job], frame))
    review.message.connect(window.show_status)
    session.start()
    window.show_first_page()
    window.show_status(window.tr("Ready"))


def _send_again(
    window: MainWindow, session: Session, monitor: MonitorPage, folder: str, existing: str = "refuse"
) -> None:
    """Most often the job's output is there already; what becomes of that is asked in the Monitor."""

    def send(existing: str) -> None:
        _send_again(window, session, monitor, folder, existing)

    def ended(end: Submitted | OutputTaken) -> None:
        if isinstance(end, OutputTaken):
            steps = [(window.tr("Replace it"), lambda: send("replace"))] if end.can_replace else []
            steps.append((window.tr("Number the new one"), lambda: send("number")))
            monitor.message_bar.ask_which(f"{end.fact}.", steps)
            return
        window.show_status(window.tr("Sent {}").format(end.job))
        monitor.select_job(end.id)

    session.tasks.run(lambda: submit_again(folder, session.settings, existing), ended, window.show_status)


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
    """Announces the end of a job: a desktop notification, a count in the title, and the taskbar's alert."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._tray = QSystemTrayIcon(window.windowIcon(), window)
        self._unseen = 0
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusWindowChanged.connect(self._clear_count)

    def notify(self, job: EndedJob) -> None:
        """Shows the notice of an ended job."""
        notice = notice_of(job)
        self._window.show_status(notice.text)
        if self._window.isActiveWindow():
            return
        self._unseen += 1
        self._window.setWindowTitle(f"({self._unseen}) cueffmpeg")
        QApplication.alert(self._window)
        if QSystemTrayIcon.isSystemTrayAvailable():
            self._tray.show()
            self._tray.showMessage(notice.title, notice.text)

    def _clear_count(self, focused: object) -> None:
        if focused is not None and self._unseen:
            self._unseen = 0
            self._window.setWindowTitle("cueffmpeg")
