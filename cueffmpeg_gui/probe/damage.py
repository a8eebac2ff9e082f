# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Whether the pictures of a clip decode."""

from collections.abc import Iterator
from itertools import dropwhile
from typing import Any

import av
import av.error

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.probe.changes import Kind, kind_of, with_kinds
from cueffmpeg_gui.probe.files import opened

# Pictures times pixels that are decoded to find damage before submitting: about 2,000 pictures of 1080p.
DECODE_BUDGET = 2000 * 1920 * 1080


# Of files that promise no end, also the pictures after the last key picture: there a cut shows.
ENDLESS = ("mpegts", "mpeg")
LAST_SECONDS = 2


def check_decodes(facts: ClipFacts) -> ClipFacts:
    """The clip with what its pictures are in common; raises InputRefused when pictures do not decode.

    The verdict on a file is the same in every run.
    """
    budget = max(1, DECODE_BUDGET // (facts.video.width * facts.video.height))
    wanted = min(budget, facts.video.frames)
    decoded = 0
    kinds: dict[Kind, int] = {}
    try:
        for number, frame in zip(range(wanted), _sound_frames(facts)):
            kinds.setdefault(kind_of(frame), number)
            decoded += 1
    except av.error.FFmpegError:
        pass
    if decoded < wanted:
        raise InputRefused(
            f"{facts.path} is damaged after picture {decoded} of {facts.video.frames}; copy or export it again."
        )
    if decoded < facts.video.frames and facts.container in ENDLESS:
        _check_last(facts)
    return with_kinds(facts, kinds)


def _check_last(facts: ClipFacts) -> None:
    try:
        with opened(facts.path) as container:
            stream = container.streams[facts.video.index]
            stream.thread_type = "NONE"
            end = facts.start + facts.video.frames / facts.video.rate - LAST_SECONDS
            container.seek(int(end / stream.time_base), stream=stream)
            packets = dropwhile(lambda packet: not packet.is_keyframe, container.demux(stream))
            is_whole = not any(frame.is_corrupt for packet in packets for frame in packet.decode())
    except av.error.FFmpegError:
        is_whole = False
    if not is_whole:
        raise InputRefused(f"{facts.path} is damaged in its last pictures; copy or export it again.")


def _sound_frames(facts: ClipFacts) -> Iterator[Any]:
    with opened(facts.path) as container:
        stream = container.streams[facts.video.index]
        # Threads that decode pictures beside each other find other damage in every run; parts of one picture do not.
        stream.thread_type = "SLICE" if stream.codec_context.codec.intra_only else "NONE"
        for frame in container.decode(stream):
            if frame.is_corrupt:
                return
            yield frame
