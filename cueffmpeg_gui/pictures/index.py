# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The time of every picture of a clip, in the order shown: from the container's own index, else from every packet."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any

from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.seek import can_seek
from cueffmpeg_gui.probe.files import opened
from cueffmpeg_gui.probe.packets import read_packets

# So many packets hold the first picture shown, however a codec reorders them (H.264 and HEVC: at most 16).
REORDER = 32


@dataclass(frozen=True)
class PictureIndex:
    """Times in ticks of the stream's clock, one a picture, sorted; about where the key pictures are.

    `keys` are numbers of pictures, sorted. They only say where a seek is worth it: a key picture of an open GOP is
    shown a few pictures after its place in the file.
    """

    times: Sequence[int]
    keys: Sequence[int]

    def number_of(self, time: int) -> int | None:
        """The picture shown at just this time, counted from 0."""
        number = bisect_left(self.times, time)
        return number if number < len(self.times) and self.times[number] == time else None

    def has_key(self, after: int, until: int) -> bool:
        """Whether decoding could begin anew between two pictures."""
        return bisect_right(self.keys, after) < bisect_right(self.keys, until)

    def key_before(self, number: int) -> int:
        """The nearest key picture before this one; 0 where there is none."""
        place = bisect_left(self.keys, number)
        return self.keys[place - 1] if place else 0


def read_index(clip: ClipFacts) -> PictureIndex:
    """The index of a clip; raises InputRefused when it holds no pictures with times."""
    with opened(clip.path) as container:
        stream = container.streams[clip.video.index]
        found = _of_entries(container, stream)
    # The container's table also holds what no decoder gives.
    return found if found and len(found.times) == clip.video.frames else _of_packets(clip)


def _of_packets(clip: ClipFacts) -> PictureIndex:
    """Reads the whole file."""
    with opened(clip.path) as container:
        stream = container.streams[clip.video.index]
        found = read_packets(container, stream, clip.path)
    times = found.times
    keys = [bisect_left(times, time) for time in sorted(found.keys)] if can_seek(clip) else []
    return PictureIndex(times, keys)


def _of_entries(container: Any, stream: Any) -> PictureIndex | None:
    """From the table that mov and mp4 keep of decoding times, where it is complete and has the times of showing.

    It does when every picture is a key picture (nothing is reordered), or when the times step evenly: reordering even
    steps gives the same steps again, moved by the time of the first picture shown. Hidden pictures spoil it.
    """
    entries = [(e.timestamp, e.is_keyframe, e.is_discard) for e in stream.index_entries]
    if not entries or len(entries) != stream.frames or any(hidden for _, _, hidden in entries):
        return None
    decoded = [time for time, _, _ in entries]
    keys = [number for number, (_, is_key, _) in enumerate(entries) if is_key]
    steps = {later - earlier for earlier, later in pairwise(decoded)}
    if len(steps) > 1 and len(keys) < len(entries):
        return None
    first = _first_time(container, stream, 1 if len(keys) == len(entries) else REORDER)
    if first is None or min(steps, default=1) <= 0:
        return None
    return PictureIndex([time - decoded[0] + first for time in decoded], keys)


def _first_time(container: Any, stream: Any, count: int) -> int | None:
    """The earliest time of showing among the first packets."""
    packets = [packet for packet in islice(container.demux(stream), count) if packet.size]
    if any(packet.pts is None or packet.is_discard for packet in packets):
        return None
    return min((packet.pts for packet in packets), default=None)
