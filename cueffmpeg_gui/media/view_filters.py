# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The filters of a view: floats in, tables and matrices on floats, 16-bit RGB out.

swscale clips half floats to 0..1 and its old code does not reach white from 10 bits, so halves go by their bits
through a table of all 65536 of them, and whole numbers through swscale's new code.
"""

import os
import re
from dataclasses import replace

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.colour import Colour
from cueffmpeg_gui.media.facts import SEEN_FORMAT, ClipFacts, VideoFacts
from cueffmpeg_gui.media.filters import DEEP_YUV, convert_colour, tag_colour
from cueffmpeg_gui.media.view import CUBE, CURVE, MATRIX, View, ViewStep, table_name

# Planes of decoded floats in the order red, green, blue, as mergeplanes counts them (its output's are g, b, r).
FLOAT_PLANES = {"gbrpf": "0x000102", "gbrapf": "0x000102", "grayf": "0x000000"}
HALF, SINGLE = "16", "32"
EXACTLY = "scale=in_range=pc:out_range=pc:flags=unstable"
SINGLES = (EXACTLY, "format=gbrpf32le")
MATRIX_NAMES = tuple(f"{out}{into}" for out in "rgb" for into in "rgb")


def view_filters(video: VideoFacts) -> list[str]:
    """From a source's pixels, told what they are (see read_as), to what its view shows; none without a view."""
    view = video.view
    if view is None:
        return []
    folder = quoted_option(view.folder)
    steps = [text for step in view.steps for text in STEPS[step.kind](step, folder)]
    return [*_singles(video, view, folder), *steps, EXACTLY, f"format={SEEN_FORMAT}", *tag_colour(view.colour)]


def read_here(clip: ClipFacts, folder: str) -> ClipFacts:
    """The clip with the tables of its view in this folder; as it is without one."""
    video = clip.video
    return replace(clip, video=replace(video, view=replace(video.view, folder=folder))) if video.view else clip


def check_tables_here(clip: ClipFacts) -> None:
    """Raises InputRefused when a table of its view is not where it is said to lie."""
    view = clip.video.view
    for path in [os.path.join(view.folder, table_name(digest)) for digest in view.digests] if view else []:
        if not os.path.isfile(path):
            raise InputRefused(f"{clip.path} cannot be shown as its job saw it: {path} is gone.")


def quoted_option(text: str) -> str:
    """Text as a filter's option takes it. A graph as text would need more; the job's own folder needs neither."""
    return re.sub(r"([\\':])", r"\\\1", text)


def floats_of(pix_fmt: str) -> str:
    """HALF or SINGLE for pixels of planar floats, else ""."""
    for bits in (HALF, SINGLE):
        if pix_fmt in {f"{start}{bits}le" for start in FLOAT_PLANES}:
            return bits
    return ""


def _singles(video: VideoFacts, view: View, folder: str) -> list[str]:
    """Single floats of red, green and blue, alpha left out, none of them clipped."""
    bits = floats_of(video.pix_fmt)
    rgb = tag_colour(Colour("pc", "gbr", view.primaries, view.transfer))
    if not bits:
        return [*rgb, *SINGLES] if video.is_rgb else [*_from_yuv(video, view), *rgb]
    planes = FLOAT_PLANES[video.pix_fmt.removesuffix(f"{bits}le")]
    if bits == SINGLE:
        return [f"mergeplanes={planes}:gbrpf32le", *rgb]
    return [f"mergeplanes={planes}:gbrp16le", *rgb, *SINGLES, *_curve(ViewStep(CURVE, digest=view.halves), folder)]


def _from_yuv(video: VideoFacts, view: View) -> list[str]:
    """First chroma for each pixel, which only swscale's old code makes; then RGB, which its new code makes exactly."""
    stored, site = video.colour, video.chroma_site
    full = [*convert_colour(stored, stored, DEEP_YUV, site=site), *tag_colour(stored)] if site else []
    return [*full, *convert_colour(stored, view.colour, SINGLES[1].removeprefix("format="), flags="unstable")]


def _matrix(step: ViewStep, folder: str) -> list[str]:
    factors = ":".join(f"{name}={factor:.9g}" for name, factor in zip(MATRIX_NAMES, step.matrix))
    return [f"colorchannelmixer={factors}"]


def _curve(step: ViewStep, folder: str) -> list[str]:
    return [f"lut1d=file={folder}/{table_name(step.digest)}:interp=linear"]


def _cube(step: ViewStep, folder: str) -> list[str]:
    return [f"lut3d=file={folder}/{table_name(step.digest)}:interp=tetrahedral"]


STEPS = {MATRIX: _matrix, CURVE: _curve, CUBE: _cube}
