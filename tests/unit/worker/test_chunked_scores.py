# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Scores of chunks are those of one run, and of no other film than the job's."""

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from films import FRAMES, Shots, refused, replace_picture, see_anew, with_chunks
from worker_jobs import Job

from cueffmpeg_gui.jobs.layer_tasks import compare_task
from cueffmpeg_gui.media.compare import build_compare
from cueffmpeg_gui.media.libvmaf import read_compare_log
from cueffmpeg_gui.media.pooling import pool
from cueffmpeg_gui.media.records import RecordReader
from cueffmpeg_gui.media.scores import read_scores


@pytest.fixture
def scored(film: Any, shots: Shots) -> Job:
    """A finished chunked job with scores."""
    job = with_chunks(film(preset="dpx-h264-vmaf"), shots)
    job.run_all("join", "compare", "summary")
    return job


def test_scores_of_a_job_are_those_of_its_logs_and_of_one_run(film: Any, shots: Shots, tmp_path: Path) -> None:
    job = with_chunks(film(preset="dpx-h264-vmaf"), shots)
    runs = job.run_all("join", "compare", "summary")
    merged = read_scores(str(job.scores))
    assert merged.is_complete
    assert (merged.first, merged.last) == (1001, 1032)
    rows: dict[int, tuple[float, ...]] = {}
    for (layer, frame), run in runs.items():
        if layer == "compare":
            reader = RecordReader()
            reader.feed(run.printed.splitlines())
            found = reader.scores()
            assert reader.ended
            assert (found.first, found.last, found.is_complete) == (frame, frame + 7, True)
            rows.update(found.rows)
    assert rows == merged.rows
    whole = compare_task(replace(job.spec, chunking=None))
    subprocess.run(build_compare(whole, "v.json", job.ffmpeg, 4), check=True, capture_output=True, cwd=tmp_path)
    assert read_compare_log(f"{tmp_path}/v.json", whole.metrics, 1001, FRAMES).rows == merged.rows
    document = json.loads(job.scores.read_text())
    assert document["metrics"]["vmaf"] == pool(merged.values("vmaf"))
    assert any("worst frames: " in line for line in runs["summary", 1001].lines)


def test_a_summary_names_the_first_frame_without_a_score(scored: Job) -> None:
    path = Path(scored.folder, "scores", "compare.1009.json")
    document = json.loads(path.read_text())
    document["frames"] = document["frames"][:3]
    path.write_text(json.dumps(document))
    scored.scores.unlink()
    refused(scored, "summary", 1001, 3, "5 frames have no score", "1012")
    path.unlink()
    refused(scored, "summary", 1001, 2, str(path))
    assert not scored.scores.exists()


def test_a_film_of_another_job_is_not_scored_as_this_jobs(film: Any, shots: Shots, tmp_path: Path) -> None:
    job = with_chunks(film(preset="dpx-h264-vmaf"), shots)
    job.run_all("join")
    other = film(shots.dpx(seed=9), output=str(tmp_path / "other.mp4"), chunk="16")
    other.run_all()
    shutil.copy(other.output, job.output)
    refused(job, "compare", 1009, 3, str(job.output), "not the encode that this job made")


def test_pictures_changed_after_their_encode_are_not_scored(film: Any, shots: Shots, tmp_path: Path) -> None:
    job = film(shots.own_dpx(tmp_path / "dpx"), preset="dpx-h264-vmaf")
    job.run_all("encode", "join")
    picture = tmp_path / "dpx" / "shot.1020.dpx"
    replace_picture(picture, tmp_path / "dpx" / "shot.1005.dpx")
    refused(job, "compare", 1017, 2, str(picture.parent), "since they were encoded", "retry")
    assert job.run_frame("compare", 1001).returncode == 0
    see_anew(job)
    job.run_all("encode", "join", "compare", "summary")


def test_pictures_changed_after_their_encode_in_one_piece_are_not_scored(
    film: Any, shots: Shots, tmp_path: Path
) -> None:
    job = film(shots.own_dpx(tmp_path / "dpx"), preset="dpx-h264-vmaf", chunk="none")
    job.run_all("encode")
    picture = tmp_path / "dpx" / "shot.1020.dpx"
    picture.write_bytes((tmp_path / "dpx" / "shot.1005.dpx").read_bytes())
    refused(job, "compare", 1001, 2, str(picture), "since it was encoded", "retry")
    see_anew(job)
    job.run_all("encode", "compare")
