# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What would be sent for one row, made a moment after the last change; one at a time, as making it reads media."""

import shlex
from dataclasses import dataclass

from qtpy.QtCore import QObject, QTimer, Signal

from cueffmpeg_gui.api.submit.estimate import estimate_seconds
from cueffmpeg_gui.api.submit.request import SubmitRequest
from cueffmpeg_gui.api.submit.source_info import placed
from cueffmpeg_gui.api.submit.submit import Prepared
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.submit.models.submit_backend import SubmitActions
from cueffmpeg_gui.jobs.plan import frame_command, preview_commands
from cueffmpeg_gui.media.timing import format_seconds
from cueffmpeg_gui.settings import Settings

DELAY_MILLISECONDS = 300
MOST_CUE_FRAMES = 8


@dataclass(frozen=True)
class Question:
    """A row's request, and where and by whom it would be sent."""

    number: int
    request: SubmitRequest
    settings: Settings
    place: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Answer:
    """What would be sent and how long it may take, or the sentence why nothing can be."""

    question: Question
    prepared: Prepared | None = None
    seconds: float = 0
    sentence: str = ""


class Preview(QObject):
    """`answer` is the newest one; None while the newest question waits for its own."""

    changed = Signal()

    def __init__(self, tasks: Tasks, actions: SubmitActions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks, self._actions = tasks, actions
        self._question: Question | None = None
        self._busy = False
        self.answer: Answer | None = None
        self._timer = QTimer(self, singleShot=True, interval=DELAY_MILLISECONDS)
        self._timer.timeout.connect(self._make)

    @property
    def is_making(self) -> bool:
        """Whether an answer is on its way."""
        return self._question is not None and self.answer is None

    def ask(self, question: Question | None) -> None:
        """Wants a preview of this, or of nothing; the same question keeps its answer."""
        if question == self._question:
            return
        self._question, self.answer = question, None
        self.changed.emit()
        if question is not None:
            self._timer.start()

    def renew(self) -> None:
        """Asks the same again, as after something was sent: names and folders are taken now."""
        question, self._question = self._question, None
        self.ask(question)

    def _make(self) -> None:
        question = self._question
        if question is None or self._busy:
            return
        self._busy = True
        self._tasks.run(
            lambda: self._prepared(question),
            self._made,
            lambda sentence: self._made(Answer(question, sentence=sentence)),
        )

    def _prepared(self, question: Question) -> Answer:
        settings = placed(question.settings, **dict(question.place))
        prepared = self._actions.prepare(question.request, settings)
        return Answer(question, prepared, estimate_seconds(prepared.spec, prepared.plan, settings))

    def _made(self, answer: Answer) -> None:
        self._busy = False
        if answer.question == self._question:
            self.answer = answer
            self.changed.emit()
        else:
            self._make()


def summary_of(prepared: Prepared, jobs: int) -> str:
    """ "1 job · encode 4 · audio 1 · join 1": layers and how many cue frames each has."""
    layers = [f"{layer.name} {len(layer.cue_frames)}" for layer in prepared.plan.layers]
    head = "1 job" if jobs == 1 else f"{jobs} jobs; this one:"
    return " · ".join([head, *layers]) if jobs == 1 else f"{head} {' · '.join(layers)}"


def duration_of(answer: Answer) -> str:
    """ "about 1:40 on this computer"."""
    where = "on this computer" if answer.question.settings.is_local else "if every chunk finds a host at once"
    how_long = f"about {format_seconds(answer.seconds)}" if answer.seconds >= 2 else "a second or two"
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
