# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Reviews say where scores came from, what belongs to them, and what is wrong; they never show a wrong curve."""

import json
import math
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from clips import Clips, lively
from worker_jobs import Job, Jobs

from cueffmpeg_gui.api.review.live_scores import LiveScores, Throttle
from cueffmpeg_gui.api.review.load import load_review
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.jobs.paths import JobPaths
from cueffmpeg_gui.media.records import score_lines
from cueffmpeg_gui.media.scores import Scores, read_scores, scores_bytes
from cueffmpeg_gui.settings import Settings, load_settings

FRAMES = 24
VALUES = {"gop": "8", "speed": "ultrafast", "thresholds": "mean>=10,psnr_y.min>=90"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, clips: Clips, ffmpeg: str) -> Job:
    """A finished job in three chunks; its gate says no."""
    place = tmp_path_factory.mktemp("made")
    source = clips.sequence(place / "dpx", lively(FRAMES, size="160x96"))
    settings = load_settings({"CUEFFMPEG_HOME": f"{place}/home", "CUEFFMPEG_USER": "alice"})
    output = str(place / "film.mp4")
    job = Jobs(settings, ffmpeg)(
        source, "dpx-h264-vmaf", frame_rate="24", chunk="8", output=output, values=VALUES, timecode="01:00:00:00"
    )
    job.run_all("encode", "join", "compare")
    return job


@pytest.fixture
def folder(made: Job, tmp_path: Path) -> Path:
    """A copy of its folder, to be spoiled."""
    return Path(shutil.copytree(made.folder, tmp_path / "job"))


@pytest.fixture
def settings() -> Settings:
    return load_settings()


def finish(folder: Path, job: Job, change: Callable[[Scores], Scores] = lambda scores: scores) -> None:
    merged = [read_scores(str(folder / "scores" / f"compare.{chunk.first}.json")) for chunk in job.spec.chunks]
    rows = {frame: row for part in merged for frame, row in part.rows.items()}
    whole = Scores("compare", 1001, 1000 + FRAMES, merged[0].metrics, merged[0].vmaf_model, rows)
    (folder / "scores" / "scores.json").write_bytes(scores_bytes(change(whole)))


def test_a_finished_folder_has_all_a_reviewer_needs(folder: Path, made: Job, settings: Settings) -> None:
    finish(folder, made)
    review = load_review(str(folder), settings)
    assert (review.label, review.origin, review.trouble) == (made.spec.placement.name, str(folder), "")
    assert (review.borders, review.rate, review.timecode) == ((1001, 1009, 1017), Fraction(24), "01:00:00:00")
    assert review.pair
    assert review.pair.pictures_of(1003) == (2, 2)
    assert review.features
    assert set(review.features.rows) == set(range(1001, 1001 + FRAMES))
    assert {"vif_scale0", "adm2", "motion2"} <= set(review.features.names)
    assert [str(threshold) for threshold in review.thresholds] == ["vmaf.mean>=10", "psnr_y.min>=90"]
    assert review.verdict
    assert (review.verdict.state, [one.outcome for one in review.verdict.judged]) == ("fail", ["pass", "fail"])
    by_file = load_review(str(folder / "scores" / "scores.json"), settings)
    assert (by_file.label, by_file.scores, by_file.features) == (review.label, review.scores, review.features)


def test_a_folder_whose_chunks_are_not_all_done_is_partial(folder: Path, settings: Settings) -> None:
    (folder / "scores" / "compare.1009.json").unlink()
    review = load_review(str(folder), settings)
    assert (review.scores.first, review.scores.last, len(review.scores.rows)) == (1001, 1024, 16)
    assert not review.scores.is_complete
    assert review.verdict
    assert review.verdict.state == "open"


@pytest.mark.parametrize("cut", [0, 50, -40])
def test_merged_scores_that_were_cut_give_way_to_the_chunks_own(
    cut: int, folder: Path, made: Job, settings: Settings
) -> None:
    finish(folder, made)
    path = folder / "scores" / "scores.json"
    path.write_bytes(path.read_bytes()[:cut])
    review = load_review(str(folder), settings)
    assert review.scores.is_complete
    assert str(path) in review.trouble


def test_a_chunks_file_that_was_cut_is_told_and_its_frames_are_missing(folder: Path, settings: Settings) -> None:
    for name in ("compare.1009.json", "features.1017.json"):
        path = folder / "scores" / name
        path.write_bytes(path.read_bytes()[:-30])
    review = load_review(str(folder), settings)
    assert set(review.scores.rows) == {*range(1001, 1009), *range(1017, 1025)}
    assert "compare.1009.json" in review.trouble
    assert "features.1017.json" in review.trouble
    assert review.features
    assert set(review.features.rows) == set(range(1001, 1017))


def test_nothing_to_show_is_refused_in_a_sentence(folder: Path, tmp_path: Path, settings: Settings) -> None:
    shutil.rmtree(folder / "scores")
    with pytest.raises(InputRefused, match="holds no scores"):
        load_review(str(folder), settings)
    with pytest.raises(InputRefused, match="holds no scores"):
        load_review(str(tmp_path), settings)
    (tmp_path / "empty.json").touch()
    with pytest.raises(InputRefused, match="it is empty"):
        load_review(str(tmp_path / "empty.json"), settings)


def test_scores_without_a_readable_job_are_shown_with_the_reason(folder: Path, made: Job, settings: Settings) -> None:
    finish(folder, made)
    (folder / "job.json").write_text('{"schema": "cueffmpeg.job/9"}')
    review = load_review(str(folder), settings)
    assert (review.pair, review.scores.is_complete) == (None, True)
    assert "newer cueffmpeg" in review.trouble


def test_scores_of_another_job_are_told(folder: Path, made: Job, settings: Settings) -> None:
    finish(folder, made, lambda scores: replace(scores, last=1100))
    assert (
        "the scores are of frames 1001-1100, but the job's are 1001-1024"
        in load_review(str(folder), settings).trouble.lower()
    )


def test_numbers_that_are_none_are_told_and_open_the_verdict(folder: Path, made: Job, settings: Settings) -> None:
    def spoiled(scores: Scores) -> Scores:
        return replace(scores, rows={**scores.rows, 1007: (math.nan, *scores.rows[1007][1:])})

    finish(folder, made, spoiled)
    review = load_review(str(folder), settings)
    assert review.trouble == "vmaf has no number at 1 of 24 frames, the first is 1007."
    assert review.verdict
    assert review.verdict.state == "open"


@pytest.fixture
def moved(made: Job, folder: Path, tmp_path: Path) -> Path:
    """The folder of a job whose media are copies of the test's own."""
    text = (folder / "job.json").read_text()
    source = Path(made.output).parent
    shutil.copytree(source / "dpx", tmp_path / "dpx")
    shutil.copy2(made.output, tmp_path / "film.mp4")
    (folder / "job.json").write_text(
        text.replace(f"{source}/dpx", f"{tmp_path}/dpx").replace(str(made.output), f"{tmp_path}/film.mp4")
    )
    for path in (folder / "scores").iterdir():
        os.utime(path)
    finish(folder, made)
    return tmp_path


def test_media_as_they_were_are_no_trouble(moved: Path, settings: Settings) -> None:
    assert load_review(f"{moved}/job", settings).trouble == ""


def test_media_that_are_gone_are_told(moved: Path, settings: Settings) -> None:
    (moved / "film.mp4").unlink()
    (moved / "dpx" / "shot.1005.dpx").unlink()
    trouble = load_review(f"{moved}/job", settings).trouble
    assert f"1 of 24 pictures of the reference cannot be read: {moved}/dpx/shot.1005.dpx was moved" in trouble
    assert f"The encode cannot be read: {moved}/film.mp4 was moved" in trouble


def test_media_that_were_written_anew_are_told(moved: Path, settings: Settings) -> None:
    (moved / "dpx" / "shot.1005.dpx").write_bytes((moved / "dpx" / "shot.1006.dpx").read_bytes())
    os.utime(moved / "film.mp4")
    trouble = load_review(f"{moved}/job", settings).trouble
    assert "The reference" in trouble
    assert "has changed since the job was submitted" in trouble
    assert f"The encode {moved}/film.mp4 was written after it was scored" in trouble


def test_scores_of_an_earlier_encode_are_not_those_of_a_later_one(moved: Path, settings: Settings) -> None:
    (moved / "job" / "scores" / "scores.json").unlink()
    os.utime(moved / "film.mp4")
    with pytest.raises(InputRefused, match="holds no scores"):
        load_review(f"{moved}/job", settings)


def foreign(tmp_path: Path, *rows: dict[str, object]) -> str:
    path = tmp_path / "vmaf.json"
    frames = [{"frameNum": number, "metrics": row} for number, row in enumerate(rows)]
    path.write_text(json.dumps({"version": "x", "frames": frames}))
    return str(path)


def test_another_programs_log_leads_with_its_score_and_keeps_its_features(tmp_path: Path, settings: Settings) -> None:
    row = {"integer_adm2": 0.9, "integer_motion2": 1.5, "other": 3.0, "psnr_y": 40.0, "vmaf": 90.0}
    review = load_review(foreign(tmp_path, row, {**row, "vmaf": math.nan}), settings)
    assert review.scores.metrics[:2] == ("vmaf", "psnr_y")
    assert (review.pair, review.borders, review.thresholds, review.verdict) == (None, (), (), None)
    assert review.features
    assert review.features.rows[1] == (0.9, 1.5)
    assert review.trouble == "vmaf has no number at 1 of 2 frames, the first is 2."


def test_metrics_that_lack_the_same_frames_are_told_in_one_sentence(tmp_path: Path, settings: Settings) -> None:
    row = {"psnr_y": 40.0, "psnr_cb": 41.0, "vmaf": 90.0}
    review = load_review(foreign(tmp_path, row, dict.fromkeys(row, math.nan), {**row, "vmaf": 80.0}), settings)
    assert review.trouble == "vmaf and 2 more have no number at 1 of 3 frames, the first is 2."


def test_metrics_that_nobody_knows_are_told(tmp_path: Path, settings: Settings) -> None:
    review = load_review(foreign(tmp_path, {"sharpness": 0.9}), settings)
    assert review.scores.values("sharpness") == [0.9]
    assert "no metric that is known here (sharpness)" in review.trouble


def log_of(folder: Path, made: Job, number: int, lost: int = 0) -> str:
    chunk = made.spec.chunks[number]
    scores = read_scores(JobPaths(made.spec, str(folder)).chunk_scores(chunk))
    lines = list(score_lines(scores))
    path = folder / f"{chunk.first}.rqlog"
    path.write_text("".join(line + "\n" for line in lines[: len(lines) - lost]))
    return str(path)


def test_a_running_jobs_scores_come_from_logs_and_what_these_lost_from_the_chunks_files(
    folder: Path, made: Job
) -> None:
    logs = [log_of(folder, made, 0), log_of(folder, made, 1, lost=4), str(folder / "later.rqlog")]
    hidden = {number: folder / "scores" / f"compare.{number}.json" for number in (1001, 1009, 1017)}
    for path in hidden.values():
        path.rename(path.with_suffix(".away"))
    live = LiveScores("job", logs, made.spec.frames, str(folder), made.spec)
    first = live.poll()
    assert first
    assert (len(first.scores.rows), first.scores.last, first.borders) == (13, 1024, (1001, 1009, 1017))
    assert live.poll() is first
    hidden[1009].with_suffix(".away").rename(hidden[1009])
    second = live.poll()
    assert second
    assert set(second.scores.rows) == set(range(1001, 1017))
    assert live.poll() is second
    assert len(first.scores.rows) == 13
    for path in hidden.values():
        if not path.exists():
            path.with_suffix(".away").rename(path)
    whole = live.poll()
    assert whole
    assert whole.scores.is_complete
    assert whole.verdict
    assert whole.verdict.state == "fail"


def test_work_that_took_long_waits_longer_for_its_next_turn() -> None:
    throttle = Throttle(share=0.5)
    assert throttle.is_due
    with throttle:
        sum(range(200_000))
    assert not throttle.is_due
    deadline = 10_000_000
    while not throttle.is_due and deadline:
        deadline -= 1
    assert deadline
