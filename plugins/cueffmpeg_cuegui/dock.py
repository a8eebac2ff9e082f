# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The dock: CueGUI's signals go to the panel, and the panel's wishes to CueGUI. All else is in the panel."""

import base64
import json
from itertools import count

import cuegui
import cuegui.Utils
from cuegui.AbstractDockWidget import AbstractDockWidget
from qtpy.QtCore import QTimer
from qtpy.QtWidgets import QLabel

from cueffmpeg_cuegui import PLUGIN_NAME
from cueffmpeg_cuegui.acts import Acts
from cueffmpeg_cuegui.frames import FrameChooser
from cueffmpeg_cuegui.guard import guarded, logger
from cueffmpeg_cuegui.parts import bring_parts
from cueffmpeg_gui.gui.common.tasks import Tasks

THREADS = 3


class Dock(AbstractDockWidget):
    """One dock; any number may be open, each with threads and connections of its own."""

    def __init__(self, main_window):
        super().__init__(main_window, PLUGIN_NAME)
        self._window = main_window
        self.setObjectName(_free_name(self, main_window))
        self.tasks = Tasks(self, threads=THREADS)
        self.panel = None
        self._state, self._logged = {}, ""
        self._waiting = ("", "", False)
        self._note = QLabel("…", self)
        self._note.setMargin(12)
        self._note.setWordWrap(True)
        self.layout().addWidget(self._note)
        self._frames = FrameChooser(main_window, self.say, self)
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
        self.tasks.run(bring_parts, self._fill, self.say)

    @guarded("say")
    def take_object(self, thing):
        """Something was selected in CueGUI; jobs are followed."""
        if cuegui.Utils.isJob(thing):
            self._follow(thing.data.id, thing.data.name)

    @guarded("say")
    def take_frame(self, job, frame):
        """A frame was selected in CueGUI."""
        if self.panel and job is not None:
            self._follow(job.data.id, job.data.name)
            self.panel.show_frame(job.data.id, frame.data.name, frame.data.number)

    @guarded("say")
    def drop_job(self, job):
        """A job was taken off CueGUI's list."""
        if self.panel and cuegui.Utils.isJob(job) and job.data.id == self.panel.model.job_id:
            self.panel.release()

    @guarded("say")
    def forget(self):
        """Another facility: another farm."""
        if self.panel:
            self.panel.head.keep.setChecked(False)
            self.panel.model.forget()

    @guarded("say")
    def take_job(self, job_id, name):
        """Shows a job, as if it was selected."""
        self._follow(job_id, name)

    @guarded("say")
    def keep_job(self, job_id, name):
        """Shows a job and stays with it."""
        self._follow(job_id, name, keep=True)

    @property
    def is_kept(self):
        """Whether it stays with its job."""
        return bool(self.panel and self.panel.is_kept)

    def say(self, sentence):
        """A sentence about what went wrong."""
        logger.warning("cueffmpeg: %s", sentence)
        if self.panel:
            self.panel.say(sentence)
        else:
            self._note.setText(sentence)

    def pluginSaveState(self):
        """In base64: CueGUI takes a state with two colons in it apart, and does not start again."""
        model = self.panel.model if self.panel else None
        state = {"job": model.job_id, "name": model.name, "kept": self.is_kept} if model else self._state
        return {"state": base64.b64encode(json.dumps(state).encode()).decode()}

    @guarded("say")
    def pluginRestoreState(self, saved):
        """Comes right after the dock was made; the panel may not be there yet."""
        if isinstance(saved, dict) and isinstance(saved.get("state"), str):
            self._state = dict(json.loads(base64.b64decode(saved["state"])))
            self._follow(
                str(self._state.get("job", "")), str(self._state.get("name", "")), keep=bool(self._state.get("kept"))
            )

    def _follow(self, job_id, name, keep=False):
        if self.panel is None:
            if not self._waiting[2] or keep:
                self._waiting = (job_id, name, keep)
        elif keep:
            self.panel.keep(job_id, name)
        else:
            self.panel.follow(job_id, name)

    @guarded("say")
    def _fill(self, make_panel):
        panel = make_panel(self.tasks)
        acts = Acts(panel.model.source, self.tasks, self.say, self._tell_done)
        panel.chunk_opened.connect(self._choose_frame)
        panel.model.changed.connect(self._name)
        panel.model.changed.connect(self._log_trouble)
        panel.head.keep.toggled.connect(self._name)
        panel.review_wanted.connect(lambda job: acts.review([job]))
        panel.retry_wanted.connect(lambda job: acts.retry([job]))
        panel.folder_wanted.connect(lambda job: acts.open_folders([job]))
        self._note.hide()
        self.layout().addWidget(panel)
        self.panel = panel
        self._follow(*self._waiting)

    @guarded("say")
    def _tell_done(self, sentence):
        self._window.showStatusBarMessage(sentence)
        self.panel.model.refresh()

    @guarded()
    def _log_trouble(self):
        trouble = self.panel.model.trouble or self.panel.model.missing
        if trouble != self._logged:
            self._logged = trouble
            if trouble:
                logger.warning("cueffmpeg: %s", trouble)

    @guarded("say")
    def _name(self, *_):
        """Several docks lie behind each other as tabs: those that stay with a job are called by it."""
        self.setWindowTitle(f"{PLUGIN_NAME} · {self.panel.model.name}" if self.is_kept else PLUGIN_NAME)

    @guarded("say")
    def _choose_frame(self, job_id, chunk):
        self._frames.choose(job_id, self.panel.model.name, chunk.frame.id, chunk.frame.name)

    def _close_soon(self, _):
        # Not at once: CueGUI's own handling of the same signal is still to come, and needs this object.
        QTimer.singleShot(0, self._clean_up)

    @guarded()
    def _clean_up(self):
        """CueGUI keeps a closed dock, hidden, for ever; this one goes."""
        for signal, slot in self._signals:
            signal.disconnect(slot)
        self._frames.stop()
        if self.panel:
            self.panel.model.stop()
            self.panel.side.stop()
        self.tasks.close()
        self.setParent(None)
        self.deleteLater()


def _free_name(dock, main_window):
    """Docks are told apart by their names when a layout is restored, and this plugin may be open more than once."""
    taken = {other.objectName() for other in main_window.findChildren(AbstractDockWidget) if other is not dock}
    names = (PLUGIN_NAME if number == 1 else f"{PLUGIN_NAME} {number}" for number in count(1))
    return next(name for name in names if name not in taken)
