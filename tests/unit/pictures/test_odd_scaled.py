# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What was done to an odd size is told by the pictures: a crop, a pad and scaling can end in one size."""

from pathlib import Path

import pytest
from clips import LOSSLESS, Clips, lively

from cueffmpeg_gui.api.pairing import match_clips
from cueffmpeg_gui.probe import probe_clip

SCALED, CUT, PADDED = "was scaled to an even one", "last column or row is left out", "side gets black lines"
# The reference's size, what makes the encode, and what the notes say.
PAIRS = {
    "enlarged": ("319x179", "scale=320:180", SCALED),
    "reduced": ("319x179", "scale=318:178", SCALED),
    "one side, enlarged": ("320x179", "scale=320:180", SCALED),
    "enlarged, late": ("319x179", "scale=320:180,tpad=start=2", SCALED),
    "cropped": ("319x179", "crop=318:178:0:0:exact=1", CUT),
    "padded": ("319x179", "pad=320:180", PADDED),
}


@pytest.mark.parametrize("crf", [24, 34])
@pytest.mark.parametrize("name", PAIRS)
def test_an_odd_size_is_told_by_the_pictures(name: str, crf: int, clips: Clips, tmp_path: Path) -> None:
    size, change, told = PAIRS[name]
    reference, encode = tmp_path / "reference.mkv", tmp_path / "encode.mp4"
    odd = f"format=yuv444p,crop={size.replace('x', ':')}:0:0:exact=1"
    clips.run([*lively(24, size="320x180"), "-vf", odd, *LOSSLESS, str(reference)])
    coded = ("-c:v", "libx264", "-preset", "veryfast", "-crf", str(crf))
    clips.run(["-i", str(reference), "-vf", f"{change},format=yuv420p", *coded, str(encode)])
    plan = match_clips(probe_clip(str(encode)), probe_clip(str(reference)), {}, None).plan
    notes = " ".join(plan.notes)
    assert [one for one in (SCALED, CUT, PADDED) if one in notes] == [told]
    assert (plan.geometry.fix_filter == []) == (told == SCALED)
