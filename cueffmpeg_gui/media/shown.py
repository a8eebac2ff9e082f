# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""From a picture as it is stored to the picture as it is shown: cropped, then turned.

ffmpeg is told not to do it by itself, so that encodes, comparisons and views all do the same.
"""

from cueffmpeg_gui.media.facts import VideoFacts

# By degrees counter-clockwise, and whether left and right are exchanged before.
TURNS: dict[tuple[int, bool], tuple[str, ...]] = {
    (90, False): ("transpose=cclock",),
    (180, False): ("hflip", "vflip"),
    (270, False): ("transpose=clock",),
    (0, True): ("hflip",),
    (90, True): ("transpose=cclock_flip",),
    (180, True): ("vflip",),
    (270, True): ("transpose=clock_flip",),
}
# The turn would go into the encode's header, too.
BYTE = 8
FORGET_TURN = "sidedata=mode=delete:type=DISPLAYMATRIX"


def raw_input(video: VideoFacts) -> tuple[str, ...]:
    """ffmpeg's arguments before an input that is to be read as it is stored (-apply_cropping knows words since 7.1)."""
    turns = ("-noautorotate",) if _turn(video) else ()
    # One chain of filters for all kinds of pictures: a new one would count frames from 0 again.
    one_chain = ("-reinit_filter", "0") if video.is_mixed else ()
    return (*one_chain, *turns, *(("-apply_cropping", "codec") if any(video.crop) else ()))


def show_filters(video: VideoFacts) -> tuple[str, ...]:
    """The filters after it."""
    turn = _turn(video)
    return (*_crop(video), *(_whole_chroma(video) if turn else ()), *turn, *((FORGET_TURN,) if turn else ()))


def stored_size(video: VideoFacts) -> tuple[int, int]:
    """Width and height as stored."""
    left, top, right, bottom = video.crop
    width, height = (video.height, video.width) if video.rotation % 180 else (video.width, video.height)
    return width + left + right, height + top + bottom


def stored_place(video: VideoFacts, x: float, y: float) -> tuple[float, float]:
    """The place in the stored picture of a place in the shown one, both in fractions of their sides."""
    turned = {90: (1 - y, x), 180: (1 - x, 1 - y), 270: (y, 1 - x)}
    x, y = turned.get(video.rotation, (x, y))
    x = 1 - x if video.mirrored else x
    left, top, right, bottom = video.crop
    width, height = stored_size(video)
    return (left + x * (width - left - right)) / width, (top + y * (height - top - bottom)) / height


def _turn(video: VideoFacts) -> tuple[str, ...]:
    return TURNS.get((video.rotation, video.mirrored), ())


def _whole_chroma(video: VideoFacts) -> tuple[str, ...]:
    """Chroma for each pixel: turned, it would lie where no name says (right of its luma)."""
    site = video.stored_site
    if not site:
        return ()
    depth = f"{video.depth}le" if video.depth > BYTE else ""
    told = f"in_range={video.colour.range}:out_range={video.colour.range}:in_chroma_loc={site}"
    return f"scale={told}:flags=bicubic+accurate_rnd+full_chroma_int", f"format=yuv444p{depth}"


def _crop(video: VideoFacts) -> tuple[str, ...]:
    if not any(video.crop):
        return ()
    left, top, right, bottom = video.crop
    return (f"crop=iw-{left + right}:ih-{top + bottom}:{left}:{top}:exact=1",)
