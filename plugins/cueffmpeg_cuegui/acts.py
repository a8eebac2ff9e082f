# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What is done for a job: in tasks, or by a program of its own. Both the dock and the menu ask here."""

import cuegui
import cuegui.Utils
from qtpy.QtCore import QProcess, QProcessEnvironment, QUrl
from qtpy.QtGui import QDesktopServices

from cueffmpeg_cuegui.guard import guarded
from cueffmpeg_cuegui.parts import read_notes

# Of CueGUI's environment that would lead another Python astray.
HIDDEN = ("PYTHONHOME", "PYTHONPATH", "QT_API", "QT_PLUGIN_PATH", "CUEGUI_CONFIG_FILE")
GONE = "The review could not be started: {} is not there any more; install the plugin again: cueffmpeg cuegui install"
NO_PROGRAM = "This plugin does not know where cueffmpeg is, because nobody installed it; run: cueffmpeg gui --review {}"
NONE_FAILED = "No chunk has failed."
NOT_YOURS = "{} is {}'s; enable File > Enable Job Interaction to act on it."


class Acts:
    """`say` shows what went wrong, `done` what was done to jobs."""

    def __init__(self, source, tasks, say, done):
        self._source, self._tasks, self._say, self._done = source, tasks, say, done

    @guarded("say")
    def review(self, jobs):
        """Opens the review in a program of its own: decoding pictures in here would risk CueGUI's memory and life."""
        source = self._source
        self._tasks.run(lambda: (read_notes(), source.address()), lambda found: self._start(jobs, *found), self.say)

    @guarded("say")
    def retry(self, jobs):
        """Runs the failed chunks of jobs again, in a task."""
        others = [job for job in jobs if not may_change(job.status.user)]
        if others:
            self.say(NOT_YOURS.format(others[0].status.name, others[0].status.user))
            return
        source = self._source
        self._tasks.run(lambda: source.retry_failed(jobs), self._tell_retried, self.say)

    @guarded("say")
    def open_folders(self, jobs):
        """Opens the folders of the outputs."""
        source = self._source
        self._tasks.run(lambda: source.output_folders(jobs), self._open, self.say)

    def say(self, sentence):
        """Shows a sentence."""
        self._say(sentence)

    @guarded("say")
    def _tell_retried(self, count):
        self._done(f"{count} failed chunk{'s run' if count != 1 else ' runs'} again." if count else NONE_FAILED)

    @guarded("say")
    def _open(self, folders):
        for folder in folders:
            QDesktopServices.openUrl(QUrl.fromLocalFile(folder))

    @guarded("say")
    def _start(self, jobs, notes, address):
        names = [job.status.name for job in jobs]
        program, *words = notes.get("program") or [""]
        if not program:
            self.say(NO_PROGRAM.format(" ".join(names)))
            return
        words += ["gui", "--review", *names, *(["--farm", address] if address else [])]
        process = QProcess()
        process.setProgram(program)
        process.setArguments(words)
        process.setProcessEnvironment(_environment(notes))
        started = process.startDetached()
        # Some releases of PySide6 give the process's number with it.
        if not (started[0] if isinstance(started, tuple) else started):
            self.say(GONE.format(program))


def may_change(user):
    """Whether CueGUI lets its own user act on a job of this user."""
    return bool(cuegui.Utils.isPermissible(_Owned(user)))


class _Owned:
    """As much of a job as CueGUI's rule asks for."""

    def __init__(self, user):
        self._user = user

    def username(self):
        return self._user


def _environment(notes):
    environment = QProcessEnvironment.systemEnvironment()
    for name in HIDDEN:
        environment.remove(name)
    for name, value in notes.get("environment", {}).items():
        environment.insert(name, value)
    return environment
