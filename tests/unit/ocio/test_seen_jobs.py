# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Jobs whose source is seen through a view: in chunks as in one run, compared with what was meant, told before."""

import json
import shutil
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from seen_pixels import exr_sequence, light
from worker_jobs import Job, Jobs

from cueffmpeg_gui.api.review.pictures import PictureSource
from cueffmpeg_gui.api.submit.pair_preview import look_at_pair
from cueffmpeg_gui.api.submit.submit import prepare_again
from cueffmpeg_gui.api.submit.views import table_folder
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.jobs.folder import read_job
from cueffmpeg_gui.jobs.picture_pair import picture_pair
from cueffmpeg_gui.jobs.plan import plan_job, preview_commands
from cueffmpeg_gui.media.scores import read_scores
from cueffmpeg_gui.media.view import FOLDER

VALUES = {"speed": "ultrafast", "threads": "1", "gop": "8", "color": "scene-linear"}
FRAMES = 16


@pytest.fixture
def source(tmp_path: Path) -> str:
    shot = exr_sequence(tmp_path / "shot", np.clip(light(), 0, None))
    first = Path(shot.replace("####", "1001"))
    for number in range(1003, 1001 + FRAMES):
        shutil.copyfile(first, first.with_name(f"shot.{number}.exr"))
    return shot


def job_of(
    jobs: Jobs, source: str, tmp_path: Path, name: str = "film", preset: str = "dpx-h264-vmaf", **more: str
) -> Job:
    output = str(tmp_path / f"{name}.mp4")
    values = {**VALUES, **{key: value for key, value in more.items() if key.startswith("color")}}
    return jobs(source, preset, frame_rate="24", values=values, output=output, chunk=more.get("chunk", "8"))


def test_a_chunked_film_is_compared_with_what_was_meant(jobs: Jobs, source: str, tmp_path: Path) -> None:
    job = job_of(jobs, source, tmp_path)
    job.run_all()
    scores = read_scores(str(job.scores))
    assert len(scores.rows) == FRAMES
    assert min(row[0] for row in scores.rows.values()) > 90
    assert scores.pair is not None
    assert scores.pair.faults == ()


def test_what_is_done_is_said_and_shown_before(jobs: Jobs, source: str, tmp_path: Path) -> None:
    job = job_of(jobs, source, tmp_path)
    said = "Pixels are taken as Linear Rec.709 (sRGB) and seen as sRGB - Display, Un-tone-mapped; color=display takes"
    assert any(note.startswith(said) for note in plan_job(job.spec).notes)
    encode = preview_commands(job.spec, "encode")[0]
    tables = {path.name for path in Path(job.folder, FOLDER).iterdir()}
    assert tables
    assert all(f"lut1d=file=../{FOLDER}/{name}" in " ".join(encode) for name in tables)
    run = job.run_frame("encode", 1001)
    assert run.returncode == 0
    assert " ".join(encode).split(" -vf ")[1].split(" ")[0] in run.commands[0].replace("'", "")


@pytest.mark.parametrize("change", ["gone", "cut", "other"])
def test_a_table_that_is_not_the_jobs_own_is_not_used(change: str, jobs: Jobs, source: str, tmp_path: Path) -> None:
    job = job_of(jobs, source, tmp_path)
    table = next(Path(job.folder, FOLDER).iterdir())
    content = table.read_bytes()
    table.unlink()
    if change != "gone":
        table.write_bytes(content[:-20] if change == "cut" else content.replace(b"0.5", b"0.6", 1))
    run = job.run_frame("encode", 1001)
    assert run.returncode == 2
    assert str(table) in run.lines[-1]
    assert not job.output.exists()


def test_the_job_is_sent_again_with_its_tables(jobs: Jobs, source: str, tmp_path: Path) -> None:
    job = job_of(jobs, source, tmp_path)
    shutil.rmtree(jobs.settings.home.state / FOLDER)
    prepare_again(job.folder, jobs.settings)
    kept = {path.name for path in (jobs.settings.home.state / FOLDER).iterdir()}
    assert kept == {path.name for path in Path(job.folder, FOLDER).iterdir()}


def test_a_document_cannot_say_more_of_a_view_than_a_view_is(jobs: Jobs, source: str, tmp_path: Path) -> None:
    job = job_of(jobs, source, tmp_path)
    path = Path(job.folder, "job.json")
    document = json.loads(path.read_text())
    for key, value in (("kind", "movie"), ("digest", "../../etc"), ("matrix", [1.0]), ("matrix", ["1:x"])):
        changed = json.loads(json.dumps(document))
        changed["spec"]["source"]["video"]["view"]["steps"][0][key] = value
        path.write_text(json.dumps(changed))
        with pytest.raises(InputRefused, match=r"steps|step that is no"):
            read_job(job.folder)


def test_a_given_pair_is_looked_at_and_shown_through_the_same_view(jobs: Jobs, source: str, tmp_path: Path) -> None:
    made = job_of(jobs, source, tmp_path, preset="dpx-h264")
    made.run_all()
    values = {"color": "scene-linear", "threads": "1"}
    pair = jobs(str(made.output), "vmaf-compare", reference=source, frame_rate="24", values=values)
    looked = look_at_pair(pair.spec, table_folder(jobs.settings))
    assert looked is not None
    assert (looked.trouble, looked.faults) == ("", ())
    pair.must_run("compare")
    assert min(row[0] for row in read_scores(str(pair.scores)).rows.values()) > 90
    for job in (made, pair):
        with closing(PictureSource(picture_pair(job.spec, f"{job.folder}/{FOLDER}"))) as pictures:
            assert mean_difference(pictures, job.spec.frames.first + 3) < 3


def mean_difference(pictures: PictureSource, frame: int) -> float:
    """Between reference and encode as they are shown, in 1/255."""
    shown = [pictures.reference(frame), pictures.encode(frame)]
    rows = [np.frombuffer(one.pixels, np.uint8).reshape(one.height, one.stride)[:, : 4 * one.width] for one in shown]
    return float(np.abs(rows[0].astype(float) - rows[1]).mean())


def test_pictures_whose_tables_are_gone_are_not_shown_otherwise(jobs: Jobs, source: str, tmp_path: Path) -> None:
    job = job_of(jobs, source, tmp_path)
    pictures = PictureSource(picture_pair(job.spec, str(tmp_path / "gone")))
    with pytest.raises(InputRefused, match="cannot be shown as its job saw it: "):
        pictures.reference(1001)


def test_a_host_whose_ffmpeg_lacks_a_filter_says_so(jobs: Jobs, source: str, tmp_path: Path) -> None:
    job = job_of(jobs, source, tmp_path)
    poor = tmp_path / "ffmpeg"
    listed = "scale mergeplanes setparams format"
    lines = ("#!/bin/sh", f'[ "$4" = -filters ] && echo {listed} && exit', f'exec {job.ffmpeg} "$@"')
    poor.write_text("\n".join(lines) + "\n")
    poor.chmod(0o755)
    run = job.run_frame("encode", 1001, CUEFFMPEG_FFMPEG=str(poor))
    assert (run.returncode, run.lines[-1]) == (
        5, f"error: {poor} on this host has no lut1d; install an ffmpeg built with it."
    )  # fmt: skip
