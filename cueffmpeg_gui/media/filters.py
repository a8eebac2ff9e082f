# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Filter chains: retiming by frame number, and colour said explicitly."""

import re
from dataclasses import replace
from typing import Optional

from cueffmpeg_gui.media.chroma_sites import site_options, target_site
from cueffmpeg_gui.media.colour import Colour, scale_matrix
from cueffmpeg_gui.media.facts import VideoFacts
from cueffmpeg_gui.media.mixed import unite
from cueffmpeg_gui.media.timing import ticks_per_frame, timescale

# Without these swscale takes shortcuts that cost up to a code value.
SCALE_FLAGS = "+accurate_rnd+full_chroma_int"
BYTE = 8
DEEP_RGB, DEEP_YUV, WHOLE_RGB = "gbrp12le", "yuv444p16le", "gbrp16le"
# Floats go beyond black and white; whole numbers end there.
FLOATS = re.compile(r"f(16|32)[lb]e$")
# The one plane three times; alpha is left out.
_FULL_GRAY = ("setparams=range=pc:colorspace=gbr", "scale=in_range=pc:out_range=pc", "format=grayf32le")
FLOAT_GRAY: dict[str, tuple[str, ...]] = {
    "grayf16le": ("mergeplanes=0x000000:gbrpf16le",),
    "grayf32le": ("mergeplanes=0x000000:gbrpf32le",),
    "yaf16le": (*_FULL_GRAY, "mergeplanes=0x000000:gbrpf32le"),
    "yaf32le": (*_FULL_GRAY, "mergeplanes=0x000000:gbrpf32le"),
}


def retime_exactly(video: VideoFacts) -> list[str]:
    """Time stamps from the frame's number alone, so that two containers with other clocks still match."""
    return [f"settb={1 / video.rate}", "setpts=N"]


def retime_for_output(video: VideoFacts, whole: bool) -> list[str]:
    """Even steps of the rate from where the picture starts against the sound; a variable rate is left as it is."""
    if not video.constant_rate:
        return [] if whole else ["setpts=PTS-STARTPTS"]
    start = "STARTPTS+" if whole else ""
    return [f"settb=1/{timescale(video.rate)}", f"setpts={start}N*{ticks_per_frame(video.rate)}"]


def convert_colour(  # noqa: PLR0917
    source: Colour,
    target: Colour,
    pix_fmt: str,
    size: Optional[tuple[int, int]] = None,
    flags: str = "lanczos",
    site: str = "",
) -> list[str]:
    """Pixels from the tags of `source` to matrix and range of `target` in `pix_fmt`, optionally scaled.

    `site` is where the source's samples of chroma lie.
    """
    between = _between(source, target, site, target_site(pix_fmt))
    if between:
        colour, whole = between
        return [
            *convert_colour(source, colour, whole, site=site),
            *tag_colour(colour),
            *convert_colour(colour, target, pix_fmt, size, flags),
        ]
    options = [] if size is None else [f"{size[0]}:{size[1]}"]
    options += [*_matrix_option("in", source), f"in_range={source.range}", *_matrix_option("out", target)]
    options += [f"out_range={target.range}", f"flags={flags}{SCALE_FLAGS}"]
    options += site_options(site, target_site(pix_fmt))
    return ["scale=" + ":".join(options), f"format={pix_fmt}"]


def _between(source: Colour, target: Colour, site: str, wanted: str) -> Optional[tuple[Colour, str]]:
    """Colours and format, chroma in each pixel, by way of which samples of chroma move: swscale leaves them where they
    are when the format stays, and forgets where they were when it changes the matrix, too."""
    if site == wanted:
        return None
    if "gbr" not in (source.matrix, target.matrix) and source.matrix != target.matrix:
        return Colour("pc", "gbr", source.primaries, source.transfer), DEEP_RGB
    return (source, DEEP_YUV) if site and wanted else None


def convert_video(  # noqa: PLR0917
    video: VideoFacts,
    source: Colour,
    target: Colour,
    pix_fmt: str,
    size: Optional[tuple[int, int]] = None,
    flags: str = "lanczos",
) -> list[str]:
    """As convert_colour, of a clip's pictures, behind read_as.

    Deep RGB goes by way of YUV 4:4:4 by swscale's new code: its old code makes 943 of white where 940 is right.
    """
    if not (video.is_rgb and video.depth > BYTE) or target.matrix == "gbr":
        return convert_colour(source, target, pix_fmt, size, flags, site=video.chroma_site)
    deep = replace(source, range=target.range, matrix=target.matrix)
    exact = convert_colour(source, target, DEEP_YUV, flags="unstable")
    whole = ["scale=in_range=pc:out_range=pc", f"format={WHOLE_RGB}"] if FLOATS.search(video.pix_fmt) else []
    return [*whole, *exact, *tag_colour(deep), *convert_colour(deep, target, pix_fmt, size, flags)]


def by_field(chain: list[str]) -> list[str]:
    """The chain, with each field scaled by itself: the lines beside a line are another moment's."""
    return [f"{text}:interl=1" if text.startswith("scale=") else text for text in chain]


def _matrix_option(side: str, colour: Colour) -> list[str]:
    return [] if colour.matrix == "gbr" else [f"{side}_color_matrix={scale_matrix(colour.matrix)}"]


def read_as(video: VideoFacts, colour: Colour) -> list[str]:
    """Tells what the colours of a clip's pixels are; the pixels stay.

    A format whose name says full range (yuvj420p) cannot be told otherwise, so it loses that name first. Gray is taken
    for full range by swscale whatever it is told, so it gets neutral chroma first; gray
    of floats becomes RGB, of which swscale keeps the levels.
    """
    if video.is_mixed:
        return [*unite(video, colour.range), *tag_colour(colour)]
    if video.pix_fmt in FLOAT_GRAY:
        return [*FLOAT_GRAY[video.pix_fmt], *tag_colour(colour)]
    if is_gray(video.pix_fmt) and (colour.range == "tv" or video.depth > BYTE):
        # The new code of swscale keeps deep values; its old code makes 943 of 940.
        return [*tag_colour(replace(colour, range="pc")), "scale=in_range=pc:out_range=pc:flags=unstable",
                f"format={_with_chroma(video.depth)}", *tag_colour(colour)]  # fmt: skip
    if not video.pix_fmt.startswith("yuvj") or colour.range == "pc":
        return tag_colour(colour)
    full = tag_colour(replace(colour, range="pc"))
    return [
        *full,
        "scale=in_range=pc:out_range=pc",
        f"format={video.pix_fmt.replace('yuvj', 'yuv')}",
        *tag_colour(colour),
    ]


def is_gray(pix_fmt: str) -> bool:
    """Whether pixels are whole numbers of luma alone (and of alpha)."""
    return pix_fmt.startswith(("gray", "ya")) and "f" not in pix_fmt


def _with_chroma(depth: int) -> str:
    return "yuv444p" if depth <= BYTE else f"yuv444p{depth}le"


def tag_colour(colour: Colour) -> list[str]:
    """Complete tags on every frame: frame properties win over encoder flags in ffmpeg 9."""
    return [
        f"setparams=range={colour.range}:colorspace={colour.matrix}"
        f":color_primaries={colour.primaries}:color_trc={colour.transfer}"
    ]
