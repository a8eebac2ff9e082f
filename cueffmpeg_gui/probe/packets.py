# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Every packet of a file: the times of its pictures, and whether it is whole."""

import re
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import av
import av.error

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.probe.decodable import even_times, lost_at_start

# A file may end this much before its own statement of duration: an audio encoder's delay, and rounding.
DURATION_SLACK = Fraction(1, 10)
_CLOCK = re.compile(r"(\d+):(\d\d):(\d\d(?:\.\d{1,9})?)")


@dataclass
class Packets:
    """What demuxing a whole file shows: sorted times of the shown pictures, and of the key pictures among them;
    pictures in all, the end of each stream. `lost` at the start do not decode, and are not among the times."""

    times: list[int] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)
    count: int = 0
    ends: dict[int, Fraction] = field(default_factory=dict)
    lost: int = 0


def read_packets(container: Any, video: Any, path: str) -> Packets:
    found = Packets()
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
                if packet.is_keyframe:
                    found.keys.append(found.times[-1])
        if packet.pts is not None:
            end = (packet.pts + (packet.duration or 0)) * packet.time_base
            found.ends[packet.stream.index] = max(end, found.ends.get(packet.stream.index, end))
    if not found.times or None in found.times:
        found.times, found.keys = even_times(path, container, video), []
        return found
    found.times.sort()
    found.lost = lost_at_start(path, video.index, found.times, found.keys)
    found.times = found.times[found.lost :]
    return found


def check_whole(path: str, container: Any, video: Any, packets: Packets) -> None:
    """A cut-off mp4 lists more pictures than it holds; others say how long they are, or each of their streams.

    What an edit list leaves out is no longer listed.

    Each stream is looked at by itself: sound that goes on hides no picture that is missing.
    """
    listed = len(video.index_entries) if "mov" in container.format.name and video.frames else video.frames
    if _held(packets, container) < listed:
        raise InputRefused(
            f"{path} is cut off: it holds {packets.count} of {listed} pictures; copy or export it again."
        )
    # What Matroska says is not how long it is but when it ends.
    counts_from_zero = "matroska" in container.format.name
    begin = Fraction(0) if counts_from_zero else Fraction(container.start_time or 0, av.time_base)
    stated = Fraction(container.duration or 0, av.time_base)
    held = max([packets.times[-1] * video.time_base, *packets.ends.values()]) - begin
    picture = 1 / Fraction(video.average_rate or 1)
    slack = max(DURATION_SLACK, picture)
    if stated - held > slack:
        raise _cut_off(path, "it", stated, held)
    for stream in (video, *container.streams.audio):
        end = packets.ends.get(stream.index, begin)
        said = _said_end(stream, begin)
        if said - end > (picture if stream.type == "video" else slack):
            raise _cut_off(path, f"its {'picture' if stream.type == 'video' else 'sound'}", said - begin, end - begin)


def _held(packets: Packets, container: Any) -> int:
    """The pictures a file holds, with those that AVI leaves empty: the one before is shown on."""
    shows_on = packets.lost + packets.times[-1] + 1 if container.format.name == "avi" else 0
    return max(packets.count, shows_on)


def _cut_off(path: str, what: str, stated: Fraction, held: Fraction) -> InputRefused:
    return InputRefused(
        f"{path} is cut off: {what} says {float(stated):.2f} s but ends after {float(held):.2f} s; "
        "copy or export it again."
    )


def _said_end(stream: Any, begin: Fraction) -> Fraction:
    """Where a stream says it ends, in the file's time; 0 where it does not. Matroska keeps that in tags (ffmpeg and
    mkvmerge write them), MXF in each track."""
    match = _CLOCK.fullmatch(stream.metadata.get("DURATION", ""))
    if match:
        hours, minutes, seconds = match.groups()
        return int(hours) * 3600 + int(minutes) * 60 + Fraction(seconds)
    if stream.container.format.name == "mxf" and stream.duration:
        return begin + Fraction(stream.duration * Fraction(stream.time_base))
    return Fraction(0)
