# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What we write reads back: reports of one encode or of several, as JSON and as CSV, with their numbers."""

import math
from dataclasses import replace
from pathlib import Path

import pytest
from clips import Clips

from cueffmpeg_gui.api.media import probe_media
from cueffmpeg_gui.api.review.clips import numbered_like
from cueffmpeg_gui.api.review.load import load_review
from cueffmpeg_gui.api.review.report import write_report
from cueffmpeg_gui.api.review.review import Review
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.jobs.picture_pair import PicturePair
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.geometry import Geometry
from cueffmpeg_gui.media.scores import Scores
from cueffmpeg_gui.settings import Settings, load_settings

ONE = Scores("compare", 1001, 1003, ("vmaf", "xpsnr_y"), "vmaf_v0.6.1", {
    1001: (91.5, math.inf), 1002: (90.25, 40.5), 1003: (math.nan, 39.0),
})  # fmt: skip
OTHER = Scores("compare", 1001, 1005, ("vmaf",), "vmaf_v0.6.1", {1001: (80.0,), 1003: (81.0,), 1005: (82.0,)}, every=2)
REVIEWS = (Review("v012", "/a", ONE), Review("v013", "/b", OTHER))


@pytest.fixture
def settings() -> Settings:
    return load_settings()


def same(found: Scores, wanted: Scores) -> bool:
    texts = [{frame: str(row) for frame, row in one.rows.items()} for one in (found, wanted)]
    return texts[0] == texts[1] and found == replace(wanted, rows=found.rows, vmaf_model=found.vmaf_model)


@pytest.mark.parametrize("ending", ["json", "csv"])
def test_a_report_of_one_reads_back(ending: str, settings: Settings, tmp_path: Path) -> None:
    for number, review in enumerate(REVIEWS):
        path = tmp_path / f"{number}.{ending}"
        write_report([review], str(path))
        assert same(load_review(str(path), settings).scores, review.scores)


@pytest.mark.parametrize("ending", ["json", "csv"])
def test_a_report_of_several_gives_each_by_its_name(ending: str, settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / f"two.{ending}"
    write_report(REVIEWS, str(path))
    for review in REVIEWS:
        found = load_review(f"{path}#{review.label}", settings)
        assert (found.label, same(found.scores, review.scores)) == (review.label, True)
    with pytest.raises(InputRefused, match=r"holds the encodes v012, v013; name one of them, like .*#v012"):
        load_review(str(path), settings)
    with pytest.raises(InputRefused, match="name one of them"):
        load_review(f"{path}#v999", settings)


def test_a_cut_table_is_refused(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "one.csv"
    write_report([REVIEWS[0]], str(path))
    path.write_text(path.read_text()[:-3])
    with pytest.raises(InputRefused, match="may have been cut"):
        load_review(str(path), settings)


def test_another_programs_first_picture_has_the_number_of_ours(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "vmaf.csv"
    path.write_text("Frame,vmaf,\n0,90.0,\n1,80.0,\n")
    scores = load_review(str(path), settings).scores
    assert (scores.first, scores.last, scores.rows) == (1, 2, {1: (90.0,), 2: (80.0,)})


def test_laid_beside_a_shot_it_takes_the_shots_numbers(clips: Clips, settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "vmaf.csv"
    path.write_text("Frame,vmaf,\n0,90.0,\n1,80.0,\n2,70.0,\n")
    theirs = load_review(str(path), settings)
    clip = probe_media(str(clips("prores")), None)
    pair = PicturePair(clip, clip, FrameRange(1001, 1003), 1, Geometry((320, 180), (320, 180), (320, 180)))
    ours = replace(REVIEWS[0], pair=pair)
    assert numbered_like(theirs, [REVIEWS[0]]) is theirs, "of that one nobody knows whether its numbers are a shot's"
    moved = numbered_like(theirs, [REVIEWS[1], ours])
    assert list(moved.scores.rows) == [1001, 1002, 1003]
    assert numbered_like(ours, [theirs]) is ours
