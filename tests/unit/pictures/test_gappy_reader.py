# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Pictures that a sequence lacks, as they are shown: held is the picture before, black is black in every format."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from clips import Clips, picture

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.facts import ClipFacts
from cueffmpeg_gui.pictures.open_reader import open_reader
from cueffmpeg_gui.probe import probe_sequence
from cueffmpeg_gui.sequences.files import find_sequence

FORMATS = [
    ("dpx", "gbrp10be"), ("dpx", "uyvy422"), ("exr", "gbrpf32le"), ("exr", "grayf32le"), ("png", "rgb24"),
    ("png", "rgba64be"), ("png", "gray"), ("png", "pal8"), ("tif", "rgb48le"), ("jpg", "yuvj420p"),
]  # fmt: skip


def gappy(clips: Clips, folder: Path, ending: str, pix_fmt: str, gaps: str) -> ClipFacts:
    """Frames 1001, 1002 and 1004."""
    pattern = str(folder / f"shot.%04d.{ending}")
    clips.run([*picture(4, size="96x64"), "-pix_fmt", pix_fmt, "-start_number", "1001", pattern])
    (folder / f"shot.1003.{ending}").unlink()
    return probe_sequence(find_sequence(f"{folder}/shot.####.{ending}", gaps), Fraction(24))


@pytest.mark.parametrize(("ending", "pix_fmt"), FORMATS)
def test_a_missing_picture_is_black_in_every_format(ending: str, pix_fmt: str, clips: Clips, tmp_path: Path) -> None:
    clip = gappy(clips, tmp_path, ending, pix_fmt, "black")
    reader = open_reader(clip)
    frames = [reader.picture(number).frame for number in range(4)]
    assert {frame.format.name for frame in frames} == {clip.video.pix_fmt}
    shown = [frame.to_ndarray(format="rgb24") for frame in frames]
    assert [bool(np.any(pixels)) for pixels in shown] == [True, True, False, True]


def test_a_held_picture_is_the_one_before(clips: Clips, tmp_path: Path) -> None:
    reader = open_reader(gappy(clips, tmp_path, "png", "rgb24", "hold"))
    shown = [reader.picture(number).frame.to_ndarray().tobytes() for number in range(4)]
    assert shown[1] == shown[2] != shown[3]
    with pytest.raises(InputRefused, match="has no frame 1005"):
        reader.picture(4)


def test_of_only_those_that_are_there_the_third_is_the_last(clips: Clips, tmp_path: Path) -> None:
    clip = gappy(clips, tmp_path, "png", "rgb24", "only")
    assert (clip.video.frames, clip.timecode, str(clip.span)) == (3, None, "1001-1004")
    last = open_reader(clip).picture(2).frame.to_ndarray()
    alone = probe_sequence(find_sequence(f"{tmp_path}/shot.1004-1004#.png"), Fraction(24))
    assert np.array_equal(last, open_reader(alone).picture(0).frame.to_ndarray())
