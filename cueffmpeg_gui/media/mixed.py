# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Sources whose pictures are of several kinds: all become one kind that loses nothing of any, before all else."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Optional

from cueffmpeg_gui.media.chroma_sites import site_options, source_site
from cueffmpeg_gui.media.facts import VideoFacts
from cueffmpeg_gui.media.shown import stored_size

BYTE = 8
DEPTHS = (8, 10, 12, 16)
FLOAT_RGB, DEEP_RGB, BYTE_RGB = "gbrpf32le", "gbrp16le", "gbrp"
# The old code of swscale makes 65,280 of white when it deepens it.
NEW_CODE, EXACT = "flags=unstable", "flags=bicubic+accurate_rnd+full_chroma_int"


def united(videos: Sequence[VideoFacts]) -> Optional[VideoFacts]:
    """What pictures of these kinds are in common; None for RGB beside YUV, which no film could show alike."""
    if len({video.pix_fmt for video in videos}) == 1:
        return videos[0]
    is_rgb = all(video.is_rgb or video.is_gray for video in videos)
    if not is_rgb and any(video.is_rgb for video in videos):
        return None
    leading = next((video for video in videos if not video.is_gray), videos[0])
    depth = max(video.depth for video in videos)
    pix_fmt = _rgb(videos, depth) if is_rgb else _yuv(depth)
    has_alpha = any(video.has_alpha for video in videos)
    return replace(leading, pix_fmt=pix_fmt, depth=depth, is_rgb=is_rgb, has_alpha=has_alpha, is_mixed=True)


def unite(video: VideoFacts, range_: str) -> list[str]:
    """The filters that make one kind of them; samples of chroma lie where the source has them."""
    if not video.is_mixed:
        return []
    width, height = stored_size(video)
    site = "" if video.is_rgb else source_site(video.codec, "yuv420p", video.site)
    flags = NEW_CODE if video.is_rgb else EXACT
    options = [f"{width}:{height}", f"in_range={range_}", f"out_range={range_}", flags, *site_options(site, "")]
    return [f"scale={':'.join(options)}", f"format={video.pix_fmt}"]


def _rgb(videos: Sequence[VideoFacts], depth: int) -> str:
    is_float = any("f16" in video.pix_fmt or "f32" in video.pix_fmt for video in videos)
    return FLOAT_RGB if is_float else DEEP_RGB if depth > BYTE else BYTE_RGB


def _yuv(depth: int) -> str:
    fitting = next(each for each in DEPTHS if each >= min(depth, DEPTHS[-1]))
    return f"yuv444p{'' if fitting == BYTE else f'{fitting}le'}"
