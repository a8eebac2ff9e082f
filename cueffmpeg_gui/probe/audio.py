# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Facts about sound."""

import os
from fractions import Fraction
from typing import Any

import av
import av.error

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.facts import AudioFacts, SoundFile
from cueffmpeg_gui.media.sound import PCM
from cueffmpeg_gui.probe.files import kinds_of, opened, stat_file
from cueffmpeg_gui.probe.piped import samples_of_piped


def probe_sound(path: str) -> SoundFile:
    """The sound of a file; raises InputRefused when it has none or cannot be read to its end."""
    path = os.path.abspath(path)
    found = stat_file(path)
    try:
        with opened(path) as container:
            audio = [stream for stream in container.streams.audio if stream.codec_context is not None]
            if not audio:
                raise InputRefused(f"{path} has no sound, only {kinds_of(container)}; name a file with audio.")
            samples, ends = _read_samples(container, audio)
            at = samples_of_piped(path) if container.format.name == "wav" and audio[0].name.startswith(PCM) else 0
            silent = [index for index, seconds in samples.items() if not seconds]
            streams = tuple(_placed(container, stream, samples[stream.index], ends[stream.index]) for stream in audio)
    except av.error.FFmpegError as error:
        raise InputRefused(f"{path} is no sound file that can be read ({error.strerror or error}).") from None
    if silent:
        raise InputRefused(f"{path} holds no sound in stream {silent[0]}; copy or export it again.")
    return SoundFile(path, found.st_size, found.st_mtime_ns, streams, at)


def _placed(container: Any, stream: Any, seconds: Fraction, end: Fraction) -> AudioFacts:
    begin = Fraction(container.start_time or 0, av.time_base)
    start = start_of(stream, begin)
    # Gaps in the time stamps are silence, and last, too.
    return audio_facts(stream, max(start + seconds, end - begin), start)


def _read_samples(container: Any, audio: list[Any]) -> tuple[dict[int, Fraction], dict[int, Fraction]]:
    """Seconds of sound in each stream, counted packet by packet; and its end by the time stamps."""
    seconds = {stream.index: Fraction(0) for stream in audio}
    ends = dict(seconds)
    for packet in container.demux(*audio):
        if packet.size and not packet.is_discard:
            length = (packet.duration or 0) * packet.time_base
            seconds[packet.stream.index] += length
            if packet.pts is not None:
                ends[packet.stream.index] = max(ends[packet.stream.index], packet.pts * packet.time_base + length)
    return seconds, ends


def audio_facts(stream: Any, end: Fraction, start: Fraction) -> AudioFacts:
    """Facts about one stream that lasts from `start` to `end`, in seconds after the file's start."""
    context = stream.codec_context
    return AudioFacts(stream.index, context.name, context.rate, context.channels, context.layout.name, end, start)


def start_of(stream: Any, begin: Fraction) -> Fraction:
    """Seconds from the file's start to the stream's first sample; an encoder's delay before it is skipped."""
    return max(Fraction(0), (stream.start_time or 0) * Fraction(stream.time_base) - begin)
