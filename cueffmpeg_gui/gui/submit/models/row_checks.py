# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What only a disk can tell of a row: whether its output may go there, and whether sound and reference fit."""

from collections.abc import Callable
from dataclasses import dataclass, field

from qtpy.QtCore import QObject, QTimer, Signal

from cueffmpeg_gui.api.submit.request import SubmitRequest
from cueffmpeg_gui.api.submit.source_info import SourceInfo
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.submit.models.form import SubmitForm
from cueffmpeg_gui.gui.submit.models.submit_backend import SubmitActions
from cueffmpeg_gui.media.presets import Preset

DELAY_MILLISECONDS = 150


@dataclass(frozen=True)
class RowCheck:
    """Whether the output is there already, and a sentence for each field that cannot be as it is."""

    exists: bool = False
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Question:
    number: int
    request: SubmitRequest
    preset: Preset
    look: SourceInfo


class RowChecks(QObject):
    """Checks all rows anew a moment after anything changes; one round at a time."""

    changed = Signal()

    def __init__(self, form: SubmitForm, tasks: Tasks, actions: SubmitActions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._form, self._tasks, self._actions = form, tasks, actions
        self._found: dict[int, tuple[_Question, RowCheck]] = {}
        self._busy = False
        self._timer = QTimer(self, singleShot=True, interval=DELAY_MILLISECONDS)
        self._timer.timeout.connect(self._ask)
        form.changed.connect(self._timer.start)

    def of(self, number: int) -> RowCheck:
        """The newest answer for a row; nothing is wrong with one that was not looked at yet."""
        return self._found[number][1] if number in self._found else RowCheck()

    def _questions(self) -> list[_Question]:
        form = self._form
        return [
            _Question(source.number, form.request_of(source), form.preset, source.look)
            for source in form.sources.sources
            if source.is_usable and source.look and form.preset and not form.is_reference(source)
        ]

    def _ask(self) -> None:
        if self._busy:
            return
        asked = self._questions()
        known = {number: question for number, (question, _) in self._found.items()}
        new = [question for question in asked if known.get(question.number) != question]
        self._found = {q.number: self._found[q.number] for q in asked if q.number in self._found}
        self._busy = True
        self._tasks.run(
            lambda: [(question, check_row(self._actions, question)) for question in new], self._answered, self._failed
        )

    def _answered(self, answers: list[tuple[_Question, RowCheck]]) -> None:
        self._busy = False
        self._found.update({question.number: (question, check) for question, check in answers})
        self.changed.emit()
        if any(self._found.get(q.number, (None,))[0] != q for q in self._questions()):
            self._timer.start()

    def _failed(self, sentence: str) -> None:
        self._busy = False


def check_row(actions: SubmitActions, question: _Question) -> RowCheck:
    """Asks the disk; only tasks may call it."""
    request, look = question.request, question.look
    exists, errors = False, {}

    def note(name: str, check: Callable[[], object]) -> object:
        try:
            return check()
        except InputRefused as refused:
            errors[name] = str(refused)
            return None

    if request.output:
        output = request.output
        exists = bool(note("output", lambda: actions.check_place(output, question.preset, look.file)))
    if request.audio:
        audio = request.audio
        note("audio", lambda: actions.check_sound(audio))
    if request.reference and (request.frame_rate or not look.wants_rate):
        reference = request.reference
        note("reference", lambda: actions.check_reference(reference, look, request.frame_rate))
    return RowCheck(exists, errors)
