# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Whether an output is what was asked for. ffmpeg exits 0 for much that is not."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from cueffmpeg_gui.errors import OutputRejected
from cueffmpeg_gui.media.encode import EncodeTask
from cueffmpeg_gui.media.inspect import Inspection
from cueffmpeg_gui.media.timing import ticks_per_frame, timescale

# One AAC frame at 44.1 kHz and a little: containers round the end of a stream.
AUDIO_TOLERANCE = Fraction(3, 100)


def check_encode(encode: EncodeTask, found: Inspection) -> None:
    """Raises OutputRejected with the first thing that is not as asked."""
    _check_pairs([*_picture_pairs(encode, found), *_file_pairs(encode, found)])
    _check_steps(encode, found)
    _check_audio(encode, found)


def check_chunk(encode: EncodeTask, found: Inspection) -> None:
    """As check_encode, for the picture of one chunk."""
    _check_pairs(_picture_pairs(encode, found))
    _check_steps(encode, found)


def _check_pairs(pairs: Iterable[tuple[str, object, object]]) -> None:
    for what, wanted, got in pairs:
        if wanted != got:
            raise OutputRejected(f"The encode has {what} {got} where {wanted} was asked for.")


def _picture_pairs(encode: EncodeTask, found: Inspection) -> Iterator[tuple[str, object, object]]:
    width, height = encode.geometry.output
    yield "frames", len(encode.frames), len(found.times)
    yield "codec", encode.codec.stream_codec, found.codec
    yield "size", f"{width}x{height}", f"{found.width}x{found.height}"
    yield "pixel format", encode.values["pix_fmt"], found.pix_fmt
    yield "colour", encode.colour, found.tags
    if not encode.geometry.scales or encode.source.video.sample_aspect == 1:
        yield "pixel aspect", encode.source.video.sample_aspect, found.sample_aspect


def _file_pairs(encode: EncodeTask, found: Inspection) -> Iterator[tuple[str, object, object]]:
    yield "timecode", encode.timecode, found.timecode
    yield "audio streams", len(encode.audio), len(found.audio_ends)


def _check_steps(encode: EncodeTask, found: Inspection) -> None:
    video = encode.source.video
    if not video.constant_rate:
        return
    ticks = Fraction(ticks_per_frame(video.rate), timescale(video.rate)) / found.time_base
    steps = {later - earlier for earlier, later in zip(found.times, found.times[1:])}
    if steps - {ticks}:
        raise OutputRejected(f"The encode's frames are not evenly {video.rate} a second.")
    if found.lengths - {ticks}:
        raise OutputRejected(f"A frame of the encode does not last 1/{video.rate} of a second.")


def _check_audio(encode: EncodeTask, found: Inspection) -> None:
    if found.audio_holes:
        raise OutputRejected(f"The encode's sound has a hole at {float(found.audio_holes[0]):.2f} s.")
    if encode.sound is None and not encode.keeps_start:
        return
    for stream, end in zip(encode.audio, found.audio_ends):
        wanted = encode.sound.length if encode.sound else stream.duration
        short = end < wanted - AUDIO_TOLERANCE
        long = encode.sound is not None and end > wanted + AUDIO_TOLERANCE
        if wanted and (short or long):
            raise OutputRejected(
                f"The encode's sound ends at {float(end):.2f} s where {float(wanted):.2f} s were asked for."
            )
