# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""JPEG never says its matrix: beside a film its pictures tell it, and the notes say so, and how to overrule it."""

from pathlib import Path

import pytest
from clips import LOSSLESS, Clips, picture
from previewed import scored
from worker_jobs import Jobs

from cueffmpeg_gui.api.submit.request import SubmitRequest, make_spec
from cueffmpeg_gui.jobs.plan import plan_job

DEMO = str(Path(__file__).parents[4] / "resources/demo/bigbuckbunny.mp4")
TAGS = "setparams=range=tv:colorspace={0}:color_primaries={0}:color_trc={0}"
EXACT = "flags=bicubic+accurate_rnd+full_chroma_int"
# The film's matrix, what is done to make JPEG of it, the JPEG's real matrix as it is told, and the words of the note.
CASES = {
    "as the film": ("bt709", "null", "its pictures fit bt709, and so it is read. encode_tags=matrix:bt470bg overrules"),
    "converted": (
        "bt709", f"scale=in_color_matrix=bt709:out_color_matrix=bt601:{EXACT}",
        "bt470bg is taken, and so it is read. encode_tags=matrix:bt709 overrules",
    ),
    "of SD": ("smpte170m", "null", "bt470bg is taken"),
}  # fmt: skip


def notes_and_psnr(jobs: Jobs, encode: Path, reference: Path, folder: Path, **values: str) -> tuple[str, float]:
    request = SubmitRequest("vmaf-compare", str(encode), reference=str(reference), values=values)
    spec = make_spec(request, jobs.settings)
    rows = scored(spec, jobs.ffmpeg, folder)
    return " ".join(plan_job(spec).notes), min(row["psnr_y"] for row in rows)


@pytest.mark.parametrize("ending", [".mov", ".avi"])
@pytest.mark.parametrize("name", CASES)
def test_an_encode_is_read_as_its_pictures_show(
    name: str, ending: str, clips: Clips, jobs: Jobs, tmp_path: Path
) -> None:
    matrix, chain, words = CASES[name]
    reference, encode = tmp_path / "r.mov", tmp_path / f"e{ending}"
    clips.run([*picture(6), "-vf", f"format=yuv420p,{TAGS.format(matrix)}", *LOSSLESS, str(reference)])
    clips.run(["-i", str(reference), "-vf", chain, "-c:v", "mjpeg", "-q:v", "2", str(encode)])
    notes, psnr = notes_and_psnr(jobs, encode, reference, tmp_path)
    assert words in notes
    assert psnr > 35  # by the other matrix below 28


@pytest.mark.parametrize("chain", ["null", f"scale=in_color_matrix=bt709:out_color_matrix=bt601:{EXACT}"])
def test_coarse_pictures_show_it_too(chain: str, clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    film = [
        "-ss",
        "2",
        "-i",
        DEMO,
        "-an",
        "-frames:v",
        "6",
        "-vf",
        f"scale=480:270,format=yuv420p,{TAGS.format('bt709')}",
    ]
    reference, encode = tmp_path / "r.mov", tmp_path / "e.avi"
    clips.run([*film, *LOSSLESS, str(reference)])
    clips.run(["-i", str(reference), "-vf", chain, "-c:v", "mjpeg", "-q:v", "24", str(encode)])
    notes, _ = notes_and_psnr(jobs, encode, reference, tmp_path)
    assert ("its pictures fit bt709" if chain == "null" else "bt470bg is taken") in notes


def test_the_note_says_what_overrules(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    reference, encode = tmp_path / "r.mov", tmp_path / "e.mov"
    clips.run([*picture(6), "-vf", f"format=yuv420p,{TAGS.format('bt709')}", *LOSSLESS, str(reference)])
    clips.run(["-i", str(reference), "-c:v", "mjpeg", "-q:v", "2", str(encode)])
    notes, psnr = notes_and_psnr(jobs, encode, reference, tmp_path, encode_tags="matrix:bt470bg")
    assert "JPEG" not in notes
    assert psnr < 28


def test_jpeg_pictures_of_a_film_show_their_matrix(clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    encode = tmp_path / "e.mp4"
    clips.run([*picture(4), "-vf", f"format=yuv420p,{TAGS.format('bt709')}", *LOSSLESS, str(encode)])
    clips.run(["-i", str(encode), "-c:v", "mjpeg", "-q:v", "2", str(tmp_path / "r.%04d.jpg")])
    request = SubmitRequest("vmaf-compare", str(encode), reference=str(tmp_path / "r.%04d.jpg"), frame_rate="24")
    spec = make_spec(request, jobs.settings)
    assert "The reference is JPEG" in " ".join(plan_job(spec).notes)
    assert "its pictures fit bt709" in " ".join(plan_job(spec).notes)
    assert min(row["psnr_y"] for row in scored(spec, jobs.ffmpeg, tmp_path)) > 32
