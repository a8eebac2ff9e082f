# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The submit page's whole state: rows, preset, form, checks, preview, sending and saved state, connected."""

import getpass
from typing import Any

from qtpy.QtCore import QObject, Signal

from cueffmpeg_gui.api.submit.source_info import PLACES
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.gui.common.saved_state import SUBMIT_FORM, SavedState, read_state
from cueffmpeg_gui.gui.common.session import Session
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.submit.models.form import SOURCE_FIELDS, SubmitForm
from cueffmpeg_gui.gui.submit.models.pair_look import PairLook
from cueffmpeg_gui.gui.submit.models.preset_list import PresetList
from cueffmpeg_gui.gui.submit.models.preview import Preview, PreviewRequest
from cueffmpeg_gui.gui.submit.models.row_checks import RowChecks
from cueffmpeg_gui.gui.submit.models.saved_form import form_state, restore_form, saved_preset
from cueffmpeg_gui.gui.submit.models.sender import Sender, SendItem
from cueffmpeg_gui.gui.submit.models.source import Source, SourceState
from cueffmpeg_gui.gui.submit.models.source_list import SourceList
from cueffmpeg_gui.gui.submit.models.submit_backend import SubmitBackend

FIRST_PRESET = "h264-review"


class SubmitModel(QObject):
    """`changed` is emitted when anything a widget shows may have changed; `failed` says what could not be done."""

    changed = Signal()
    failed = Signal(str)
    message = Signal(str)

    def __init__(self, session: Session, tasks: Tasks, backend: SubmitBackend | None = None) -> None:
        super().__init__(session)
        self.session, self._tasks = session, tasks
        self.backend = backend or SubmitBackend()
        settings = session.settings
        self.sources = SourceList(tasks, self.backend, self)
        self.presets = PresetList(tasks, self.backend, self)
        self.form = SubmitForm(self.sources, {name: settings[name] for name in PLACES}, self)
        self.checks = RowChecks(self.form, tasks, self.backend, self)
        self.preview = Preview(tasks, self.backend, self)
        self.pair_look = PairLook(tasks, self.backend, self.preview, self)
        self.job_sender = Sender(self.sources, tasks, self.backend, self)
        self.saved_state = SavedState(tasks, settings.home.config, SUBMIT_FORM, self)
        self.user, self._is_nameless, self._is_restored = "", False, False
        self._saved_form: dict[str, Any] = {}
        self._connect()

    @property
    def needs_user(self) -> bool:
        """Whether the login cannot be the artist: there is none, or it is root, whom a farm refuses."""
        return self._is_nameless or (self.user == "root" and not self.session.settings.is_local)

    def start(self) -> None:
        """Loads the saved state, the user and the presets."""
        home = self.session.settings.home
        self._tasks.run(lambda: (read_state(home.config, SUBMIT_FORM), _login()), self._restore, self.failed.emit)

    def add_demo(self) -> None:
        """Adds the demo clip as a row."""
        settings = self.session.settings
        self._tasks.run(
            lambda: self.backend.demo_source(settings), lambda path: self.sources.add([path]), self.failed.emit
        )

    def waiting(self) -> list[Source]:
        """The rows that Submit would send."""
        return [s for s in self.sources.sources if self._is_job(s) and s.state is not SourceState.SENT]

    def errors(self) -> dict[str, str]:
        """A sentence for each field with an error, of the form and of the current row."""
        source = self.form.current
        found = dict(self.checks.of(source.number).errors) if source else {}
        if source and self.must_tick(source):
            found.setdefault("output", self.tr("A file is there; tick that it will be replaced."))
        return {**found, **self.form.errors}

    def must_tick(self, source: Source) -> bool:
        """Whether a row's output exists and has not been allowed to be replaced."""
        return self.checks.of(source.number).exists and not source.may_replace

    def why_not(self) -> str:
        """Why nothing can be sent now; "" when it can."""
        if self.job_sender.is_busy:
            return self.tr("{} of {} sent …").format(self.job_sender.sent, self.job_sender.total)
        if self.form.chosen is None:
            return self.tr("The presets are being read …")
        rows = self.sources.sources
        if not rows:
            return self.tr("Drop a clip or a sequence first.")
        reading = [s for s in rows if s.state in (SourceState.READING, SourceState.CHECKING)]
        if reading or self.sources.is_busy:
            return self.tr("Looking at {} …").format(reading[0].title if reading else self.tr("what was dropped"))
        return self._why_not_these()

    def submit(self) -> None:
        """Sends every row that waits; does nothing while `why_not` gives a reason."""
        if not self.why_not():
            self.job_sender.send([SendItem(self._request(s), s.may_replace) for s in self.waiting()])

    def _why_not_these(self) -> str:
        waiting = self.waiting()
        form_errors = {n: e for n, e in self.form.errors.items() if n not in SOURCE_FIELDS}
        if form_errors:
            return next(iter(form_errors.values()))
        if not waiting and any(s.state is SourceState.SENT for s in self.sources.sources):
            return self.tr("All is sent. Change something, or add a clip, to send again.")
        if not waiting:
            return self.tr("None of the rows can be sent; each says why.")
        stuck = [s for s in waiting if self._problem(s)]
        if not stuck:
            return ""
        sentence = self._problem(stuck[0])
        return sentence if len(waiting) == 1 else f"{stuck[0].title}: {sentence}"

    def _is_job(self, source: Source) -> bool:
        return source.is_usable and not self.form.is_reference(source)

    def _problem(self, source: Source) -> str:
        if not self._is_job(source):
            return ""
        found = [*self.form.source_errors(source).values(), *self.checks.of(source.number).errors.values()]
        if self.must_tick(source):
            found.append(self.tr("The output is there already; tick that it will be replaced."))
        result = self.preview.result
        if result and result.request == self._request(source):
            found.append(result.sentence)
        return next(filter(None, found), "")

    def _request(self, source: Source) -> PreviewRequest:
        place = tuple((name, text) for name, text in self.form.place.items() if text)
        return PreviewRequest(source.number, self.form.request_of(source), self.session.settings, place)

    def _connect(self) -> None:
        self.form.changed.connect(self._update)
        self.checks.changed.connect(self._update)
        self.preview.changed.connect(self._update)
        self.job_sender.changed.connect(self._update)
        self.job_sender.finished.connect(self.preview.renew)
        self.presets.changed.connect(self._presets_changed)
        self.presets.saved.connect(self._choose_saved)
        self.presets.refused.connect(self.failed)
        self.presets.message.connect(self.message)
        self.sources.refused.connect(self.failed)
        self.session.farm_changed.connect(self._update)

    def _update(self) -> None:
        source = self.form.current
        is_clear = source is not None and self._is_job(source) and source.state is not SourceState.SENDING
        blocked = self.form.errors or (source and self.checks.of(source.number).errors)
        if source and is_clear and self.form.chosen and not blocked:
            self.preview.show(self._request(source))
        else:
            self.preview.show(None)
        for row in self.sources.sources:
            self.sources.mark(row.number, problem=self._problem(row))
        if self._is_restored:
            self.saved_state.keep(form_state(self.form))
        self.changed.emit()

    def _restore(self, loaded: tuple[dict[str, Any], tuple[str, bool]]) -> None:
        state, (self.user, self._is_nameless) = loaded
        restore_form(self.form, state)
        self._saved_form = state
        self.presets.load(self.session.settings, self.form.place["show"])

    def _presets_changed(self) -> None:
        presets = self.presets.presets
        if not self._is_restored:
            self._is_restored = True
            name, values = saved_preset(self._saved_form)
            if name in presets:
                self.form.choose(presets[name], values)
                return
        chosen = self.form.chosen
        if chosen and presets.get(chosen.name) == chosen:
            return
        name = chosen.name if chosen and chosen.name in presets else FIRST_PRESET
        preset = presets.get(name) or next(iter(presets.values()), None)
        if preset:
            self.form.choose(preset)

    def _choose_saved(self, name: str) -> None:
        """Chooses the preset that was saved, once the list has it."""

        def choose() -> None:
            self.presets.changed.disconnect(choose)
            if name in self.presets.presets:
                self.form.choose(self.presets.presets[name])

        self.presets.changed.connect(choose)


def _login() -> tuple[str, bool]:
    try:
        return getpass.getuser(), False
    except (KeyError, OSError, InputRefused):
        return "", True
