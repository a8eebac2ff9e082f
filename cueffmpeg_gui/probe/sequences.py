# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Facts about an image sequence: its first and last picture decoded, the rest known from their files."""

import os
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.facts import ClipFacts, VideoFacts
from cueffmpeg_gui.media.filters import FLOAT_GRAY, FLOATS
from cueffmpeg_gui.media.mixed import united
from cueffmpeg_gui.media.sequences import Sequence
from cueffmpeg_gui.media.timing import advance_timecode, check_timecode
from cueffmpeg_gui.media.unchanged import mark_of, sample_of, sampled_numbers
from cueffmpeg_gui.probe.images import decode_image
from cueffmpeg_gui.probe.video import colour_tags
from cueffmpeg_gui.sequences.checks import kinds_in
from cueffmpeg_gui.sequences.formats import read_image_header
from cueffmpeg_gui.sequences.gaps import with_those_rendered
from cueffmpeg_gui.sequences.header import ImageHeader

# What stands for the rate, and the duration, where none was said: for showing only.
NOT_SAID = Fraction(0)
NO_TIMECODE = "00:00:00:00"
# Degrees counter-clockwise, and whether left and right are exchanged before, by EXIF's number.
TURNS_OF = {
    1: (0, False), 2: (0, True), 3: (180, False), 4: (180, True),
    5: (90, True), 6: (270, False), 7: (270, True), 8: (90, False),
}  # fmt: skip


@dataclass(frozen=True)
class SequenceInfo:
    """What the files of a sequence say. They have no rate of their own, so `clip` wants one.

    `still` is the picture with the rate and duration not said; `header` is that of the first file.
    """

    still: ClipFacts
    header: ImageHeader

    def clip(self, rate: Fraction | None) -> ClipFacts:
        """The sequence played at a rate; raises InputRefused without one, saying what the header says."""
        still = self.still
        if not rate:
            hint = f" (its header says {' and '.join(map(str, self.header.rates))})" if self.header.rates else ""
            raise InputRefused(
                f"{still.path} has no frame rate of its own; name it with --frame-rate, such as 24000/1001{hint}."
            )
        video = replace(still.video, rate=rate)
        timecode, unused = still.timecode, still.unused_timecode
        try:
            timecode = check_timecode(timecode, rate) if timecode else None
            timecode = advance_timecode(timecode, _lead(still.sequence), rate)
        except InputRefused as reason:
            timecode, unused = None, str(reason)
        duration = video.frames / rate
        return replace(still, video=video, duration=duration, timecode=timecode, unused_timecode=unused)


def _lead(sequence: Sequence | None) -> int:
    """How many frames before the first picture, whose header has the timecode, the sequence begins (negative)."""
    return sequence.first - sequence.numbers[0] if sequence else 0


def probe_sequence(sequence: Sequence, rate: Fraction | None) -> ClipFacts:
    """Facts about a sequence that find_sequence found, played at `rate` frames a second.

    Raises InputRefused in one sentence: no rate, a picture that does not decode, a file that went away.
    """
    return read_sequence(sequence).clip(rate)


def read_sequence(sequence: Sequence) -> SequenceInfo:
    """What a sequence is before its rate is chosen; raises InputRefused like probe_sequence."""
    video = _united(sequence)
    stats = _stats(sequence)
    header, unused = _header(sequence)
    still = ClipFacts(
        path=str(sequence),
        container="image2",
        bytes=sum(one.st_size for one in stats),
        modified=max(one.st_mtime_ns for one in stats),
        duration=NOT_SAID,
        video=replace(video, frames=len(sequence.frames), space=header.space if _has_space(video) else ""),
        timecode=header.timecode,
        unused_timecode=unused,
        sequence=sequence,
        marks="".join(map(mark_of, stats)),
        samples=_samples(sequence),
    )
    return SequenceInfo(still, header)


def _has_space(video: VideoFacts) -> bool:
    """Whole numbers in an EXR are no light."""
    return video.codec != "exr" or bool(FLOATS.search(video.pix_fmt))


def _header(sequence: Sequence) -> tuple[ImageHeader, str]:
    """The first file's header, and why its timecode is not taken: one that stands still is none.

    Many writers leave zeros, which says nothing.
    """
    numbers = sequence.numbers
    first, last = (read_image_header(sequence.file(number), sequence.layer) for number in (numbers[0], numbers[-1]))
    if first.timecode is None or len(numbers) == 1 or first.timecode != last.timecode:
        return first, ""
    said = f"Timecode {first.timecode} stands in all pictures alike." if first.timecode != NO_TIMECODE else ""
    return replace(first, timecode=None), said


def seen_anew(clip: ClipFacts) -> ClipFacts:
    """A sequence as its files are now, of facts taken earlier; any other clip as it is. Raises InputRefused."""
    if clip.sequence is None:
        return clip
    now = read_sequence(with_those_rendered(clip.sequence)).still
    return replace(
        clip, bytes=now.bytes, modified=now.modified, marks=now.marks, samples=now.samples, sequence=now.sequence
    )


def _stats(sequence: Sequence) -> list[os.stat_result]:
    try:
        return [os.stat(sequence.file(number)) for number in sequence.numbers]
    except OSError as error:
        raise InputRefused(f"{error.filename} cannot be read: {error.strerror}.") from None


def _samples(sequence: Sequence) -> dict[str, str]:
    try:
        return {str(number): sample_of(sequence.file(number)) for number in sampled_numbers(sequence)}
    except OSError as error:
        raise InputRefused(f"{error.filename} cannot be read: {error.strerror}.") from None


def _united(sequence: Sequence) -> VideoFacts:
    """What its pictures are in common."""
    files = [sequence.file(number) for number in kinds_in(sequence)]
    videos = [_picture(file, sequence) for file in files]
    for file, video in zip(files, videos, strict=True):
        for what, own, first in _told(video, videos[0]):
            if own != first:
                raise InputRefused(
                    f"{file} has {what} {own} where {files[0]} has {first}; render it again like the others."
                )
    common = united(videos)
    if common is None:
        odd = next(n for n, video in enumerate(videos) if video.is_rgb != videos[0].is_rgb)
        raise InputRefused(
            f"{_kind(files[odd], videos[odd])} where {_kind(files[0], videos[0])}; render it again like the others."
        )
    return common


def _told(video: VideoFacts, first: VideoFacts) -> tuple[tuple[str, object, object], ...]:
    return ("size", video.size, first.size), ("pixel aspect", video.sample_aspect, first.sample_aspect)


def _kind(file: str, video: VideoFacts) -> str:
    return f"{file} holds {'RGB' if video.is_rgb else 'YUV'} ({video.pix_fmt})"


def _picture(path: str, sequence: Sequence) -> VideoFacts:
    turn = TURNS_OF[read_image_header(path, sequence.layer).shape.orientation]
    return _video(*decode_image(path, sequence.layer, sequence.layer_prefix), turn)


def _video(frame: Any, codec: Any, turn: tuple[int, bool]) -> VideoFacts:
    components = frame.format.components
    rotation, mirrored = turn
    lies = rotation % 180 != 0
    aspect = Fraction(codec.sample_aspect_ratio or 1)
    return VideoFacts(
        index=0,
        codec=codec.name,
        width=frame.height if lies else frame.width,
        height=frame.width if lies else frame.height,
        rotation=rotation,
        sample_aspect=1 / aspect if lies else aspect,
        rate=NOT_SAID,
        frames=1,
        constant_rate=True,
        interlaced=False,
        pix_fmt=frame.format.name,
        depth=max(component.bits for component in components),
        is_rgb=bool(frame.format.is_rgb or frame.format.has_palette or frame.format.name in FLOAT_GRAY),
        has_alpha=any(component.is_alpha for component in components),
        tags=colour_tags(frame, codec),
        start=Fraction(0),
        mirrored=mirrored,
    )
