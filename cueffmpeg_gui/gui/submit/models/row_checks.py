# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Checks of a row that read the disk: whether its output can be written, and whether sound and reference fit."""

from collections.abc import Callable
from dataclasses import dataclass, field

from qtpy.QtCore import QObject, QTimer, Signal

from cueffmpeg_gui.api.submit.request import SubmitRequest
from cueffmpeg_gui.api.submit.source_info import SourceInfo
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.gui.common.latest import Latest
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.submit.models.form import SubmitForm
from cueffmpeg_gui.gui.submit.models.submit_backend import SubmitBackend
from cueffmpeg_gui.media.presets import Preset, with_settings

DELAY_MILLISECONDS = 150


@dataclass(frozen=True)
class RowCheck:
    """Whether the output exists, and a sentence for each field with an error."""

    exists: bool = False
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _CheckRequest:
    number: int
    submit_request: SubmitRequest
    preset: Preset
    info: SourceInfo


class RowChecks(QObject):
    """Checks all rows a moment after anything changes; one round at a time, each for what is not known yet."""

    changed = Signal()

    def __init__(self, form: SubmitForm, tasks: Tasks, backend: SubmitBackend, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._form, self._latest, self._backend = form, Latest(tasks), backend
        self._found: dict[int, tuple[_CheckRequest, RowCheck]] = {}
        self._timer = QTimer(self, singleShot=True, interval=DELAY_MILLISECONDS)
        self._timer.timeout.connect(self._check)
        form.changed.connect(self._timer.start)

    def of(self, number: int) -> RowCheck:
        """The newest result for a row; no errors for one that was not checked yet."""
        return self._found[number][1] if number in self._found else RowCheck()

    def _requests(self) -> list[_CheckRequest]:
        form = self._form
        return [
            _CheckRequest(source.number, form.request_of(source), form.preset, source.info)
            for source in form.sources.sources
            if source.is_usable and source.info and form.preset and not form.is_reference(source)
        ]

    def _check(self) -> None:
        asked = self._requests()
        self._found = {
            request.number: self._found[request.number] for request in asked if request.number in self._found
        }
        self._latest.run(lambda: self._check_unknown(asked), self._take, lambda _: None)

    def _check_unknown(self, asked: list[_CheckRequest]) -> list[tuple[_CheckRequest, RowCheck]]:
        """Begins after the last round's results are taken, so no row is checked twice. Only tasks may call it."""
        return [(request, check_row(self._backend, request)) for request in asked if not self._is_known(request)]

    def _is_known(self, request: _CheckRequest) -> bool:
        found = self._found.get(request.number)
        return found is not None and found[0] == request

    def _take(self, results: list[tuple[_CheckRequest, RowCheck]]) -> None:
        # Replaced, never modified: a task may be reading it.
        self._found = {**self._found, **{request.number: (request, check) for request, check in results}}
        self.changed.emit()


def check_row(backend: SubmitBackend, request: _CheckRequest) -> RowCheck:
    """Reads the disk; only tasks may call it."""
    asked, info = request.submit_request, request.info
    exists, errors = False, {}

    def note(name: str, check: Callable[[], object]) -> object:
        try:
            return check()
        except InputRefused as refused:
            errors[name] = str(refused)
            return None

    if asked.output:
        output = asked.output
        exists = bool(note("output", lambda: backend.check_place(output, request.preset, info.file)))
    if asked.audio:
        audio = asked.audio
        note("audio", lambda: backend.check_sound(audio))
    if asked.reference and (asked.frame_rate or not info.wants_rate):
        reference = asked.reference
        note("reference", lambda: _check_reference(backend, request, reference))
    return RowCheck(exists, errors)


def _check_reference(backend: SubmitBackend, request: _CheckRequest, reference: str) -> object:
    asked, preset = request.submit_request, request.preset
    layer = asked.values.get("layer", "")
    own = {**({"gaps": asked.gaps} if asked.gaps else {}), **({"layer": layer} if layer else {})}
    preset = with_settings(preset, own)
    return backend.check_reference(reference, request.info, asked.frame_rate, preset, asked.frames)
