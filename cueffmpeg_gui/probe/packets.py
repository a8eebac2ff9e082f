# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Every packet of a file: the times of its pictures, and whether it is whole."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import av
import av.error

from cueffmpeg_gui.errors import InputRefused

# A file may end this much before its own statement of duration: an audio encoder's delay, and rounding.
DURATION_SLACK = Fraction(1, 10)


@dataclass
class Packets:
    """What demuxing a whole file shows: sorted times of the shown pictures, and of the key pictures among them;
    pictures in all, the end of each stream."""

    times: list[int] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)
    count: int = 0
    ends: dict[int, Fraction] = field(default_factory=dict)


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
        raise InputRefused(f"{path} holds no pictures with times; copy or export it again.")
    found.times.sort()
    return found


def check_whole(path: str, container: Any, video: Any, packets: Packets) -> None:
    """A cut-off mp4 lists more pictures than it holds; a cut-off mkv says nothing but its whole length."""
    if packets.count < video.frames:
        raise InputRefused(
            f"{path} is cut off: it holds {packets.count} of {video.frames} pictures; copy or export it again."
        )
    begin = Fraction(container.start_time or 0, av.time_base)
    stated = Fraction(container.duration or 0, av.time_base)
    held = max([packets.times[-1] * video.time_base, *packets.ends.values()]) - begin
    picture = 1 / Fraction(video.average_rate or 1)
    if stated - held > max(DURATION_SLACK, picture):
        raise InputRefused(
            f"{path} is cut off: it says {float(stated):.2f} s but ends after {float(held):.2f} s; "
            "copy or export it again."
        )
