# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Facts about the picture, from headers, packet times and the first decoded frame."""

from fractions import Fraction
from typing import Any

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.chroma_sites import is_subsampled
from cueffmpeg_gui.media.clocks import find_clock
from cueffmpeg_gui.media.colour import MATRICES, PRIMARIES, RANGES, TRANSFERS, UNKNOWN, Colour
from cueffmpeg_gui.media.facts import VideoFacts
from cueffmpeg_gui.media.repeats import find_repeats
from cueffmpeg_gui.probe.chroma import said_site
from cueffmpeg_gui.probe.container_crop import container_crop, even_crop
from cueffmpeg_gui.probe.files import opened
from cueffmpeg_gui.probe.turns import turn_of

# H.273's names for a matrix that is not specified.
UNSAID_MATRICES = (2, 3)
# ffmpeg's decoders of these call every picture BT.601, as the format has it; what was really meant the container says.
ALWAYS_601 = ("vp7", "vp8")
# Luma, and alpha. Gray is full range where nothing is said, but for codecs whose standards have it limited then.
MOST_GRAY = 2
LIMITED_GRAY = ("h264", "hevc", "av1", "libdav1d", "vp9", "prores", "mpeg2video")


def video_facts(path: str, stream: Any, times: list[int], begin: Fraction) -> VideoFacts:
    frame = first_frame(path, stream.index)
    if frame.colorspace not in (*MATRICES, *UNSAID_MATRICES):
        raise InputRefused(f"{path} has a colour matrix (H.273 number {frame.colorspace}) that cannot be converted.")
    context = stream.codec_context
    rotation, mirrored = turn_of(frame)
    crop = even_crop(container_crop(path, stream, (context.width, context.height)), frame)
    width, height = context.width - crop[0] - crop[2], context.height - crop[1] - crop[3]
    width, height = (height, width) if rotation % 180 else (width, height)
    aspect = Fraction(stream.sample_aspect_ratio or 1)
    clock = find_clock(times, stream.time_base, *rates_of(stream))
    components = frame.format.components
    is_avi = stream.container.format.name == "avi"
    return VideoFacts(
        index=stream.index,
        codec=context.name,
        width=width,
        height=height,
        rotation=rotation,
        sample_aspect=1 / aspect if rotation % 180 else aspect,
        rate=clock.rate,
        frames=len(times),
        constant_rate=clock.is_constant,
        interlaced=bool(frame.interlaced_frame),
        pix_fmt=frame.format.name,
        depth=max(component.bits for component in components),
        is_rgb=bool(frame.format.is_rgb or frame.format.has_palette),
        has_alpha=any(component.is_alpha for component in components),
        tags=colour_tags(frame, context),
        start=max(Fraction(0), times[0] * stream.time_base - begin),
        crop=crop,
        mirrored=mirrored,
        site=said_site(path, stream) if is_subsampled(frame.format.name) else "",
        repeats=find_repeats(times, stream.frames, Fraction(stream.time_base)) if is_avi else None,
    )


def rates_of(stream: Any) -> tuple[Fraction, list[Fraction]]:
    """The average rate that a file states of a stream, and the others it names."""
    named = [Fraction(rate) for rate in (stream.guessed_rate, stream.average_rate, stream.base_rate) if rate]
    return Fraction(stream.average_rate or stream.guessed_rate or 25), named


def first_frame(path: str, index: int) -> Any:
    with opened(path) as container:
        for frame in container.decode(container.streams[index]):
            return frame
    raise InputRefused(f"{path} holds no picture that decodes; copy or export it again.")


def colour_tags(frame: Any, context: Any) -> Colour:
    """What a decoded frame and its codec say of colour; the one channel of gray has no matrix."""
    matrix = context.colorspace if context.name in ALWAYS_601 else frame.colorspace
    is_gray = is_one_channel(frame.format)
    return Colour(
        _range(frame, context, is_gray),
        UNKNOWN if is_gray else MATRICES.get(int(matrix), UNKNOWN),
        PRIMARIES.get(int(context.color_primaries), UNKNOWN),
        TRANSFERS.get(int(context.color_trc), UNKNOWN),
    )


def is_one_channel(pixels: Any) -> bool:
    """Whether a format is gray, with or without alpha."""
    return len(pixels.components) <= MOST_GRAY and not (pixels.is_rgb or pixels.has_palette)


def _range(frame: Any, context: Any, is_gray: bool) -> str:
    if frame.format.name.startswith("yuvj"):
        return "pc"
    silent = "pc" if is_gray and context.name not in LIMITED_GRAY else UNKNOWN
    return RANGES.get(int(frame.color_range or context.color_range), silent)
