# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Pairs of small clips, good and spoiled, by one table."""

from dataclasses import dataclass
from pathlib import Path

from clips import LOSSLESS, PRORES, Clips, lively, picture, tagged

from cueffmpeg_gui.jobs.picture_pair import PicturePair
from cueffmpeg_gui.media.geometry import Geometry
from cueffmpeg_gui.probe import probe_clip

FRAMES, SIZE = 16, "256x144"
LIVELY = lively(FRAMES, size=SIZE)
MOVING = picture(FRAMES, size=SIZE)


def source(graph: str) -> list[str]:
    return ["-f", "lavfi", "-i", f"{graph},trim=end_frame={FRAMES}"]


def crf(value: int) -> list[str]:
    return ["-c:v", "libx264", "-preset", "veryfast", "-crf", str(value), "-pix_fmt", "yuv420p"]


def filtered(chain: str) -> list[str]:
    return ["-vf", chain]


@dataclass(frozen=True)
class Recipe:
    """How the reference is made, and what is done to it for the encode."""

    reference: list[str]
    encode: list[str]
    written: tuple[str, ...] = (*LOSSLESS, "-pix_fmt", "yuv420p")


TAG_709, TAG_601 = tagged("bt709")[1], tagged("smpte170m")[1]
TAG_2020 = "setparams=range=tv:colorspace=bt2020nc:color_primaries=bt2020:color_trc=bt2020-10"
REFERENCE_709 = ("-vf", TAG_709, *LOSSLESS, "-pix_fmt", "yuv420p")
GOOD = {
    "fine": Recipe(LIVELY, crf(18)),
    "coarse": Recipe(LIVELY, crf(44)),
    "very coarse": Recipe(MOVING, crf(51)),
    "still": Recipe(source(f"smptebars=size={SIZE}:rate=24"), crf(30)),
    "black": Recipe(source(f"color=black:size={SIZE}:rate=24"), crf(30)),
    "white": Recipe(source(f"color=white:size={SIZE}:rate=24"), crf(30)),
    "fade to black": Recipe(source(f"smptebars=size={SIZE}:rate=24,fade=out:2:12"), crf(30)),
    "fade in, moving": Recipe(source(f"testsrc2=size={SIZE}:rate=24,fade=in:0:14"), crf(35)),
    "noise": Recipe(source(f"color=gray:size={SIZE}:rate=24,noise=alls=40:allf=t"), crf(35)),
    "slow zoom": Recipe(source(f"mandelbrot=size={SIZE}:rate=24"), crf(33)),
    "life": Recipe(source(f"life=size={SIZE}:rate=24:seed=3:mold=10"), crf(35)),
    "strobe": Recipe(source(f"testsrc2=size={SIZE}:rate=24,negate=enable='mod(n,2)'"), crf(35)),
    "half size": Recipe(LIVELY, [*filtered("scale=128:72"), *crf(20)]),
    "10-bit ProRes": Recipe(MOVING, crf(25), (*tagged("bt709"), *PRORES)),
    "RGB": Recipe(
        MOVING,
        [*filtered(f"scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,{TAG_709}"), *crf(18)],
        ("-c:v", "png", "-pix_fmt", "rgb24"),
    ),
    "full range to limited": Recipe(
        MOVING,
        [*filtered(f"scale=in_range=pc:out_range=tv,format=yuv420p,{TAG_709}"), *crf(18)],
        (*filtered(f"scale=out_range=pc,format=yuv420p,{tagged('bt709', 'pc')[1]}"), *LOSSLESS),
    ),
    "601 to 709": Recipe(
        MOVING,
        [*filtered(f"scale=in_color_matrix=bt601:out_color_matrix=bt709,format=yuv420p,{TAG_709}"), *crf(18)],
        (*filtered(TAG_601), *LOSSLESS, "-pix_fmt", "yuv420p"),
    ),
    "desaturated": Recipe(source(f"testsrc2=size={SIZE}:rate=24,hue=s=0"), crf(28)),
}
LATE = "trim=start_frame=0:end_frame=15,tpad=start=1:start_mode=clone"
EARLY = "trim=start_frame=2,setpts=PTS-STARTPTS,tpad=stop=2:stop_mode=clone"
REPEAT = "split[a][b];[a][b]freezeframes=first=8:last=8:replace=7"
SPOILED = {
    "late": (Recipe(LIVELY, [*filtered(LATE), *crf(24)]), "looks 1 frame late: its picture 9 shows the reference's 8"),
    "early": (Recipe(MOVING, [*filtered(EARLY), *crf(28)]), "looks 2 frames early: its picture 9 shows the"),
    "repeated": (
        Recipe(MOVING, [*filtered(REPEAT), *crf(20)]),
        "repeats a picture: its 9 equals its 8",
    ),
    "full as limited": (
        Recipe(MOVING, [*filtered(f"scale=out_range=pc,format=yuv420p,{TAG_709}"), *crf(20)], REFERENCE_709),
        "looks too contrasty",
    ),
    "limited as full": (
        Recipe(MOVING, [*filtered(f"format=yuv420p,{tagged('bt709', 'pc')[1]}"), *crf(20)], REFERENCE_709),
        "looks washed out",
    ),
    "wrong matrix": (
        Recipe(MOVING, [*filtered(TAG_601), *crf(20)], REFERENCE_709),
        "made with the matrix of BT.709 and is read with that of BT.601",
    ),
    "wide-gamut matrix": (
        Recipe(MOVING, [*filtered(TAG_2020), *crf(20)], REFERENCE_709),
        "made with the matrix of BT.709 and is read with that of BT.2020",
    ),
    "enlarged": (
        Recipe(MOVING, [*filtered("scale=266:150:flags=bicubic,crop=256:144"), *crf(20)]),
        "looks enlarged by 4 % across and enlarged by 4 % down",
    ),
    "letterboxed": (
        Recipe(MOVING, [*filtered("scale=256:128,pad=256:144:0:8"), *crf(20)]),
        "looks reduced by 11 % down",
    ),
    "late and full as limited": (
        Recipe(MOVING, [*filtered(f"{LATE},scale=out_range=pc,format=yuv420p,{TAG_709}"), *crf(20)], REFERENCE_709),
        "looks 1 frame late",
    ),
}  # fmt: skip


def make_pair(clips: Clips, folder: Path, recipe: Recipe) -> PicturePair:
    """The pair of a recipe, made in a folder."""
    reference, encode = folder / "reference.mov", folder / "encode.mp4"
    clips.run([*recipe.reference, *recipe.written, str(reference)])
    clips.run(["-i", str(reference), *recipe.encode, str(encode)])
    return pair_of(reference, encode)


def pair_of(reference: Path | str, encode: Path | str) -> PicturePair:
    """Two files as a pair, frame by frame from their firsts."""
    ours, theirs = probe_clip(str(encode)), probe_clip(str(reference))
    size, output = (theirs.video.width, theirs.video.height), (ours.video.width, ours.video.height)
    return PicturePair(theirs, ours, theirs.frames, 1, Geometry(size, size, output))
