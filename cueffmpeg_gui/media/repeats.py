# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""AVI may leave a picture empty: players then show the one before again. A film of it has all of them."""

from dataclasses import replace
from fractions import Fraction
from typing import Optional

from cueffmpeg_gui.media.facts import ClipFacts, Repeats, VideoFacts


def with_repeats(clip: ClipFacts) -> ClipFacts:
    """The clip with the pictures that players show; any other clip as it is."""
    video, shown = clip.video, clip.video.repeats
    if shown is None:
        return clip
    return replace(clip, video=replace(video, frames=shown.frames, rate=shown.rate, constant_rate=True))


def shows_again(video: VideoFacts) -> bool:
    """Whether these are the facts of a clip with its repeats."""
    return video.repeats is not None and video.constant_rate


def repeat_filters(video: VideoFacts) -> tuple[str, ...]:
    """The filters that show pictures again where nothing stands, of a clip with its repeats."""
    shown = video.repeats
    if shown is None or not shows_again(video):
        return ()
    return f"fps={shown.rate}:start_time=0", "tpad=stop_mode=clone:stop=-1", f"trim=end_frame={shown.frames}"


def find_repeats(times: list[int], held: int, time_base: Fraction) -> Optional[Repeats]:
    """What an AVI shows whose pictures have these times; `held` is how many it says to have, with the empty ones."""
    total = max(times[-1] + 1, held)
    if total == len(times) or times[0] != 0:
        return None
    return Repeats(total, 1 / time_base)
