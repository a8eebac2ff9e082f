# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What a job is to do, complete and checked: the one value that plan, folder, farm and worker share."""

from dataclasses import dataclass
from typing import Any, Optional

from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.presets import KINDS


@dataclass(frozen=True)
class PresetUse:
    """The preset a job was made with, and the values after --set."""

    name: str
    version: int
    kind: str
    level: str
    values: dict[str, Any]

    @property
    def label(self) -> str:
        """ "h264-review@1"."""
        return f"{self.name}@{self.version}"

    @property
    def steps(self) -> tuple[str, ...]:
        """ "encode", "compare" or both."""
        return KINDS[self.kind]


@dataclass(frozen=True)
class Placement:
    """Where a job stands on the farm. `name` is final, as Cuebot will show it."""

    name: str
    show: str
    shot: str
    user: str
    facility: str = "local"
    priority: int = 100
    paused: bool = False


@dataclass(frozen=True)
class JobSpec:
    """One job. `source` is the clip to encode, or the encode to compare with `reference`.

    `frames` are the frames to work on, counted from 1 in the source. `output` is where the encode goes.
    """

    placement: Placement
    preset: PresetUse
    source: ClipFacts
    frames: FrameRange
    output: Optional[str] = None
    reference: Optional[ClipFacts] = None
