# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Reports of real jobs and of other programs' files."""

import base64
import csv
import io
import json
import os
import re
from pathlib import Path

import av
import pytest
from worker_jobs import Encodes

from cueffmpeg_gui.api.review.load import Review, load_review
from cueffmpeg_gui.api.review.report import FORMATS, write_report
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.scores import Scores
from cueffmpeg_gui.settings import Settings, load_settings

FOREIGN = {"frames": [{"frameNum": n, "metrics": {"vmaf": 90.0 + n, "psnr_y": 40.0}} for n in range(4)]}


@pytest.fixture
def settings(home: Path) -> Settings:
    return load_settings({"CUEFFMPEG_HOME": str(home), "CUEFFMPEG_SITE": str(home / "site")})


@pytest.fixture
def review(encodes: Encodes, settings: Settings) -> Review:
    job = encodes("h264", "h264-review-vmaf")
    if not job.scores.exists():
        job.must_run("compare")
    return load_review(job.folder, settings)


@pytest.fixture
def foreign(tmp_path: Path, settings: Settings) -> Review:
    path = tmp_path / "theirs.json"
    path.write_text(json.dumps(FOREIGN))
    return load_review(str(path), settings)


def test_a_page_shows_the_worst_frames_with_their_true_pictures(review: Review, tmp_path: Path) -> None:
    path = tmp_path / "report.html"

    write_report([review], str(path), 2)
    pictures = re.findall(r"data:image/jpeg;base64,([^\"]+)", path.read_text())
    assert len(pictures) == 4
    with av.open(io.BytesIO(base64.b64decode(pictures[0]))) as picture:
        stream = picture.streams.video[0]
        assert review.pair is not None
        assert (stream.width, stream.height) == review.pair.geometry.fixed


def test_scores_of_another_program_have_a_page_without_pictures(foreign: Review, tmp_path: Path) -> None:
    path = tmp_path / "report.html"

    write_report([foreign], str(path), 2)
    text = path.read_text()
    assert "<img" not in text
    assert "frame 1</button>" in text


def test_media_that_is_gone_leaves_a_sentence_not_a_failure(
    review: Review, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert review.pair is not None
    encode = Path(review.pair.encode.path)
    away = encode.with_suffix(".away")
    encode.rename(away)
    try:
        write_report([review], str(tmp_path / "report.html"), 1)
    finally:
        away.rename(encode)
    assert str(encode) in (tmp_path / "report.html").read_text()
    assert 'class="trouble"' in (tmp_path / "report.html").read_text()


def test_the_tables_hold_every_frame(review: Review, foreign: Review, tmp_path: Path) -> None:
    write_report([review], str(tmp_path / "one.csv"))
    write_report([review, foreign], str(tmp_path / "two.csv"))

    one = list(csv.reader((tmp_path / "one.csv").read_text().splitlines()))
    two = list(csv.reader((tmp_path / "two.csv").read_text().splitlines()))
    assert len(one) == 1 + len(review.scores.rows)
    assert len(two) == 1 + len(review.scores.rows) + 4
    assert {row[0] for row in two[1:]} == {review.label, foreign.label}


def test_exported_json_is_read_back_as_it_was(review: Review, settings: Settings, tmp_path: Path) -> None:
    path = str(tmp_path / "export.json")

    write_report([review], path)
    back = load_review(path, settings).scores
    assert (back.rows, back.metrics, back.vmaf_model) == (
        review.scores.rows,
        review.scores.metrics,
        review.scores.vmaf_model,
    )


def test_a_path_that_is_not_utf_8_stands_in_a_report_as_it_is(foreign: Review, tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.html")

    write_report([Review(name, name, foreign.scores)], str(tmp_path / name), 0)
    assert b"caf\xe9.html" in (tmp_path / name).read_bytes()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("report.pdf", "must end in .html, .svg, .csv, .json"),
        ("nowhere/report.html", "is not there; make it"),
    ],
)
def test_what_cannot_be_written_is_refused_in_a_sentence(
    foreign: Review, tmp_path: Path, name: str, sentence: str
) -> None:
    with pytest.raises(InputRefused, match=re.escape(sentence)):
        write_report([foreign], str(tmp_path / name))


def test_nothing_half_is_left_where_a_report_cannot_go(foreign: Review, tmp_path: Path) -> None:
    (tmp_path / "report.csv").mkdir()

    with pytest.raises(InputRefused, match="cannot be written: Is a directory"):
        write_report([foreign], str(tmp_path / "report.csv"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.csv", "theirs.json"]


def test_no_scored_frame_is_no_report(tmp_path: Path) -> None:
    empty = Review("v1", "/shows/job", Scores("compare", 1, 9, ("vmaf",), "vmaf_v0.6.1"))

    with pytest.raises(InputRefused, match="/shows/job has no scored frame yet"):
        write_report([empty], str(tmp_path / "report.html"))


def test_more_than_eight_encodes_are_too_many_to_read(foreign: Review, tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="1 to 8 encodes, not 9"):
        write_report([foreign] * 9, str(tmp_path / "report.html"))


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_is_written(foreign: Review, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"report{ending}"

    write_report([foreign, foreign], str(path))
    assert path.stat().st_size > 100
