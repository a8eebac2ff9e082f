# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A preview of what would be sent for one row: debounced, and one at a time, as making it reads media."""

import shlex
from dataclasses import dataclass

from qtpy.QtCore import QObject, QTimer, Signal

from cueffmpeg_gui.api.submit.estimate import estimate_seconds
from cueffmpeg_gui.api.submit.request import SubmitRequest
from cueffmpeg_gui.api.submit.source_info import placed
from cueffmpeg_gui.api.submit.submit import Prepared
from cueffmpeg_gui.gui.common.latest import Latest
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.submit.models.submit_backend import SubmitBackend
from cueffmpeg_gui.jobs.plan import frame_command, preview_commands
from cueffmpeg_gui.media.timing import format_seconds
from cueffmpeg_gui.settings import Settings

DELAY_MILLISECONDS = 300
MOST_CUE_FRAMES = 8


@dataclass(frozen=True)
class PreviewRequest:
    """A row's request, and where and by whom it would be sent."""

    number: int
    submit_request: SubmitRequest
    settings: Settings
    place: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PreviewResult:
    """What would be sent and how long it may take, or a sentence why nothing can be sent."""

    request: PreviewRequest
    prepared: Prepared | None = None
    seconds: float = 0
    sentence: str = ""


class Preview(QObject):
    """`result` belongs to the newest request; None while that is being made."""

    changed = Signal()

    def __init__(self, tasks: Tasks, backend: SubmitBackend, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._latest, self._backend = Latest(tasks), backend
        self._request: PreviewRequest | None = None
        self.result: PreviewResult | None = None
        self._timer = QTimer(self, singleShot=True, interval=DELAY_MILLISECONDS)
        self._timer.timeout.connect(self._make)

    @property
    def is_making(self) -> bool:
        """Whether a result is being made."""
        return self._request is not None and self.result is None

    def show(self, request: PreviewRequest | None) -> None:
        """Makes a preview of this, or of nothing; the same request keeps its result."""
        if request == self._request:
            return
        self._request, self.result = request, None
        self._latest.drop()
        self.changed.emit()
        if request is not None:
            self._timer.start()

    def renew(self) -> None:
        """Makes the same preview again, as after something was sent: names and folders are taken now."""
        request, self._request = self._request, None
        self.show(request)

    def _make(self) -> None:
        request = self._request
        if request is None or self.result is not None:
            return
        self._latest.run(
            lambda: self._prepared(request),
            self._made,
            lambda sentence: self._made(PreviewResult(request, sentence=sentence)),
        )

    def _prepared(self, request: PreviewRequest) -> PreviewResult:
        settings = placed(request.settings, **dict(request.place))
        prepared = self._backend.prepare(request.submit_request, settings)
        return PreviewResult(request, prepared, estimate_seconds(prepared.spec, prepared.plan, settings))

    def _made(self, result: PreviewResult) -> None:
        if result.request == self._request:
            self.result = result
            self.changed.emit()


def summary_of(prepared: Prepared, jobs: int) -> str:
    """ "1 job · encode 4 · audio 1 · join 1": layers and how many cue frames each has."""
    layers = [f"{layer.name} {len(layer.cue_frames)}" for layer in prepared.plan.layers]
    head = "1 job" if jobs == 1 else f"{jobs} jobs; this one:"
    return " · ".join([head, *layers]) if jobs == 1 else f"{head} {' · '.join(layers)}"


def duration_of(result: PreviewResult) -> str:
    """ "about 1:40 on this computer"."""
    where = "on this computer" if result.request.settings.is_local else "if every chunk finds a host at once"
    how_long = f"about {format_seconds(result.seconds)}" if result.seconds >= 2 else "a second or two"
    return f"{how_long} {where}"


def commands_text(prepared: Prepared) -> str:
    """Layers, depends and the exact commands, for reading and copying."""
    place = prepared.spec.placement
    lines = [f"job      {place.name}", f"folder   {prepared.folder}"]
    lines += [f"output   {prepared.spec.output}"] if prepared.spec.output else []
    for layer in prepared.plan.layers:
        frames = [*map(str, layer.cue_frames[:MOST_CUE_FRAMES]), *["…"] * (len(layer.cue_frames) > MOST_CUE_FRAMES)]
        lines += ["", f"layer    {layer.name}: cue frames {', '.join(frames)}"]
        lines += [f"         {layer.cores} cores, {layer.memory_mb} MB"]
        lines += [f"         waits for {depend.on}" for depend in prepared.plan.depends if depend.layer == layer.name]
        lines += [f"         {frame_command(prepared.folder, layer.name)}"]
        lines += [f"         {shlex.join(command)}" for command in preview_commands(prepared.spec, layer.name)]
    return "\n".join(lines)
