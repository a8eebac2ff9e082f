# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Facts about one clip, remembered while the file stays the same."""

import os
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from typing import Any

import av
import av.error

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.timing import check_timecode
from cueffmpeg_gui.probe.audio import audio_facts, start_of
from cueffmpeg_gui.probe.container_ends import check_end
from cueffmpeg_gui.probe.damage import check_decodes
from cueffmpeg_gui.probe.files import opened, stat_file, video_stream
from cueffmpeg_gui.probe.packets import Packets, check_whole, read_packets
from cueffmpeg_gui.probe.video import video_facts
from cueffmpeg_gui.sequences.formats import check_is_no_picture

# Whole reads of clips that are still the same are not done twice in one process.
_PROBED: dict[tuple[object, ...], ClipFacts] = {}


MOST_PROBED = 256


def probe_clip(path: str, *, decode: bool = False) -> ClipFacts:
    """Facts about one clip; `decode` also decodes pictures (all of a short clip, else its beginning) to find damage.

    Raises InputRefused in one sentence: missing, a folder, empty, no media, no picture, cut off, damaged.
    """
    path = os.path.abspath(path)
    found = stat_file(path)
    check_is_no_picture(path)
    key = (path, found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
    known = _PROBED.get((*key, True)) or (None if decode else _PROBED.get((*key, False)))
    if known:
        return known
    facts = _probe(path, found)
    if decode:
        facts = check_decodes(facts)
    if len(_PROBED) >= MOST_PROBED:
        _PROBED.clear()
    _PROBED[(*key, decode)] = facts
    return facts


def _probe(path: str, found: os.stat_result) -> ClipFacts:
    try:
        with opened(path) as container:
            check_is_no_picture(path, container.format.name)
            stream = video_stream(container, path)
            packets = read_packets(container, stream, path)
            check_whole(path, container, stream, packets)
            check_end(path, container.format.name)
            return _clip(path, found, container, stream, packets)
    except av.error.FFmpegError as error:
        raise InputRefused(f"{path} is no media file that can be read ({error.strerror or error}).") from None


def _clip(path: str, found: os.stat_result, container: Any, stream: Any, packets: Packets) -> ClipFacts:
    begin = Fraction(container.start_time or 0, av.time_base)
    video = replace(video_facts(path, stream, packets.times, begin), lost=packets.lost)
    return ClipFacts(
        path=path,
        container=container.format.name,
        bytes=found.st_size,
        modified=found.st_mtime_ns,
        duration=Fraction(container.duration or 0, av.time_base) or video.frames / video.rate,
        video=video,
        start=begin,
        audio=tuple(
            audio_facts(s, packets.ends.get(s.index, begin) - begin, start_of(s, begin))
            for s in container.streams.audio
            if s.codec_context is not None
        ),
        timecode=_timecode(container, video.rate),
    )


def _timecode(container: Any, rate: Fraction) -> str | None:
    """The first timecode that can be one at this rate; a tag may hold anything."""
    for metadata in (*(stream.metadata for stream in container.streams), container.metadata):
        with suppress(InputRefused):
            return check_timecode(metadata.get("timecode", ""), rate)
    return None
