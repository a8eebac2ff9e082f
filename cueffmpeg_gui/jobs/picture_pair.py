# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Which picture of the reference belongs to which picture of the encode."""

from dataclasses import dataclass

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.jobs.colour_notes import guessed_source, taken_sentences
from cueffmpeg_gui.jobs.layer_tasks import compare_task, pair_plan, scored_encode_frames
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.geometry import Geometry
from cueffmpeg_gui.media.pair_colour import PairColour, resolve_pair
from cueffmpeg_gui.media.timing import frames_of_timecode, timecode_of_frames
from cueffmpeg_gui.media.view_filters import read_here


@dataclass(frozen=True)
class PicturePair:
    """Two clips whose pictures belong together one to one.

    `frames` are those of the scores, in the reference's numbers; `encode_first` is the encode's number of the first
    of them. `geometry` is what the encode did to the reference's size. The encode's facts may be those planned;
    `is_made_here` is whether the job made it of the reference. `partners` as in PairPlan.
    """

    reference: ClipFacts
    encode: ClipFacts
    frames: FrameRange
    encode_first: int
    geometry: Geometry
    is_made_here: bool = False
    partners: tuple[int, ...] = ()

    @property
    def colours(self) -> PairColour:
        """What the colours of both are taken for, as in the comparison."""
        return resolve_pair(self.encode.video.seen, self.reference.video.seen)

    @property
    def colour_notes(self) -> tuple[str, ...]:
        """What of that the clips do not say. The tags of an encode that the job made repeat what it took."""
        if self.is_made_here:
            guessed = guessed_source(self.reference.video)
            return (guessed,) if guessed else ()
        return tuple(taken_sentences(self.colours, self.reference.video.size))

    def pictures_of(self, frame: int) -> tuple[int, int]:
        """The picture of a frame in reference and encode, each counted from 0 in its own clip."""
        first = self.reference.frames_of(self.frames).first
        place = self.reference.frames_of(FrameRange(frame, frame)).first
        reference = place - self.reference.frames.first
        if self.partners:
            return reference, self.partners[max(0, min(reference, len(self.partners) - 1))]
        encode = place - first + self.encode_first - self.encode.frames.first
        return reference, encode

    def timecode_of(self, frame: int) -> str:
        """The timecode of a frame: the reference's own, where it has one that goes with its rate.

        Otherwise a sequence's numbers count from midnight (1001 at 24 a second is 00:00:41:17), a file's pictures
        from 0.
        """
        clip = self.reference
        number = frame - clip.span.first
        text = clip.timecode or ""
        try:
            start = frames_of_timecode(text, clip.video.rate)
        except InputRefused:
            text, start = "", clip.span.first if clip.sequence else 0
        return timecode_of_frames(start + number, clip.video.rate, drop=";" in text)


def picture_pair(spec: JobSpec, tables: str = "") -> PicturePair:
    """The pair that a job makes or is given; `tables` is where those of its view lie on this computer."""
    task = compare_task(spec)
    first = scored_encode_frames(spec).first
    return PicturePair(
        read_here(task.reference, tables),
        task.encode,
        spec.frames,
        first,
        task.geometry,
        is_made_here=spec.reference is None,
        partners=pair_plan(spec).partners,
    )
