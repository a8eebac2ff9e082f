# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The dock: CueGUI's signals go to the panel, and the panel's requests to CueGUI. All else is in the panel."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any, Optional

import cuegui
import cuegui.Utils
from cuegui.AbstractDockWidget import AbstractDockWidget
from qtpy.QtCore import QTimer
from qtpy.QtWidgets import QLabel

from cueffmpeg_cuegui import PLUGIN_NAME
from cueffmpeg_cuegui.frame_chooser import FrameChooser
from cueffmpeg_cuegui.guard import guarded, logger
from cueffmpeg_cuegui.job_actions import JobActions
from cueffmpeg_cuegui.loading import load_panel
from cueffmpeg_gui.gui.common.tasks import Tasks

if TYPE_CHECKING:  # the panel is imported in a task
    from cueffmpeg_gui.gui.dock.models.chunk_rows import Chunk
    from cueffmpeg_gui.gui.dock.panel import DockPanel

THREADS = 3


@dataclass(frozen=True)
class Followed:
    """A job to show, and whether to stay with it."""

    job_id: str = ""
    name: str = ""
    keep: bool = False


class Dock(AbstractDockWidget):  # type: ignore[misc]  # CueGUI has no types
    """One dock; any number may be open, each with threads and connections of its own."""

    def __init__(self, main_window: Any) -> None:
        super().__init__(main_window, PLUGIN_NAME)
        self._window = main_window
        self.setObjectName(_free_name(self, main_window))
        self.tasks = Tasks(self, threads=THREADS)
        self.panel: Optional[DockPanel] = None
        self._state: dict[str, Any] = {}
        self._logged = ""
        self._waiting = Followed()
        self._note = QLabel("…", self)
        self._note.setMargin(12)
        self._note.setWordWrap(True)
        self.layout().addWidget(self._note)
        self._frames = FrameChooser(main_window, self.show_error, self)
        self._signals = (
            (self.app.single_click, self.take_object),
            (self.app.view_object, self.take_object),
            (self.app.select_frame, self.take_frame),
            (self.app.unmonitor, self.drop_job),
            (self.app.facility_changed, self.forget),
        )
        for signal, slot in self._signals:
            signal.connect(slot)
        self.closed.connect(self._close_soon)
        self.tasks.run(load_panel, self._fill, self.show_error)

    @guarded("show_error")
    def take_object(self, thing: Any) -> None:
        """Something was selected in CueGUI; jobs are followed."""
        if cuegui.Utils.isJob(thing):
            self._follow(Followed(thing.data.id, thing.data.name))

    @guarded("show_error")
    def take_frame(self, job: Any, frame: Any) -> None:
        """A frame was selected in CueGUI."""
        if self.panel and job is not None:
            self._follow(Followed(job.data.id, job.data.name))
            self.panel.show_frame(job.data.id, frame.data.name, frame.data.number)

    @guarded("show_error")
    def drop_job(self, job: Any) -> None:
        """A job was taken off CueGUI's list."""
        if self.panel and cuegui.Utils.isJob(job) and job.data.id == self.panel.model.job_id:
            self.panel.release()

    @guarded("show_error")
    def forget(self) -> None:
        """Another facility: another farm."""
        if self.panel:
            self.panel.head.keep.setChecked(False)
            self.panel.model.forget()

    @guarded("show_error")
    def take_job(self, job_id: str, name: str) -> None:
        """Shows a job, as if it was selected."""
        self._follow(Followed(job_id, name))

    @guarded("show_error")
    def keep_job(self, job_id: str, name: str) -> None:
        """Shows a job and stays with it."""
        self._follow(Followed(job_id, name, keep=True))

    @property
    def is_kept(self) -> bool:
        """Whether it stays with its job."""
        return bool(self.panel and self.panel.is_kept)

    def show_error(self, sentence: str) -> None:
        """Shows an error in the dock, and logs it."""
        logger.warning("cueffmpeg: %s", sentence)
        if self.panel:
            self.panel.show_error(sentence)
        else:
            self._note.setText(sentence)

    def pluginSaveState(self) -> dict[str, str]:
        """In base64: CueGUI takes a state with two colons in it apart, and does not start again."""
        model = self.panel.model if self.panel else None
        state = {"job": model.job_id, "name": model.name, "kept": self.is_kept} if model else self._state
        return {"state": base64.b64encode(json.dumps(state).encode()).decode()}

    @guarded("show_error")
    def pluginRestoreState(self, saved: object) -> None:
        """Comes right after the dock was made; the panel may not be there yet."""
        if isinstance(saved, dict) and isinstance(saved.get("state"), str):
            state = self._state = dict(json.loads(base64.b64decode(saved["state"])))
            self._follow(Followed(str(state.get("job", "")), str(state.get("name", "")), bool(state.get("kept"))))

    def _follow(self, job: Followed) -> None:
        if self.panel is None:
            if not self._waiting.keep or job.keep:
                self._waiting = job
        elif job.keep:
            self.panel.keep(job.job_id, job.name)
        else:
            self.panel.follow(job.job_id, job.name)

    @guarded("show_error")
    def _fill(self, make_panel: Callable[[Tasks], DockPanel]) -> None:
        panel = make_panel(self.tasks)
        actions = JobActions(panel.model.backend, self.tasks, self.show_error, self._show_done)
        panel.chunk_opened.connect(self._choose_frame)
        panel.model.changed.connect(self._update_title)
        panel.model.changed.connect(self._log_trouble)
        panel.head.keep.toggled.connect(self._update_title)
        panel.review_wanted.connect(lambda job: actions.review([job]))
        panel.retry_wanted.connect(lambda job: actions.retry([job]))
        panel.folder_wanted.connect(lambda job: actions.open_folders([job]))
        self._note.hide()
        self.layout().addWidget(panel)
        self.panel = panel
        self._follow(self._waiting)

    @guarded("show_error")
    def _show_done(self, sentence: str) -> None:
        self._window.showStatusBarMessage(sentence)
        if self.panel:
            self.panel.model.refresh()

    @guarded()
    def _log_trouble(self) -> None:
        model = self.panel.model if self.panel else None
        trouble = (model.trouble or model.missing) if model else ""
        if trouble != self._logged:
            self._logged = trouble
            if trouble:
                logger.warning("cueffmpeg: %s", trouble)

    @guarded("show_error")
    def _update_title(self, *_: object) -> None:
        """Several docks lie behind each other as tabs: those that stay with a job are called by it."""
        kept = self.panel if self.panel and self.panel.is_kept else None
        self.setWindowTitle(f"{PLUGIN_NAME} · {kept.model.name}" if kept else PLUGIN_NAME)

    @guarded("show_error")
    def _choose_frame(self, job_id: str, chunk: Chunk) -> None:
        if self.panel:
            self._frames.choose(job_id, self.panel.model.name, chunk.frame.id, chunk.frame.name)

    def _close_soon(self, _: object) -> None:
        # Not at once: CueGUI's own handling of the same signal is still to come, and needs this object.
        QTimer.singleShot(0, self._clean_up)

    @guarded()
    def _clean_up(self) -> None:
        """CueGUI keeps a closed dock, hidden, for ever; this one goes."""
        for signal, slot in self._signals:
            signal.disconnect(slot)
        self._frames.stop()
        if self.panel:
            self.panel.model.stop()
            self.panel.scores_pane.stop()
        self.tasks.close()
        self.setParent(None)
        self.deleteLater()


def _free_name(dock: Dock, main_window: Any) -> str:
    """Docks are told apart by their names when a layout is restored, and this plugin may be open more than once."""
    taken = {other.objectName() for other in main_window.findChildren(AbstractDockWidget) if other is not dock}
    names = (PLUGIN_NAME if number == 1 else f"{PLUGIN_NAME} {number}" for number in count(1))
    return next(name for name in names if name not in taken)
