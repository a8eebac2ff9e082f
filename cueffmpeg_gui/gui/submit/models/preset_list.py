# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The presets of all levels, and what may be done with the user's own."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from qtpy.QtCore import QObject, Signal

from cueffmpeg_gui.api.submit.source_info import placed
from cueffmpeg_gui.api.submit.user_presets import (
    USER,
    changed_preset,
    delete_preset,
    export_preset,
    import_preset,
    save_preset,
)
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.submit.models.submit_backend import SubmitBackend
from cueffmpeg_gui.media.kinds import KINDS
from cueffmpeg_gui.media.presets import Preset
from cueffmpeg_gui.settings import Settings

SEQUENCE = "sequence"
# Groups and their titles in the order they are shown: kinds that make an encode come first.
GROUPS: dict[str, str] = {
    **{kind.name: kind.title for kind in sorted(KINDS.values(), key=lambda kind: not kind.encodes)},
    SEQUENCE: "Sequence",
}


class PresetList(QObject):
    """`presets` by name. `saved` names a preset that was written; `refused` says why something was not done.

    `message` says what was done.
    """

    changed = Signal()
    saved = Signal(str)
    message = Signal(str)
    refused = Signal(str)

    def __init__(self, tasks: Tasks, backend: SubmitBackend, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._backend = tasks, backend
        self._settings: Settings | None = None
        self._show = ""
        self.presets: dict[str, Preset] = {}

    def load(self, settings: Settings, show: str = "") -> None:
        """Reads the presets of the settings' levels, for a show."""
        self._settings, self._show = settings, show
        self._tasks.run(
            lambda: self._backend.read_presets(placed(settings, show=show)),
            self.take,
            self.refused.emit,
            key="submit.presets",
        )

    def take(self, presets: dict[str, Preset]) -> None:
        """Replaces the list."""
        self.presets = presets
        self.changed.emit()

    def group_of(self, preset: Preset) -> str:
        """The group a preset is shown in."""
        return SEQUENCE if preset.values.get("chunk") == "auto" else preset.kind

    def save(self, preset: Preset, name: str, title: str, description: str, *, replaces: bool = False) -> None:
        """Saves a preset as one of the user's; `replaces` allows for one of that name."""
        known = self.presets.get(name)
        if known and known.level == USER and not replaces:
            self.refused.emit(self.tr("You have a preset {} already; choose another name.").format(name))
            return

        def work() -> str:
            made = changed_preset(preset, name, title, description, preset.values)
            return save_preset(made, self._known()).name

        self._run(work, self.saved.emit)

    def update(self, preset: Preset) -> None:
        """Saves changed values of a user preset under its own name."""
        self.save(preset, preset.name, preset.title, preset.description, replaces=True)

    def delete(self, preset: Preset) -> None:
        """Deletes one of the user's."""
        self._run(
            lambda: delete_preset(preset.name, self._known()),
            lambda _: self.message.emit(self.tr("Preset {} is deleted.").format(preset.title)),
        )

    def export(self, preset: Preset, path: str) -> None:
        """Writes a preset into a file."""
        self._run(
            lambda: export_preset(replace(preset, level=USER), path),
            lambda written: self.message.emit(self.tr("Preset {} is in {}.").format(preset.title, written)),
        )

    def import_file(self, path: str) -> None:
        """Copies a preset file to the user's presets."""
        self._run(lambda: import_preset(path, self._known()).name, self.saved.emit)

    def _known(self) -> Settings:
        assert self._settings is not None
        return self._settings

    def _run(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        def ended(result: Any) -> None:
            done(result)
            self.load(self._known(), self._show)

        self._tasks.run(work, ended, self.refused.emit)
