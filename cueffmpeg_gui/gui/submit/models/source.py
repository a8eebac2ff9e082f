# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""One row of the submit page: a clip or a sequence, how far it is, and what was entered for it alone."""

import os
from dataclasses import dataclass
from enum import Enum

from cueffmpeg_gui.api.submit.source_info import SourceInfo
from cueffmpeg_gui.media.facts import ClipFacts

TIMES = "\N{MULTIPLICATION SIGN}"
EMPTY_TAGS = ("unknown", "gbr", "")


class SourceState(Enum):
    """How far a row is."""

    READING = "reading"
    CHECKING = "checking"
    READY = "ready"
    REFUSED = "refused"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True)
class Source:
    """A row. `trouble` is why it cannot be used or was not sent; `problem` what the form still needs for it.

    An empty `name`, `output`, `frames`, `rate`, `gaps` or `layer` stands for the default; `audio` and `reference` are
    None when they are to be found by name.
    """

    number: int
    text: str
    state: SourceState = SourceState.READING
    info: SourceInfo | None = None
    trouble: str = ""
    problem: str = ""
    job: str = ""
    job_id: str = ""
    name: str = ""
    output: str = ""
    may_replace: bool = False
    frames: str = ""
    rate: str = ""
    gaps: str = ""
    layer: str = ""
    audio: str | None = None
    reference: str | None = None

    @property
    def title(self) -> str:
        """The file's name, or the sequence's."""
        return os.path.basename(str(self.info.facts.sequence or self.info.facts.path) if self.info else self.text)

    @property
    def is_usable(self) -> bool:
        """Whether it was read and not refused."""
        return self.info is not None and self.state is not SourceState.REFUSED


def facts_line(facts: ClipFacts, rate: str = "") -> str:
    """Size and depth, frames and rate, colour matrix, sound: what a person compares at a glance.

    `rate` is the one entered for a sequence, which has none of its own.
    """
    video = facts.video
    parts = [
        f"{video.width}{TIMES}{video.height} {video.depth}-bit{' RGB' if video.is_rgb else ''}",
        _frames(facts, rate),
    ]
    if video.tags.matrix not in EMPTY_TAGS:
        parts.append(video.tags.matrix)
    if facts.audio:
        parts.append("sound " + ", ".join(dict.fromkeys(audio.layout for audio in facts.audio)))
    return " · ".join(parts)


def _frames(facts: ClipFacts, entered: str) -> str:
    count = facts.video.frames
    frames = f"{count} {'frame' if count == 1 else 'frames'}"
    rate = facts.video.rate or entered
    return f"{frames} at {rate}" if rate else frames


def warnings_of(facts: ClipFacts) -> list[str]:
    """What is unusual about a source and worth knowing before it is sent."""
    video = facts.video
    missing = sum(map(len, facts.sequence.missing)) if facts.sequence else 0
    found = [f"{missing} {'frame is' if missing == 1 else 'frames are'} missing"] if missing else []
    if video.interlaced:
        found.append("interlaced")
    if not video.constant_rate:
        found.append("variable frame rate")
    if video.has_alpha:
        found.append("alpha is left out")
    return found
