# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Filter chains: retiming by frame number, and colour said explicitly."""

from typing import Optional

from cueffmpeg_gui.media.colour import Colour, scale_matrix
from cueffmpeg_gui.media.facts import VideoFacts
from cueffmpeg_gui.media.timing import ticks_per_frame, timescale

# Without these swscale takes shortcuts that cost up to a code value.
SCALE_FLAGS = "+accurate_rnd+full_chroma_int"


def retime_exactly(video: VideoFacts) -> list[str]:
    """Time stamps from the frame's number alone, so that two containers with other clocks still match."""
    return [f"settb={1 / video.rate}", "setpts=N"]


def retime_for_output(video: VideoFacts, whole: bool) -> list[str]:
    """Even steps of the rate from where the picture starts against the sound; a variable rate is left as it is."""
    if not video.constant_rate:
        return [] if whole else ["setpts=PTS-STARTPTS"]
    start = "STARTPTS+" if whole else ""
    return [f"settb=1/{timescale(video.rate)}", f"setpts={start}N*{ticks_per_frame(video.rate)}"]


def convert_colour(
    source: Colour, target: Colour, pix_fmt: str, size: Optional[tuple[int, int]] = None, flags: str = "lanczos"
) -> list[str]:
    """Pixels from the tags of `source` to matrix and range of `target` in `pix_fmt`, optionally scaled."""
    options = [] if size is None else [f"{size[0]}:{size[1]}"]
    if source.matrix != "gbr":
        options.append(f"in_color_matrix={scale_matrix(source.matrix)}")
    options += [f"in_range={source.range}", f"out_color_matrix={scale_matrix(target.matrix)}"]
    options += [f"out_range={target.range}", f"flags={flags}{SCALE_FLAGS}"]
    return ["scale=" + ":".join(options), f"format={pix_fmt}"]


def tag_colour(colour: Colour) -> list[str]:
    """Complete tags on every frame: frame properties win over encoder flags in ffmpeg 9."""
    return [
        f"setparams=range={colour.range}:colorspace={colour.matrix}"
        f":color_primaries={colour.primaries}:color_trc={colour.transfer}"
    ]
