# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The values of the form: preset, parameters, show and shot, priority; with a row they make a request to send."""

from typing import Any

from qtpy.QtCore import QObject, Signal

from cueffmpeg_gui.api.submit.request import DEFAULT_PRIORITY, SubmitRequest
from cueffmpeg_gui.api.submit.source_info import NAMING, PLACES, name_output
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.gui.submit.models.companion_files import pair_reference, pair_sound
from cueffmpeg_gui.gui.submit.models.field_checks import check_place_field, check_source_fields
from cueffmpeg_gui.gui.submit.models.source import Source
from cueffmpeg_gui.gui.submit.models.source_list import SourceList
from cueffmpeg_gui.jobs.names import conform_job_name, suggest_job_name
from cueffmpeg_gui.media.gaps import ONLY, STOP
from cueffmpeg_gui.media.parameters import read_value
from cueffmpeg_gui.media.presets import EXCLUSIVE, Preset, with_settings

SOURCE_FIELDS = ("name", "output", "frames", "picture_layer", "missing", "rate", "audio", "reference")


class SubmitForm(QObject):
    """`preset` is the chosen one with the changed `values` in it. `changed` is emitted after every change."""

    changed = Signal()
    preset_changed = Signal()

    def __init__(self, sources: SourceList, place: dict[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sources = sources
        self.place = {name: place.get(name, "") for name in PLACES}
        self.template = NAMING
        self.priority, self.paused = DEFAULT_PRIORITY, False
        self.tags, self.limits = "", ""
        self.chosen: Preset | None = None
        self.preset: Preset | None = None
        self.values: dict[str, str] = {}
        self.errors: dict[str, str] = {}
        self.value_errors: dict[str, str] = {}
        self.selected: tuple[int, ...] = ()
        self._outputs: dict[int, str] = {}
        self._references: set[str] = set()
        sources.edited.connect(self._check)

    @property
    def current(self) -> Source | None:
        """The row whose fields are shown: the first selected one that can be a job, else the first selected."""
        rows = [source for source in self.sources.sources if source.number in self.selected]
        jobs = (source for source in rows if source.is_usable and not self.is_reference(source))
        return next(jobs, rows[0] if rows else None)

    def choose(self, preset: Preset, values: dict[str, str] | None = None) -> None:
        """Chooses a preset; values changed before are dropped, unless some are given."""
        self.chosen = self.preset = preset
        self.values = dict(values or {})
        self._apply("")
        self.preset_changed.emit()
        self._reopen_and_check()

    def select(self, numbers: tuple[int, ...]) -> None:
        """Chooses the rows that the fields of a row change."""
        if numbers != self.selected:
            self.selected = numbers
            self._check()

    def set_value(self, key: str, text: str) -> None:
        """Changes a value of the preset."""
        for other in (key, *EXCLUSIVE.get(key, ())):
            self.values.pop(other, None)
        if self.chosen and not self._is_as_chosen(key, text):
            self.values[key] = text
        self._apply(key)
        self._reopen_and_check()

    def set_place(self, name: str, text: str) -> None:
        """Changes show, shot, user or facility."""
        self.place[name] = text
        self._reopen_and_check()

    def set_source(self, name: str, value: Any) -> None:
        """Changes a value of the selected rows; name and output only of the current row."""
        source = self.current
        only = [source.number] if source else []
        self.sources.change(only if name in ("name", "output") else self.selected, **{name: value})

    def set_layer(self, name: str) -> None:
        """Changes which layer of the selected rows is read, and reads them anew."""
        self.set_source("layer", name)
        for number in self.selected:
            self.sources.read_again(number)

    def set_farm(self, *, priority: int | None = None, paused: bool | None = None) -> None:
        """Changes the priority, and whether jobs are sent paused."""
        self.priority = self.priority if priority is None else priority
        self.paused = self.paused if paused is None else paused
        self._reopen_and_check()

    def set_hosts(self, *, tags: str | None = None, limits: str | None = None) -> None:
        """Changes which hosts may run the jobs, and which limits count them."""
        self.tags = self.tags if tags is None else tags
        self.limits = self.limits if limits is None else limits
        self._reopen_and_check()

    def set_template(self, template: str) -> None:
        """Changes how outputs are named."""
        self.template = template or NAMING
        self._reopen_and_check()

    def reset(self) -> None:
        """Back to the preset as it is, without rows; show, shot, user and facility stay."""
        self.priority, self.paused, self.template = DEFAULT_PRIORITY, False, NAMING
        self.tags, self.limits = "", ""
        self.sources.remove([source.number for source in self.sources.sources])
        if self.chosen:
            self.choose(self.chosen)

    def outputs(self) -> dict[int, str]:
        """The output of each row, by number; no two rows get the same by default."""
        return self._outputs

    def audio_of(self, source: Source) -> str:
        """The sound file of a row: the one named, else one of its name; "" for none."""
        if self.preset is None or not self.preset.job_kind.takes_sound or source.info is None:
            return ""
        if source.audio is not None:
            return source.audio
        if source.info.facts.sequence and source.info.facts.sequence.there and self.gaps_of(source) == ONLY:
            return ""  # its clock is not the sound's
        # A clip with sound of its own keeps that.
        return "" if source.info.facts.audio else pair_sound(source.info)

    def reference_of(self, source: Source) -> str:
        """The reference of a row: the one named, else the one its name was made of; "" for none."""
        if not self._takes_reference or source.info is None:
            return ""
        if source.reference is not None:
            return source.reference
        return pair_reference(source.info, [other.text for other in self.sources.sources])

    def is_reference(self, source: Source) -> bool:
        """Whether a row is the reference of another one, and so no job of its own."""
        return source.text in self._references and not self.reference_of(source)

    def source_errors(self, source: Source) -> dict[str, str]:
        """What is wrong with the fields of a row, "" where nothing is."""
        lacks_reference = self._takes_reference and not self.is_reference(source) and not self.reference_of(source)
        return check_source_fields(
            source,
            takes_reference=self._takes_reference,
            lacks_reference=lacks_reference,
            gaps=self._preset_gaps,
            layer=str(self.preset.values.get("layer", "")) if self.preset else "",
        )

    def gaps_of(self, source: Source) -> str:
        """What becomes of the frames that a row's sequence lacks."""
        return source.gaps or self._preset_gaps

    def wanted_name(self, source: Source) -> str:
        """The name that was entered, or the one made from the source's."""
        return source.name or (suggest_job_name(source.info.stem) if source.info else "")

    def final_name(self, source: Source, user: str) -> str:
        """The job's name as Cuebot will make it; "" while it cannot be made."""
        place = self.place
        try:
            return conform_job_name(place["show"], place["shot"], place["user"] or user, self.wanted_name(source))
        except InputRefused:
            return ""

    def request_of(self, source: Source) -> SubmitRequest:
        """The request of a row."""
        own = self.chosen.values if self.chosen else {}
        values = {key: value for key, value in self.values.items() if value != "" or key in own}
        values |= {"layer": source.layer} if source.layer else {}
        return SubmitRequest(
            preset=self.chosen.name if self.chosen else "",
            source=source.text,
            reference=self.reference_of(source) or None,
            output=self.outputs().get(source.number),
            audio=self.audio_of(source) or None,
            frame_rate=(source.rate or None) if source.info and source.info.wants_rate else None,
            frames=source.frames or None,
            gaps=source.gaps or None,
            name=source.name or None,
            priority=self.priority,
            tags=self.tags,
            limits=self.limits,
            paused=self.paused,
            values=values,
            existing="replace",  # the sender looks whether it may
        )

    @property
    def _preset_gaps(self) -> str:
        return str(self.preset.values.get("gaps", STOP)) if self.preset else STOP

    @property
    def _takes_reference(self) -> bool:
        return self.preset is not None and self.preset.job_kind.takes_reference

    @property
    def _writes_output(self) -> bool:
        return self.preset is not None and self.preset.job_kind.writes_output

    def _is_as_chosen(self, key: str, text: str) -> bool:
        values = self.chosen.values if self.chosen else {}
        if key not in values:
            return text == ""
        try:
            return bool(read_value(key, text, "") == values[key])
        except InputRefused:
            return False

    def _apply(self, key: str) -> None:
        """Applies the values that are valid to the preset; keeps a sentence for each that is not."""
        if self.chosen is None:
            return
        where = f"Preset {self.chosen.name}"
        self.value_errors = {}
        for name, text in self.values.items():
            try:
                read_value(name, text, where)
            except InputRefused as refused:
                self.value_errors[name] = str(refused)
        good = {name: text for name, text in self.values.items() if name not in self.value_errors}
        try:
            self.preset = with_settings(self.chosen, good)
        except InputRefused as refused:
            self.value_errors[key or next(iter(good), "")] = str(refused)

    def _reopen_and_check(self) -> None:
        self.sources.reopen()
        self._check()

    def _name_outputs(self) -> dict[int, str]:
        preset = self.preset
        if preset is None or not self._writes_output:
            return {}
        found = {source.number: source.output for source in self.sources.sources if source.output}
        taken = set(found.values())
        for source in self.sources.sources:
            if source.info and not source.output:
                try:
                    found[source.number] = name_output(self.template, source.info, preset, taken)
                except InputRefused:
                    continue
                taken.add(found[source.number])
        return found

    def _check(self) -> None:
        self._outputs = self._name_outputs()
        self._references = {self.reference_of(source) for source in self.sources.sources} - {""}
        errors = dict(self.value_errors)
        for name, text in self.place.items():
            errors[name] = check_place_field(name, text)
        source = self.current
        if source is not None:
            errors.update(self.source_errors(source))
            errors["template"] = self._template_error(source)
        self.errors = {name: sentence for name, sentence in errors.items() if sentence}
        self.changed.emit()

    def _template_error(self, source: Source) -> str:
        try:
            if source.info and self.preset and self._writes_output:
                name_output(self.template, source.info, self.preset)
        except InputRefused as refused:
            return str(refused)
        return ""
