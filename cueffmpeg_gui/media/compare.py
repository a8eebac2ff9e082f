# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The ffmpeg command line of a comparison: libvmaf with timing, range, matrix and bit depth said explicitly."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from cueffmpeg_gui.media.black_frames import black_out
from cueffmpeg_gui.media.cambi import coded_options
from cueffmpeg_gui.media.chroma_sites import target_site
from cueffmpeg_gui.media.colour import Colour
from cueffmpeg_gui.media.encode import QUIET
from cueffmpeg_gui.media.facts import ClipFacts, VideoFacts, depth_of
from cueffmpeg_gui.media.filters import convert_video, read_as, retime_exactly, tag_colour
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.geometry import Geometry
from cueffmpeg_gui.media.metrics import has_xpsnr, libvmaf_options, metric_keys
from cueffmpeg_gui.media.pair_colour import PairColour, resolve_pair
from cueffmpeg_gui.media.pair_fields import ENCODE, REFERENCE, field_filter
from cueffmpeg_gui.media.pair_look import LOOK_FILES, LookFiles, alpha_graph, look_graph, look_outputs
from cueffmpeg_gui.media.pair_times import time_filters
from cueffmpeg_gui.media.seek import ClipInput, clip_input
from cueffmpeg_gui.media.view_filters import view_filters

DEPTHS = (8, 10, 12, 16)
# Both sides end together, and no picture stands for one that is not there.
TOGETHER = ("shortest=1", "repeatlast=0")
BOTH = "[encode][reference]"
XPSNR_LOG = "xpsnr.txt"
# Beside the graph's output ffmpeg would take sound and subtitles of the clips, too, and decode them.
PICTURES_ONLY = ("-an", "-sn", "-dn")
# Gives the second input's pictures the times of the first's.
NEAREST = "blend=all_mode=normal:all_opacity=0:ts_sync_mode=nearest"
CHROMA = re.compile(r"4(20|22|44)")


@dataclass(frozen=True)
class CompareTask:
    """One comparison. Frames are in each clip's own numbers; `geometry` is what the encode did to the reference.

    Of the frames the first and each `subsample`-th after it are scored; the sides `deinterlaced` are so before. If it
    `is_timed`, a picture of the encode goes with those of the reference that it is nearest to.
    """

    reference: ClipFacts
    encode: ClipFacts
    reference_frames: FrameRange
    encode_frames: FrameRange
    geometry: Geometry
    values: Mapping[str, Any]
    subsample: int = 1
    deinterlaced: tuple[str, ...] = ()
    is_timed: bool = False

    @property
    def inputs(self) -> tuple[ClipInput, ClipInput]:
        """How the frames of encode and reference are reached."""
        if self.is_timed:
            return _timed(self.encode, self.encode_frames, late=True), _timed(self.reference, self.reference_frames)
        return clip_input(self.encode, self.encode_frames), clip_input(self.reference, self.reference_frames)

    @property
    def pix_fmt(self) -> str:
        """The format both are brought to: the encode's chroma at the greater depth of the two, or at more if asked."""
        return common_format(self.encode.video, self.reference.video, int(self.values.get("compare_bits", 0)))

    @property
    def colours(self) -> PairColour:
        """What the colours of both are taken for."""
        return resolve_pair(self.encode.video.seen, self.reference.video.seen)

    @property
    def coded(self) -> dict[str, int]:
        """How the encode was coded, where that is not how it is compared."""
        return coded_options(self.encode.video, self.geometry.compared, depth_of(self.pix_fmt))

    @property
    def metrics(self) -> tuple[str, ...]:
        """The per-frame keys it gives."""
        return metric_keys(self.values["models"], self.values["metrics"])


def build_compare(
    compare: CompareTask,
    log: str,
    ffmpeg: str,
    threads: int,
    *,
    beside: str = XPSNR_LOG,
    look: LookFiles = LOOK_FILES,
) -> list[str]:
    """The command line; `log` is a bare file name in the working folder, so it needs no escaping.

    So are `beside`, where the xpsnr filter writes, if it is asked for, and the files of `look` for small pictures.
    """
    encode, reference = compare.inputs
    graph = f"{compare_graph(compare, log, threads, beside)};{_look(compare)}"
    outputs = [*PICTURES_ONLY, "-f", "null", "-", *look_outputs(look, compare.reference.video.has_alpha)]
    return [ffmpeg, *QUIET, "-y", *encode.arguments, *reference.arguments, "-lavfi", graph, *outputs]


def compare_graph(compare: CompareTask, log: str, threads: int, beside: str = XPSNR_LOG) -> str:
    """The filter graph. libvmaf's first input is the encode, its second the reference."""
    chains = zip(_sides(compare, *(found.filters for found in compare.inputs)), _black(compare))
    encode, reference = (",".join([*chain, *black]) for chain, black in chains)
    options = libvmaf_options(compare.values["models"], compare.values["metrics"], compare.coded)
    options += ["log_fmt=json", f"log_path={log}", f"n_threads={threads}"]
    options += [f"n_subsample={compare.subsample}"] if compare.subsample > 1 else []
    ours, theirs = f"[0:{compare.encode.video.index}]{encode}", f"[1:{compare.reference.video.index}]{reference}"
    if compare.is_timed:
        retimed = ",".join(retime_exactly(compare.reference.video))
        tags = ",".join(tag_colour(compare.colours.compared))
        theirs = f"{theirs},split[when][timed];{ours}[any];[when][any]{NEAREST}[nearest];[timed]{retimed}"
        ours = f"[nearest]{retimed},{tags}"
    sides = (
        f"{ours},split=3[encode][encode_luma][encode_colour];"
        f"{theirs},split=3[reference][reference_luma][reference_colour];"
    )
    libvmaf = f"libvmaf={':'.join([*options, *TOGETHER])}"
    return sides + (_after_xpsnr(libvmaf, beside) if has_xpsnr(compare.values["metrics"]) else f"{BOTH}{libvmaf}")


def _black(compare: CompareTask) -> list[list[str]]:
    """What makes those frames of encode and reference black that have no picture."""
    clips, colour = zip((compare.encode, compare.reference), compare.inputs), compare.colours.compared
    return [black_out(clip.sequence, found.frames, colour, compare.pix_fmt) for clip, found in clips]


def _timed(clip: ClipFacts, frames: FrameRange, *, late: bool = False) -> ClipInput:
    """All of a clip with the times that matching goes by; decoded from the start, so that a part is as in the whole."""
    found = clip_input(clip, clip.frames)
    # Two pictures more before those of the encode: the nearest is looked for after one that is earlier.
    first, last = (frame - clip.frames.first for frame in (frames.first, frames.last))
    first = max(0, first - 2) if late else first
    trim = f"trim=start_frame={first}:end_frame={last + 1}"
    left = FrameRange(clip.frames.first + first, clip.frames.first + last)
    return ClipInput(found.arguments, (*time_filters(clip.video, late=late), trim, *found.filters), left)


def _after_xpsnr(libvmaf: str, beside: str) -> str:
    """The xpsnr filter hands the encode on as it is. Its numbers with six digits: its own stats_file has four."""
    xpsnr = f"xpsnr={':'.join(TOGETHER)},metadata=mode=print:file={beside}"
    return f"[reference]split[reference][second];{BOTH}{xpsnr}[encode];[encode][second]{libvmaf}"


def _look(compare: CompareTask) -> str:
    """What makes small pictures of both sides as libvmaf gets them, and of the reference's transparency."""
    video, first = compare.reference.video, compare.reference_frames.first
    graph = look_graph("encode", "reference", first)
    return f"{graph};{alpha_graph(f'1:{video.index}', compare.inputs[1].filters, first)}" if video.has_alpha else graph


def picture_filters(compare: CompareTask) -> tuple[list[str], list[str]]:
    """What a picture of the encode and one of the reference go through to become what libvmaf gets.

    Fields stay woven: a single picture has no neighbours to be deinterlaced with.
    """
    return _sides(replace(compare, deinterlaced=()), (), ())


def common_format(encode: VideoFacts, reference: VideoFacts, least: int = 0) -> str:
    """A planar YUV format with the chroma of the encode and the greater depth, as libvmaf takes them."""
    chroma = CHROMA.search(encode.pix_fmt)
    depth = next(d for d in DEPTHS if d >= min(16, max(encode.depth, reference.depth, least)))
    return f"yuv{chroma.group(0) if chroma else '444'}p{'' if depth == 8 else f'{depth}le'}"


def _sides(
    compare: CompareTask, encode_input: tuple[str, ...], reference_input: tuple[str, ...]
) -> tuple[list[str], list[str]]:
    """The chains of encode and reference after the filters that leave their frames: progressive, the part compared."""
    colours, geometry, woven = compare.colours, compare.geometry, compare.deinterlaced
    ours = (*encode_input, *field_filter(ENCODE, woven), *geometry.encode_filter)
    view = view_filters(compare.reference.video)
    theirs = (*reference_input, *field_filter(REFERENCE, woven), *view, *geometry.fix_filter)
    encode = _side(compare, compare.encode.video, colours.encode, ours, geometry.output)
    return encode, _side(compare, compare.reference.video, colours.reference, theirs, geometry.fixed)


def _side(
    compare: CompareTask, video: VideoFacts, colour: Colour, filters: tuple[str, ...], own: tuple[int, int]
) -> list[str]:
    """From a clip to what libvmaf gets, told what its colours are first and last: ffmpeg converts what is not told.

    `own` is the size that the filters leave. Both sides have the reference's rate: it is by number that they match.
    """
    compared = compare.geometry.compared
    size = None if own == compared else compared
    target, pix_fmt = compare.colours.compared, compare.pix_fmt
    retimed = [] if compare.is_timed else retime_exactly(compare.reference.video)
    chain = [*read_as(video, video.colour if video.view else colour), *filters, *retimed]
    video = video.seen
    is_there = video.pix_fmt == pix_fmt and video.chroma_site == target_site(pix_fmt)
    if size is None and is_there and (colour.matrix, colour.range) == (target.matrix, target.range):
        return [*chain, f"format={pix_fmt}", *tag_colour(target)]
    converted = convert_video(video, colour, target, pix_fmt, size, flags="bicubic")
    return [*chain, *converted, *tag_colour(target)]
