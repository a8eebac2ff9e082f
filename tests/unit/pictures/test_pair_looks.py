# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Bars, offsets and woven fields are seen where they are, and nowhere else."""

from pathlib import Path

import numpy as np
import pytest
from clips import H264, Clips

from cueffmpeg_gui.pictures.bars import find_bars
from cueffmpeg_gui.pictures.colour_planes import Plane
from cueffmpeg_gui.pictures.find_offset import best_offset
from cueffmpeg_gui.pictures.interlacing import look_at_fields
from cueffmpeg_gui.probe import probe_clip

SMOOTH = "gradients=size=192x128:rate=50:speed=0.1:nb_colors=8:duration=1"
BARS = {
    "letterbox": ("testsrc2=size=192x96:rate=24:duration=0.5,pad=192:128:0:16", "192x96+0+16"),
    "pillarbox": ("testsrc2=size=128x128:rate=24:duration=0.5,pad=192:128:32:0", "128x128+32+0"),
    "both": ("testsrc2=size=128x90:rate=24:duration=0.5,pad=192:128:32:16", "128x90+32+16"),
    "none": ("testsrc2=size=192x128:rate=24:duration=0.5", "None"),
    "black film": ("color=black:size=192x128:rate=24:duration=0.5", "None"),
    "night": ("color=0x101010:size=192x128:rate=24:duration=0.5,noise=alls=24:allf=t", "None"),
    "two lines": ("testsrc2=size=192x126:rate=24:duration=0.5,pad=192:128:0:1", "None"),
}


@pytest.mark.parametrize("name", BARS)
def test_bars_are_seen_where_they_are(name: str, clips: Clips, tmp_path: Path) -> None:
    graph, wanted = BARS[name]
    path = tmp_path / "clip.mp4"
    clips.run(["-f", "lavfi", "-i", graph, *H264, str(path)])
    assert str(find_bars(probe_clip(str(path)))) == wanted


@pytest.mark.parametrize(
    ("chain", "woven"),
    [
        ("setfield=tff", False),
        ("tinterlace=interleave_top,setfield=tff", True),
        ("tinterlace=interleave_bottom,setfield=bff", True),
        ("freezeframes=first=0:last=49:replace=0,setfield=tff", None),
    ],
)
def test_fields_of_two_moments_are_told_from_those_of_one(
    chain: str, woven: bool | None, clips: Clips, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mov"
    graph = f"{SMOOTH},split[a][b];[a][b]{chain}" if chain.startswith("freeze") else f"{SMOOTH},{chain}"
    clips.run(["-f", "lavfi", "-i", graph, *H264, "-flags", "+ilme+ildct", str(path)])
    assert look_at_fields(probe_clip(str(path))).woven is woven


def film(count: int, seed: int = 0) -> Plane:
    """So many pictures that have nothing in common, of mean 0 and length 1."""
    rows = np.random.default_rng(seed).normal(size=(count, 300))
    rows -= rows.mean(axis=1, keepdims=True)
    found: Plane = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return found


@pytest.mark.parametrize("offset", [-30, -1, 0, 1, 48])
def test_an_offset_is_found(offset: int) -> None:
    reference, before = film(100), film(60, seed=1)
    encode = np.concatenate([before[:offset], reference]) if offset > 0 else reference[-offset:]
    assert best_offset(encode, reference) == offset


def test_no_offset_is_found_where_all_pictures_are_alike_or_none() -> None:
    still = np.repeat(film(1), 60, axis=0)
    assert best_offset(still, still[:50]) is None
    assert best_offset(film(60, seed=2), film(50)) is None
    assert best_offset(np.zeros_like(film(60)), film(50)) is None
