# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What headers say of light and log is taken, unless something else is said."""

import struct
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from seen_pixels import AS_IT_IS, PRINT, codes, dpx_sequence, exr_sequence, light, off, seen, wanted
from still_files import exr, written
from test_view_choices import studio_config
from worker_jobs import Job, Jobs

from cueffmpeg_gui.api.submit.source_info import read_source
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.jobs.plan import plan_job
from cueffmpeg_gui.media.scores import read_scores

AP1 = struct.pack("<8f", 0.713, 0.293, 0.165, 0.83, 0.128, 0.044, 0.32168, 0.33767)
GRAY = np.full((64, 64, 3), 0.18)


def job_of(jobs: Jobs, source: str, **values: str) -> Job:
    return jobs(source, frame_rate="24", values=values)


def space_and_view(job: Job) -> tuple[str, str]:
    view = job.spec.source.video.view
    return (view.space, view.shown.split(", ", 1)[1]) if view else ("", "")


@pytest.mark.parametrize("half", [True, False])
def test_floats_of_an_exr_are_light(half: bool, jobs: Jobs, tmp_path: Path) -> None:
    job = job_of(jobs, exr_sequence(tmp_path, GRAY, half))
    assert space_and_view(job) == ("Linear Rec.709 (sRGB)", AS_IT_IS)
    assert round(float(seen(job).mean()) * 255) == 118
    assert any("color=display takes them as they are" in note for note in plan_job(job.spec).notes)


def test_they_are_what_a_screen_shows_where_that_is_said(jobs: Jobs, tmp_path: Path) -> None:
    job = job_of(jobs, exr_sequence(tmp_path, GRAY), color="display")
    assert space_and_view(job) == ("", "")
    assert any("RGB is taken as display-referred" in note for note in plan_job(job.spec).notes)


def test_primaries_of_the_header_are_taken(jobs: Jobs, tmp_path: Path) -> None:
    pixels = light()
    channels = {name: pixels[..., at] for at, name in enumerate("RGB")}
    job = job_of(jobs, written(tmp_path, ".exr", exr(channels, chromaticities=("chromaticities", AP1))))
    assert space_and_view(job) == ("ACEScg", AS_IT_IS)
    assert off(seen(job), wanted(pixels.astype(np.float16).astype(float), "ACEScg", AS_IT_IS))[1] < 1


@pytest.mark.parametrize("transfer", [1, 3])
def test_a_dpx_of_density_or_log_is_seen_as_a_print(transfer: int, jobs: Jobs, tmp_path: Path) -> None:
    job = job_of(jobs, dpx_sequence(tmp_path, codes(), transfer))
    assert space_and_view(job) == ("Cineon", PRINT)


@pytest.mark.parametrize("transfer", [0, 2, 5, 6, 255])
def test_any_other_dpx_is_what_a_screen_shows(transfer: int, jobs: Jobs, tmp_path: Path) -> None:
    assert space_and_view(job_of(jobs, dpx_sequence(tmp_path, codes(), transfer))) == ("", "")


def test_the_config_of_the_environment_has_the_first_word(jobs: Jobs, tmp_path: Path) -> None:
    values = {**jobs.settings.values, "ocio": studio_config(tmp_path)}
    studio = replace(jobs, settings=replace(jobs.settings, values=values))
    assert space_and_view(job_of(studio, exr_sequence(tmp_path / "shot", GRAY))) == ("plate", "graded")
    assert space_and_view(job_of(studio, dpx_sequence(tmp_path / "scan", codes(), 1))) == ("Cineon", "graded")
    job = job_of(studio, exr_sequence(tmp_path / "shot", GRAY), color="ACEScg", color_config="builtin")
    assert space_and_view(job) == ("ACEScg", AS_IT_IS)


def test_a_broken_config_of_the_environment_is_named(jobs: Jobs, tmp_path: Path) -> None:
    values = {**jobs.settings.values, "ocio": str(tmp_path / "none.ocio")}
    studio = replace(jobs, settings=replace(jobs.settings, values=values))
    with pytest.raises(InputRefused, match=r"none\.ocio is not there"):
        job_of(studio, exr_sequence(tmp_path / "shot", GRAY))


def test_a_reference_of_light_is_seen_so_beside_a_film_and_as_it_is_beside_light(jobs: Jobs, tmp_path: Path) -> None:
    source = exr_sequence(tmp_path / "shot", np.clip(light(), 0, 1))
    film = jobs(source, "dpx-h264", frame_rate="24", output=str(tmp_path / "film.mp4"), values={"threads": "1"})
    film.run_all()
    pair = jobs(str(film.output), "vmaf-compare", reference=source, frame_rate="24", values={"threads": "1"})
    pair.must_run("compare")
    assert min(row[0] for row in read_scores(str(pair.scores)).rows.values()) > 90
    alike = jobs(source, "vmaf-compare", reference=source, frame_rate="24", values={"threads": "1"})
    assert alike.spec.reference is not None
    assert alike.spec.reference.video.view is None


def test_the_thumbnail_is_lit(tmp_path: Path) -> None:
    thumbnail = read_source(exr_sequence(tmp_path, GRAY)).thumbnail
    assert thumbnail is not None
    assert abs(np.frombuffer(thumbnail.rgb, np.uint8).mean() - 118) <= 2


def test_gray_floats_with_alpha_are_seen_as_far_as_ffmpeg_reads_them(jobs: Jobs, tmp_path: Path) -> None:
    channels = {"Y": GRAY[..., 0], "A": np.ones((64, 64))}
    job = job_of(jobs, written(tmp_path, ".exr", exr(channels)))
    assert abs(float(seen(job).mean()) * 255 - 117.6) < 0.5
    assert any("What is above 1 is cut off" in note for note in plan_job(job.spec).notes)


def test_kinds_of_floats_among_each_other_are_told(jobs: Jobs, tmp_path: Path) -> None:
    source = exr_sequence(tmp_path, GRAY)
    channels = dict.fromkeys("RGBA", GRAY[..., 0])
    (tmp_path / "shot.1002.exr").write_bytes(exr(channels))
    job = job_of(jobs, source)
    assert any("What is above 1 may be cut off" in note for note in plan_job(job.spec).notes)
    job.must_run()
