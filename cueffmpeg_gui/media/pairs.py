# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Whether two clips can be compared frame by frame, and whether one can be encoded and then compared."""

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.media.geometry import Geometry
from cueffmpeg_gui.media.metrics import SMALLEST_SIDE


def check_pair(reference: ClipFacts, encode: ClipFacts) -> None:
    """Raises InputRefused when frame n of one is not surely frame n of the other, in one size."""
    for clip in (reference, encode):
        check_comparable(clip)
    ours, theirs = encode.video, reference.video
    differences = (
        ("frames", ours.frames, theirs.frames),
        ("frames a second", ours.rate, theirs.rate),
        ("pixels", ours.size, theirs.size),
    )
    for what, encode_has, reference_has in differences:
        if encode_has != reference_has:
            raise InputRefused(
                f"{encode.path} has {encode_has} {what}, but its reference {reference.path} has {reference_has}; "
                "name the pair that belongs together, or make them alike first."
            )


def check_comparable(clip: ClipFacts) -> None:
    """Raises InputRefused when a clip by itself cannot be part of a comparison."""
    video = clip.video
    if not video.constant_rate:
        raise InputRefused(
            f"{clip.path} has a variable frame rate, so its frames cannot be matched by number; "
            "make it constant first (ffmpeg's fps filter)."
        )
    if video.interlaced:
        raise InputRefused(f"{clip.path} is interlaced, which spoils a comparison; deinterlace it first.")
    check_size(clip.path, (video.width, video.height))


def check_geometry(path: str, geometry: Geometry) -> None:
    """Raises InputRefused when an encode of this geometry is too small to be scored."""
    check_size(path, geometry.fixed)


def check_size(path: str, size: tuple[int, int]) -> None:
    """Raises InputRefused below the size at which libvmaf works (it crashes on 16x16 pictures)."""
    if min(size) < SMALLEST_SIDE:
        raise InputRefused(
            f"{path} is {size[0]}x{size[1]}; VMAF needs at least {SMALLEST_SIDE} pixels on each side, so encode only."
        )
