# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A thumbnail has the colours the clip is taken for: by its tags, or by the guess that is made everywhere."""

from fractions import Fraction
from pathlib import Path

import pytest
from clips import Clips

from cueffmpeg_gui.probe import read_thumbnail

GREEN = (0, 191, 0)
SILENT = "setparams=range=unknown:colorspace=unknown"


@pytest.mark.parametrize(
    ("size", "made", "tags"),
    [("1280x720", "bt709:out_range=tv", SILENT), ("320x180", "bt601:out_range=tv", SILENT),
     ("320x180", "bt709:out_range=tv", "setparams=colorspace=bt709"),
     ("1280x720", "bt601:out_range=tv", "setparams=colorspace=smpte170m"),
     ("320x180", "bt2020:out_range=tv", "setparams=colorspace=bt2020nc"),
     ("320x180", "bt709:out_range=pc", "setparams=colorspace=bt709:range=pc")],
)  # fmt: skip
def test_green_is_green(size: str, made: str, tags: str, clips: Clips, tmp_path: Path) -> None:
    path = tmp_path / "green.mkv"
    source = f"color=0x00bf00:size={size}:rate=1:duration=1,format=gbrp"
    convert = f"scale=out_color_matrix={made},format=yuv420p,{tags}"
    clips.run(["-f", "lavfi", "-i", f"{source},{convert}", "-c:v", "ffv1", str(path)])
    found = read_thumbnail(str(path), Fraction(0), (64, 64))
    assert found
    assert tuple(found.rgb[:3]) == pytest.approx(GREEN, abs=3)
