# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A given pair looked at while its preview is shown: in a task, once for each pair, and never in anybody's way."""

from qtpy.QtCore import QObject, Signal

from cueffmpeg_gui.api.submit.pair_preview import PairPreview
from cueffmpeg_gui.api.submit.submit import Prepared
from cueffmpeg_gui.gui.common.latest import Latest
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.submit.models.preview import Preview
from cueffmpeg_gui.gui.submit.models.submit_backend import SubmitBackend


class PairLook(QObject):
    """`found` belongs to the pair of the preview; None while it is looked at, and where there is no given pair.

    `trouble` is a sentence where nothing could be looked at.
    """

    changed = Signal()

    def __init__(self, tasks: Tasks, backend: SubmitBackend, preview: Preview, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._latest, self._backend, self._preview = Latest(tasks), backend, preview
        self._pair: object = None
        self.found: PairPreview | None = None
        self.trouble = ""
        preview.changed.connect(self._follow)

    @property
    def is_looking(self) -> bool:
        """Whether a pair is being looked at."""
        return self._pair is not None and self.found is None and not self.trouble

    def _follow(self) -> None:
        result = self._preview.result
        if result is None and self._preview.is_making:
            return
        prepared = result.prepared if result else None
        pair = _pair_of(prepared) if prepared else None
        if pair == self._pair:
            return
        self._pair, self.found, self.trouble = pair, None, ""
        self._latest.drop()
        if prepared is not None and pair is not None:
            self._latest.run(
                lambda: self._backend.look_at_pair(prepared),
                lambda found: self._take(pair, found, ""),
                lambda sentence: self._take(pair, None, sentence),
            )
        self.changed.emit()

    def _take(self, pair: object, found: PairPreview | None, trouble: str) -> None:
        if pair == self._pair:
            self.found, self.trouble = found, trouble
            self.changed.emit()


def _pair_of(prepared: Prepared) -> object:
    """What makes one pair another; None where no pair is given."""
    spec = prepared.spec
    if spec.reference is None:
        return None
    return spec.reference, spec.source, spec.frames, spec.preset.values
