# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What is said of a pair: the right fault of a spoiled one, and nothing bad of a good one."""

from pathlib import Path

import pytest
from clips import Clips
from picture_pairs import FRAMES, GOOD, SPOILED, make_pair

from cueffmpeg_gui.api.review.pictures import PictureSource, Reasons
from cueffmpeg_gui.jobs.picture_pair import PicturePair

MIDDLE = 9


def explain(pair: PicturePair, frame: int, source: PictureSource | None = None) -> Reasons:
    source = source or PictureSource(pair)
    return source.explain(frame, source.near_reference(frame), source.near_encode(frame))


@pytest.mark.parametrize("name", GOOD)
def test_nothing_is_wrong_with_any_frame_of_a_good_pair(name: str, clips: Clips, tmp_path: Path) -> None:
    pair = make_pair(clips, tmp_path, GOOD[name])
    source = PictureSource(pair)
    said = {frame: explain(pair, frame, source).troubles for frame in range(1, FRAMES + 1)}
    assert {frame: troubles for frame, troubles in said.items() if troubles} == {}


@pytest.mark.parametrize("name", SPOILED)
def test_the_fault_of_a_spoiled_pair_is_named(name: str, clips: Clips, tmp_path: Path) -> None:
    recipe, words = SPOILED[name]
    troubles = explain(make_pair(clips, tmp_path, recipe), MIDDLE).troubles
    assert words in troubles[0]


def test_range_is_told_beside_a_step(clips: Clips, tmp_path: Path) -> None:
    recipe, _ = SPOILED["late and full as limited"]
    assert "too contrasty" in explain(make_pair(clips, tmp_path, recipe), MIDDLE).troubles[1]
