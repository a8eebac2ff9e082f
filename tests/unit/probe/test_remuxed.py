# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A film of a constant rate stays one through Matroska and FLV, whose clocks count milliseconds."""

from fractions import Fraction
from pathlib import Path

import pytest
from clips import H264, Clips, picture

from cueffmpeg_gui.probe import probe_clip

RATES = ("24000/1001", "30000/1001", "48", "60000/1001", "24", "25", "50", "10")


@pytest.mark.parametrize("through", ["mkv", "flv"])
@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("frames", [4, 12, 60])
def test_a_remux_has_the_rate_of_the_film(through: str, rate: str, frames: int, clips: Clips, tmp_path: Path) -> None:
    middle = tmp_path / f"middle.{through}"
    clips.run([*picture(frames, rate, "64x64"), *H264, str(middle)])
    outputs = [tmp_path / f"out.{ending}" for ending in ("mp4", "mov", "ts")]
    clips.run(["-i", str(middle), *(a for out in outputs for a in ("-map", "0", "-c", "copy", str(out)))])
    for path in (middle, *outputs):
        video = probe_clip(str(path)).video
        assert (path.name, video.constant_rate, video.frames) == (path.name, True, frames)
        # Four stamps in milliseconds can be of 24, of 23.976 and of 23.81 a second.
        assert video.rate == Fraction(rate) or (frames == 4 and abs(video.rate / Fraction(rate) - 1) < 0.01)
