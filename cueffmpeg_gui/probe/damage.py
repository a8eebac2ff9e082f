# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Whether the pictures of a clip decode."""

from collections.abc import Iterator
from typing import Any

import av
import av.error

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.probe.files import opened

# Pictures times pixels that are decoded to find damage before submitting: about 2,000 pictures of 1080p.
DECODE_BUDGET = 2000 * 1920 * 1080


def check_decodes(facts: ClipFacts) -> None:
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
    with opened(facts.path) as container:
        stream = container.streams[facts.video.index]
        stream.thread_type = "AUTO"
        for frame in container.decode(stream):
            if frame.is_corrupt:
                return
            yield frame
