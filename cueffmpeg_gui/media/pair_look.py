# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""How a comparison looks at its pair beside scoring it: both sides made small in the same pass, the encode above."""

from collections.abc import Sequence
from dataclasses import dataclass

from cueffmpeg_gui.media.chroma_sites import USUAL
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.small_pictures import HEIGHT, WIDTH

# Colours and transparency are looked at in frames whose number is a multiple of this.
EVERY = 8
COLOUR_WIDTH, COLOUR_HEIGHT = 16, 9
# Pictures of luma that leave one below another; what is missing in the last ones is black.
AT_ONCE = 16
# Every fourth line is enough for the smallest pictures. Ranges are never converted here, and chroma lies where
# conversions put it.
FEWER_LINES = "field=top,field=top"
AS_THEY_ARE = "flags=area:in_range=tv:out_range=tv"
CHROMA = f":in_chroma_loc={USUAL}"


@dataclass(frozen=True)
class LookFiles:
    """Bare names of the files in the working folder that get the small pictures."""

    luma: str = "pair.luma"
    colour: str = "pair.colour"
    alpha: str = "pair.alpha"


LOOK_FILES = LookFiles()


def reduced_luma() -> str:
    """The filters that leave 48x27 pictures of 12-bit luma."""
    return f"scale={WIDTH}:{HEIGHT}:{AS_THEY_ARE},format=gray12le"


def reduced_colour() -> str:
    """The filters that leave 16x9 pictures of luma and both chroma, 8 bits each."""
    return f"{FEWER_LINES},scale={COLOUR_WIDTH}:{COLOUR_HEIGHT}:{AS_THEY_ARE}{CHROMA},format=yuv444p"


def reduced_alpha() -> str:
    """The filters that leave 16x9 pictures of transparency."""
    return f"scale={COLOUR_WIDTH}:{COLOUR_HEIGHT}:flags=area,format=yuva444p,alphaextract"


def look_graph(encode: str, reference: str, first: int) -> str:
    """The chains to [luma] and [colour]; `first` is the number of their first frame.

    Each side comes as LABEL_luma and LABEL_colour. Luma pictures leave several at once, which is less work.
    """
    pick, sides = pick_frames(first), (encode, reference)
    chains = [f"[{side}_luma]{reduced_luma()}[{side}_small]" for side in sides]
    chains += [f"[{side}_colour]{pick},{reduced_colour()}[{side}_tiny]" for side in sides]
    chains += [f"[{encode}_small][{reference}_small]vstack=shortest=1,tile=1x{AT_ONCE}[luma]"]
    chains += [f"[{encode}_tiny][{reference}_tiny]vstack=shortest=1[colour]"]
    return ";".join(chains)


def alpha_graph(pad: str, filters: Sequence[str], first: int) -> str:
    """The chain from an input pad ("1:0"), with the filters that leave its frames, to [alpha]."""
    return f"[{pad}]" + ",".join([*filters, pick_frames(first), reduced_alpha()]) + "[alpha]"


def pick_frames(first: int) -> str:
    """The filter that leaves the frames of picked_frames."""
    return f"select=not(n)+not(mod(n+{first % EVERY}\\,{EVERY}))"


def picked_frames(read: FrameRange) -> list[int]:
    """Those whose own number is a multiple of EVERY, and the first: ffmpeg fails when an output stays empty."""
    return [number for number in range(read.first, read.last + 1) if number == read.first or number % EVERY == 0]


def look_outputs(files: LookFiles, alpha: bool) -> list[str]:
    """The output arguments for what the graphs leave."""
    names = [("luma", files.luma), ("colour", files.colour), *([("alpha", files.alpha)] if alpha else [])]
    raw = ["-fps_mode", "passthrough", "-f", "rawvideo"]
    return [word for label, name in names for word in ("-map", f"[{label}]", *raw, name)]
