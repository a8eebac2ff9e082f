# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A picture among black bars is found to the line: by the picture, where bars alone mislead."""

from pathlib import Path

import pytest
from clips import LOSSLESS, Clips, lively

from cueffmpeg_gui.api.pairing import match_clips
from cueffmpeg_gui.probe import probe_clip

CODED = ("-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-crf")
KEPT = (*LOSSLESS, "-pix_fmt", "yuv420p")
# What is done to the reference and to the encode, and the part of each that holds the picture.
# Of an odd bar (23) a filter on 4:2:0 makes 22 lines, and 24 at the other end.
PAIRS = {
    "odd letterbox": ("crop=320:134", "crop=320:134,pad=320:180:0:(oh-ih)/2", None, "320x134+0+22"),
    "odd pillarbox": ("crop=238:180", "crop=238:180,pad=320:180:(ow-iw)/2", None, "238x180+40+0"),
    "barred reference": ("crop=320:134,pad=320:180:0:(oh-ih)/2", "crop=320:134", "320x134+0+22", None),
    "odd bars, late": ("crop=320:134", "crop=320:134,pad=320:180:0:22,tpad=start=2", None, "320x134+0+22"),
    "bars that blur": ("null", "scale=320:136,pad=320:180:0:22", None, "320x136+0+22"),
    "even bars": ("crop=320:136", "crop=320:136,pad=320:180:0:22", None, "320x136+0+22"),
}


@pytest.mark.parametrize("crf", [27, 38])
@pytest.mark.parametrize("name", PAIRS)
def test_the_picture_among_bars_is_found_to_the_line(name: str, crf: int, clips: Clips, tmp_path: Path) -> None:
    to_reference, to_encode, part, box = PAIRS[name]
    master, reference, encode = (tmp_path / file for file in ("master.mkv", "reference.mkv", "encode.mp4"))
    clips.run([*lively(24, size="320x180"), *KEPT, str(master)])
    clips.run(["-i", str(master), "-vf", to_reference, *KEPT, str(reference)])
    clips.run(["-i", str(master), "-vf", to_encode, *CODED, str(crf), str(encode)])
    found = match_clips(probe_clip(str(encode)), probe_clip(str(reference)), {}, None).plan.geometry
    assert (found.encode_box and str(found.encode_box)) == box
    x, y = found.at
    assert (f"{found.fixed[0]}x{found.fixed[1]}+{x}+{y}" if found.fix_filter else None) == part
