# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Media facts for the front ends, through PyAV: headers, every packet's time, and whether the pictures decode."""

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

import av
import av.error

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.colour import MATRICES, PRIMARIES, RANGES, TRANSFERS, UNKNOWN, Colour
from cueffmpeg_gui.media.facts import AudioFacts, ClipFacts, SoundFile, VideoFacts
from cueffmpeg_gui.media.timing import check_timecode, is_constant, snap_rate

# A file may end this much before its own statement of duration: an audio encoder's delay, and rounding.
DURATION_SLACK = Fraction(1, 10)
READ_BUFFER = 1 << 20
# H.273's words for a matrix that is not said.
UNSAID_MATRICES = (2, 3)
# Pictures times pixels that are decoded to find damage before submitting: about 2,000 pictures of 1080p.
DECODE_BUDGET = 2000 * 1920 * 1080
# Whole reads of clips that are still the same are not done twice in one process.
_PROBED: dict[tuple[object, ...], ClipFacts] = {}
MOST_PROBED = 256


@dataclass(frozen=True)
class Thumbnail:
    """A small picture: rows of RGB bytes without gaps; `rotation` degrees counter-clockwise are yet to be made."""

    width: int
    height: int
    rgb: bytes
    rotation: int = 0


def probe_clip(path: str, *, decode: bool = False) -> ClipFacts:
    """Facts about one clip; `decode` also decodes pictures (all of a short clip, else its beginning) to find damage.

    Raises InputRefused in one sentence: missing, a folder, empty, no media, no picture, cut off, damaged.
    """
    path = os.path.abspath(path)
    found = _stat(path)
    key = (path, found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
    known = _PROBED.get((*key, True)) or (None if decode else _PROBED.get((*key, False)))
    if known:
        return known
    facts = _probe(path, found)
    if decode:
        _check_decodes(facts)
    if len(_PROBED) >= MOST_PROBED:
        _PROBED.clear()
    _PROBED[(*key, decode)] = facts
    return facts


def _probe(path: str, found: os.stat_result) -> ClipFacts:
    try:
        with _opened(path) as container:
            stream = _video_stream(container, path)
            packets = _read_packets(container, stream, path)
            _check_whole(path, container, stream, packets)
            return _clip(path, found, container, stream, packets)
    except av.error.FFmpegError as error:
        raise InputRefused(f"{path} is no media file that can be read ({error.strerror or error}).") from None


def read_thumbnail(path: str, at: Fraction, box: tuple[int, int]) -> Thumbnail | None:
    """The picture near `at` seconds of a clip, or an image file's only one, that fits into a box; None where none does.

    A thumbnail is a help and no proof: trouble with it is no trouble with the file.
    """
    try:
        with _opened(path) as container:
            stream = container.streams.video[0]
            if at > 0 and stream.time_base:
                container.seek(int(at / stream.time_base), stream=stream)
            return _thumbnail(next(container.decode(stream)), stream, box)
    except (av.error.FFmpegError, OSError, StopIteration, LookupError, ValueError):
        return None


def _thumbnail(frame: Any, stream: Any, box: tuple[int, int]) -> Thumbnail:
    rotation = round(frame.rotation) % 360
    across, down = box if rotation % 180 == 0 else (box[1], box[0])
    shown = frame.width * Fraction(stream.sample_aspect_ratio or 1)
    scale = min(across / shown, Fraction(down, frame.height))
    width, height = max(2, round(shown * scale)), max(2, round(frame.height * scale))
    plane = frame.reformat(width, height, "rgb24").planes[0]
    data, stride = bytes(plane), plane.line_size
    rows = b"".join(data[line * stride : line * stride + 3 * width] for line in range(height))
    return Thumbnail(width, height, rows, rotation)


def probe_sound(path: str) -> SoundFile:
    """The sound of a file; raises InputRefused when it has none or cannot be read to its end."""
    path = os.path.abspath(path)
    found = _stat(path)
    try:
        with _opened(path) as container:
            audio = [stream for stream in container.streams.audio if stream.codec_context is not None]
            if not audio:
                raise InputRefused(f"{path} has no sound, only {_kinds(container)}; name a file with audio.")
            samples = _read_samples(container, audio)
            streams = tuple(_audio(stream, samples[stream.index], Fraction(0)) for stream in audio)
    except av.error.FFmpegError as error:
        raise InputRefused(f"{path} is no sound file that can be read ({error.strerror or error}).") from None
    silent = [stream.index for stream in streams if not stream.duration]
    if silent:
        raise InputRefused(f"{path} holds no sound in stream {silent[0]}; copy or export it again.")
    return SoundFile(path, found.st_size, found.st_mtime_ns, streams)


def with_cuts(clip: ClipFacts, frames: Iterable[int]) -> ClipFacts:
    """The clip with the times midway before these frames (its own numbers), for exact seeks. Reads every packet."""
    wanted = sorted(set(frames))
    if clip.sequence is not None or not wanted:
        return clip
    with _opened(clip.path) as container:
        stream = container.streams[clip.video.index]
        times = _read_packets(container, stream, clip.path).times
        base = stream.time_base
    cuts = {str(frame): Fraction(times[frame - 2] + times[frame - 1], 2) * base for frame in wanted}
    return replace(clip, cuts={**clip.cuts, **cuts})


def _read_samples(container: Any, audio: list[Any]) -> dict[int, Fraction]:
    """Seconds of sound in each stream, counted packet by packet."""
    seconds = {stream.index: Fraction(0) for stream in audio}
    for packet in container.demux(*audio):
        if packet.size and not packet.is_discard:
            seconds[packet.stream.index] += (packet.duration or 0) * packet.time_base
    return seconds


@contextmanager
def _opened(path: str) -> Iterator[Any]:
    """An opened file, not its name: names may hold colons, bytes that are no text, or patterns."""
    with open(path, "rb") as file, av.open(file, buffer_size=READ_BUFFER, metadata_errors="replace") as container:
        yield container


def _stat(path: str) -> os.stat_result:
    try:
        found = os.stat(path)
        if stat.S_ISDIR(found.st_mode):
            raise InputRefused(f"{path} is a folder; name the clip in it.")
        if not stat.S_ISREG(found.st_mode):
            raise InputRefused(f"{path} is no regular file.")
        with open(path, "rb"):
            pass
    except OSError as error:
        raise InputRefused(f"{path} cannot be read: {error.strerror}.") from None
    if found.st_size == 0:
        raise InputRefused(f"{path} is empty; it may still be being copied.")
    return found


def _video_stream(container: Any, path: str) -> Any:
    cover = av.stream.Disposition.attached_pic
    streams = [s for s in container.streams.video if s.codec_context is not None and not s.disposition & cover]
    if not streams:
        raise InputRefused(f"{path} has no picture, only {_kinds(container)}; name a file with video.")
    if not streams[0].codec_context.width:
        raise InputRefused(f"{path} is damaged: its picture has no size.")
    return streams[0]


def _kinds(container: Any) -> str:
    return " and ".join(sorted({stream.type for stream in container.streams})) or "nothing"


@dataclass
class _Packets:
    """What demuxing a whole file shows: sorted times of the shown pictures, pictures in all, the end of each stream."""

    times: list[int] = field(default_factory=list)
    count: int = 0
    ends: dict[int, Fraction] = field(default_factory=dict)


def _read_packets(container: Any, video: Any, path: str) -> _Packets:
    found = _Packets()
    for packet in container.demux():
        if not packet.size:
            continue
        if packet.is_corrupt:
            raise InputRefused(f"{path} is damaged: it holds corrupt packets; copy or export it again.")
        if packet.stream.index == video.index:
            found.count += 1
            # An edit list hides some packets.
            if not packet.is_discard:
                found.times.append(packet.pts if packet.pts is not None else packet.dts)
        if packet.pts is not None:
            end = (packet.pts + (packet.duration or 0)) * packet.time_base
            found.ends[packet.stream.index] = max(end, found.ends.get(packet.stream.index, end))
    if not found.times or None in found.times:
        raise InputRefused(f"{path} holds no pictures with times; copy or export it again.")
    found.times.sort()
    return found


def _clip(path: str, found: os.stat_result, container: Any, stream: Any, packets: _Packets) -> ClipFacts:
    begin = Fraction(container.start_time or 0, av.time_base)
    video = _video(path, stream, packets.times, begin)
    return ClipFacts(
        path=path,
        container=container.format.name,
        bytes=found.st_size,
        modified=found.st_mtime_ns,
        duration=Fraction(container.duration or 0, av.time_base),
        video=video,
        start=begin,
        audio=tuple(
            _audio(s, packets.ends.get(s.index, begin) - begin, _start(s, begin))
            for s in container.streams.audio
            if s.codec_context is not None
        ),
        timecode=_timecode(container, video.rate),
    )


def _video(path: str, stream: Any, times: list[int], begin: Fraction) -> VideoFacts:
    frame = _first_frame(path, stream.index)
    if frame.colorspace not in (*MATRICES, *UNSAID_MATRICES):
        raise InputRefused(f"{path} has a colour matrix (H.273 number {frame.colorspace}) that cannot be converted.")
    context = stream.codec_context
    rotation = round(frame.rotation) % 360
    width, height = (context.height, context.width) if rotation % 180 else (context.width, context.height)
    aspect = Fraction(stream.sample_aspect_ratio or 1)
    rate = snap_rate(Fraction(stream.average_rate or stream.guessed_rate or 25))
    components = frame.format.components
    return VideoFacts(
        index=stream.index,
        codec=context.name,
        width=width,
        height=height,
        rotation=rotation,
        sample_aspect=1 / aspect if rotation % 180 else aspect,
        rate=rate,
        frames=len(times),
        constant_rate=is_constant(times, stream.time_base, rate),
        interlaced=bool(frame.interlaced_frame),
        pix_fmt=frame.format.name,
        depth=max(component.bits for component in components),
        is_rgb=bool(frame.format.is_rgb or frame.format.has_palette),
        has_alpha=any(component.is_alpha for component in components),
        tags=colour_tags(frame, context),
        start=max(Fraction(0), times[0] * stream.time_base - begin),
    )


def _first_frame(path: str, index: int) -> Any:
    with _opened(path) as container:
        for frame in container.decode(container.streams[index]):
            return frame
    raise InputRefused(f"{path} holds no picture that decodes; copy or export it again.")


def colour_tags(frame: Any, context: Any) -> Colour:
    """What a decoded frame and its codec say of colour."""
    full = frame.format.name.startswith("yuvj")
    return Colour(
        "pc" if full else RANGES.get(int(frame.color_range or context.color_range), UNKNOWN),
        MATRICES.get(int(frame.colorspace), UNKNOWN),
        PRIMARIES.get(int(context.color_primaries), UNKNOWN),
        TRANSFERS.get(int(context.color_trc), UNKNOWN),
    )


def _audio(stream: Any, end: Fraction, start: Fraction) -> AudioFacts:
    context = stream.codec_context
    return AudioFacts(stream.index, context.name, context.rate, context.channels, context.layout.name, end, start)


def _start(stream: Any, begin: Fraction) -> Fraction:
    """Seconds from the file's start to the stream's first sample; an encoder's delay before it is skipped."""
    return max(Fraction(0), (stream.start_time or 0) * Fraction(stream.time_base) - begin)


def _timecode(container: Any, rate: Fraction) -> str | None:
    """The first timecode that can be one at this rate; a tag may hold anything."""
    for metadata in (*(stream.metadata for stream in container.streams), container.metadata):
        with suppress(InputRefused):
            return check_timecode(metadata.get("timecode", ""), rate)
    return None


def _check_whole(path: str, container: Any, video: Any, packets: _Packets) -> None:
    """A cut-off mp4 lists more pictures than it holds; a cut-off mkv says nothing but its whole length."""
    if packets.count < video.frames:
        raise InputRefused(
            f"{path} is cut off: it holds {packets.count} of {video.frames} pictures; copy or export it again."
        )
    begin = Fraction(container.start_time or 0, av.time_base)
    stated = Fraction(container.duration or 0, av.time_base)
    held = max([packets.times[-1] * video.time_base, *packets.ends.values()]) - begin
    if stated - held > DURATION_SLACK:
        raise InputRefused(
            f"{path} is cut off: it says {float(stated):.2f} s but ends after {float(held):.2f} s; "
            "copy or export it again."
        )


def _check_decodes(facts: ClipFacts) -> None:
    budget = max(1, DECODE_BUDGET // (facts.video.width * facts.video.height))
    wanted = min(budget, facts.video.frames)
    decoded = 0
    try:
        for _ in zip(range(wanted), _sound_frames(facts)):
            decoded += 1
    except av.error.FFmpegError:
        pass
    if decoded < wanted:
        raise InputRefused(
            f"{facts.path} is damaged after picture {decoded} of {facts.video.frames}; copy or export it again."
        )


def _sound_frames(facts: ClipFacts) -> Iterator[Any]:
    with _opened(facts.path) as container:
        stream = container.streams[facts.video.index]
        stream.thread_type = "AUTO"
        for frame in container.decode(stream):
            if frame.is_corrupt:
                return
            yield frame
