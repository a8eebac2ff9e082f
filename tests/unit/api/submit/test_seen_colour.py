# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A film without tags beside RGB: by which matrix it was made is seen in its pictures, and said."""

from pathlib import Path

import pytest
from clips import Clips, picture
from previewed import scored
from worker_jobs import Jobs

from cueffmpeg_gui.api.submit.request import SubmitRequest, make_spec
from cueffmpeg_gui.jobs.plan import plan_job

SILENT = "setparams=range=unknown:colorspace=unknown:color_primaries=unknown:color_trc=unknown"
MADE = {
    "bt709 tv": ("bt709:out_range=tv", None),
    "bt601 tv": ("bt601:out_range=tv", "smpte170m, limited range"),
    "bt2020 tv": ("bt2020:out_range=tv", "bt2020nc, limited range"),
    "bt709 pc": ("bt709:out_range=pc", "bt709, full range"),
}
CRFS = ("8", "42")


def rgb(clips: Clips, path: Path, source: str = "testsrc2") -> Path:
    clips.run([*picture(12, size="320x180", source=source), "-c:v", "png", "-pix_fmt", "rgb24", str(path)])
    return path


def film(clips: Clips, reference: Path, path: Path, matrix: str, crf: str = "8") -> Path:
    flags = "flags=bicubic+accurate_rnd+full_chroma_int:out_chroma_loc=left"
    chain = f"scale=out_color_matrix={matrix}:{flags},format=yuv420p,{SILENT}"
    clips.run(["-i", str(reference), "-vf", chain, "-c:v", "libx264", "-crf", crf, str(path)])
    return path


def compared(jobs: Jobs, encode: Path, reference: Path, folder: Path) -> tuple[float, list[str]]:
    """The least PSNR of luma and chroma, and what is said."""
    spec = make_spec(SubmitRequest("vmaf-compare", str(encode), reference=str(reference)), jobs.settings)
    rows = scored(spec, jobs.ffmpeg, folder)
    return min(row[key] for row in rows for key in ("psnr_y", "psnr_cb", "psnr_cr")), list(plan_job(spec).notes)


FULL = (
    "The encode is full range, so both sides are compared in full range; the same pictures in limited range have other "
    "numbers."
)


@pytest.mark.parametrize("made", MADE)
@pytest.mark.parametrize("crf", CRFS)
def test_a_film_made_of_rgb_is_read_as_it_was_made(
    made: str, crf: str, clips: Clips, jobs: Jobs, tmp_path: Path
) -> None:
    matrix, words = MADE[made]
    reference = rgb(clips, tmp_path / "r.mov")
    encode = film(clips, reference, tmp_path / "e.mp4", matrix, crf)
    psnr, notes = compared(jobs, encode, reference, tmp_path)
    assert psnr > (40 if crf == CRFS[0] else 26)
    expected = (
        f"The encode does not say its colour matrix; beside the RGB pictures it is {words}, and so it is read."
        if words
        else "The encode does not say its colour matrix and range: bt709, limited range is taken, as in encodes of RGB."
    )
    more = [FULL] if "full range" in expected else []
    assert sorted(notes) == sorted([expected, *more])


def test_rgb_pictures_of_a_film_show_its_matrix_too(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    original = rgb(clips, tmp_path / "o.mov")
    reference = film(clips, original, tmp_path / "r.mp4", "bt709:out_range=tv")
    encode = tmp_path / "e.mov"
    chain = "scale=in_color_matrix=bt709:in_range=tv:out_range=pc:flags=bicubic+accurate_rnd+full_chroma_int"
    chain += ":in_chroma_loc=left"
    clips.run(["-i", str(reference), "-vf", chain, "-c:v", "png", "-pix_fmt", "rgb24", str(encode)])
    psnr, notes = compared(jobs, encode, reference, tmp_path)
    assert psnr > 39  # RGB of 8 bits cuts what the film's edges overshoot; by another matrix it is below 32
    assert notes[0].startswith("The reference does not say its colour matrix; beside the RGB pictures it is bt709")


def test_what_shows_nothing_is_taken_as_ever(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    reference = tmp_path / "r.mov"
    gray = "color=gray:size=320x180:rate=24,trim=end_frame=12"
    clips.run(["-f", "lavfi", "-i", gray, "-c:v", "png", "-pix_fmt", "rgb24", str(reference)])
    encode = film(clips, reference, tmp_path / "e.mp4", "bt601:out_range=tv")
    psnr, notes = compared(jobs, encode, reference, tmp_path)
    assert psnr > 39  # RGB of 8 bits cuts what the film's edges overshoot; by another matrix it is below 32
    assert notes[0].endswith("bt709, limited range is taken, as in encodes of RGB.")
