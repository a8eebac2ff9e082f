# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A sequence beside a film has the film's rate, which is said; a film of an uneven rate says none."""

from fractions import Fraction
from pathlib import Path

import pytest
from clips import H264, Clips, picture
from worker_jobs import Jobs

from cueffmpeg_gui.api.submit.request import SubmitRequest, make_spec
from cueffmpeg_gui.api.submit.source_info import check_reference, read_source
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.jobs.plan import plan_job

RATE = "24000/1001"
SAID = "is taken, 23.976 a second."


def pair(clips: Clips, folder: Path, *more: str) -> tuple[str, str]:
    film, pictures = str(folder / "film.mp4"), str(folder / "p.%04d.png")
    clips.run([*picture(6, RATE, "96x64"), *more, *H264, film])
    clips.run([*picture(6, RATE, "96x64"), "-start_number", "1001", pictures])
    return film, pictures


def test_a_reference_of_pictures_has_the_rate_of_its_encode(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    film, pictures = pair(clips, tmp_path)
    spec = make_spec(SubmitRequest("vmaf-compare", film, reference=pictures), jobs.settings)
    assert spec.reference is not None
    assert spec.reference.video.rate == Fraction(24000, 1001)
    assert any(note.startswith("The reference is a sequence") and SAID in note for note in plan_job(spec).notes)
    assert check_reference(pictures, read_source(film), None).video.rate == Fraction(24000, 1001)


def test_an_encode_of_pictures_has_the_rate_of_its_reference(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    film, pictures = pair(clips, tmp_path)
    spec = make_spec(SubmitRequest("vmaf-compare", pictures, reference=film), jobs.settings)
    assert spec.source.video.rate == Fraction(24000, 1001)
    assert any(note.startswith("The encode is a sequence") and SAID in note for note in plan_job(spec).notes)


def test_what_is_said_counts_and_an_uneven_rate_is_none(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    film, pictures = pair(clips, tmp_path)
    spec = make_spec(SubmitRequest("vmaf-compare", film, reference=pictures, frame_rate=RATE), jobs.settings)
    assert not any("sequence" in note for note in plan_job(spec).notes)
    film, pictures = pair(clips, tmp_path, "-vf", "setpts=N*N/4/24/TB", "-fps_mode", "vfr")
    with pytest.raises(InputRefused, match="frame rate"):
        make_spec(SubmitRequest("vmaf-compare", film, reference=pictures), jobs.settings)
