# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What a job is to do, complete and checked: the one value that plan, folder, farm and worker share."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Optional

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.chunks import Chunking, chunk_ranges
from cueffmpeg_gui.media.facts import ClipFacts, SoundFile
from cueffmpeg_gui.media.frame_numbers import common_step
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.kinds import KINDS, JobKind
from cueffmpeg_gui.media.pairs import PairPlan
from cueffmpeg_gui.media.presets import thresholds_of
from cueffmpeg_gui.media.thresholds import Threshold


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
    def job_kind(self) -> JobKind:
        """What the job does, takes and writes."""
        return KINDS[self.kind]

    @property
    def steps(self) -> tuple[str, ...]:
        """ "encode", "compare" or both."""
        return self.job_kind.steps


@dataclass(frozen=True)
class Placement:
    """Where a job stands on the farm. `name` is final, as Cuebot will show it.

    `tags` say which hosts may run it (none: those of the service), `limits` which of the farm's limits count it.
    """

    name: str
    show: str
    shot: str
    user: str
    facility: str = "local"
    priority: int = 100
    paused: bool = False
    tags: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()


@dataclass(frozen=True)
class FileMark:
    """What a file was when it was looked at: its size, and its time in ns."""

    bytes: int
    modified: int


@dataclass(frozen=True)
class JobSpec:
    """One job. `source` is the clip to encode, or the encode to compare with `reference`.

    `frames` are the frames to work on, in the numbers of the source (of the reference, where there is one); so are
    chunks. Which pictures of the clip these are, `pictures` says: numbers of a sequence may be left out.
    `output` is where the encode goes. `sound` is a file of its own that begins `sound_delay` seconds after the
    source's first frame. `pair` is how the source is compared with a reference of its own. `reuse` is the folder of an
    earlier job whose chunks may be kept. `findings` are sentences about what was found by looking at the
    pair's pictures. `replaces` is the file that stood at the output's name at submit and may go; without one nothing
    may.
    """

    placement: Placement
    preset: PresetUse
    source: ClipFacts
    frames: FrameRange
    output: Optional[str] = None
    reference: Optional[ClipFacts] = None
    sound: Optional[SoundFile] = None
    sound_delay: Fraction = Fraction(0)
    chunking: Optional[Chunking] = None
    reuse: Optional[str] = None
    findings: tuple[str, ...] = ()
    pair: Optional[PairPlan] = None
    replaces: Optional[FileMark] = None

    @property
    def is_chunked(self) -> bool:
        """Whether there is more than one chunk."""
        return self.chunking is not None and self.chunking.length < len(self.frames)

    @property
    def has_summary(self) -> bool:
        """Whether a layer of its own makes one table of the scores, and judges it: a retry of that costs seconds."""
        return self.is_chunked or bool(self.preset.values.get("thresholds"))

    @property
    def thresholds(self) -> tuple[Threshold, ...]:
        """What the scores must reach; raises InputRefused when the job does not measure that."""
        return thresholds_of(self.preset.values, self.preset.label)

    @property
    def allowed_faults(self) -> tuple[str, ...]:
        """The kinds of faults with which a pair may still reach its thresholds."""
        return tuple(self.preset.values.get("allow_faults", ()))

    def pictures(self, frames: FrameRange) -> FrameRange:
        """The pictures of the clip whose numbers count (see ClipFacts.frames); raises InputRefused for none."""
        return (self.reference or self.source).frames_of(frames)

    @property
    def step(self) -> int:
        """How far apart the numbers of following frames are; 0 where that differs."""
        sequence = (self.reference or self.source).sequence
        if sequence is None or sequence.keeps_clock:
            return 1
        return common_step([number for number in sequence.numbers if number in self.frames])

    @property
    def absent(self) -> tuple[FrameRange, ...]:
        """Numbers among the frames that are none, where these do not follow in steps."""
        sequence = (self.reference or self.source).sequence
        return tuple(sequence.missing_in(self.frames)) if sequence and not self.step else ()

    @property
    def chunks(self) -> tuple[FrameRange, ...]:
        """The chunks; one when the job is not chunked."""
        return chunk_ranges(self.frames, self.chunking.length if self.chunking else len(self.frames))

    def chunk_of(self, frame: int) -> FrameRange:
        """The chunk that holds a frame; raises InputRefused when none does."""
        for chunk in self.chunks:
            if frame in chunk:
                return chunk
        raise InputRefused(f"The job has no frame {frame}; its frames are {self.frames}.")
