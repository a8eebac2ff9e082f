# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What a job's ffmpeg shows of light and log, held against OpenColorIO's own processor on the same pixels."""

import subprocess
from pathlib import Path

import numpy as np
import pytest
from seen_pixels import AS_IT_IS, PRINT, codes, dpx_sequence, exr_sequence, film, light, off, seen, wanted
from worker_jobs import Jobs

FAST = {"speed": "ultrafast", "threads": "1"}
REC709 = "Linear Rec.709 (sRGB)"


@pytest.mark.parametrize("view", [AS_IT_IS, PRINT])
@pytest.mark.parametrize("half", [True, False])
@pytest.mark.parametrize("space", ["scene-linear", "ACEScg"])
def test_light_is_seen_as_opencolorio_shows_it(space: str, half: bool, view: str, jobs: Jobs, tmp_path: Path) -> None:
    pixels = light()
    source = exr_sequence(tmp_path, pixels, half)
    job = jobs(source, frame_rate="24", values={"color": space, "color_view": view})
    exact = pixels.astype(np.float16 if half else np.float32).astype(np.float64)
    usual, worst = off(seen(job), wanted(exact, REC709 if space == "scene-linear" else space, view))
    assert (usual <= 1, worst <= 3) == (True, True), (usual, worst)


@pytest.mark.parametrize("view", [AS_IT_IS, PRINT])
@pytest.mark.parametrize("space", ["cineon", "ADX10", "ARRI LogC3 (EI800)"])
def test_log_is_seen_as_opencolorio_shows_it(space: str, view: str, jobs: Jobs, tmp_path: Path) -> None:
    pixels = codes()
    job = jobs(dpx_sequence(tmp_path, pixels), frame_rate="24", values={"color": space, "color_view": view})
    if space == "cineon":
        black = 10 ** ((95 - 685) * 0.002 / 0.6)
        right = wanted((10 ** ((pixels - 685) * 0.002 / 0.6) - black) / (1 - black), REC709, view)
    else:
        right = wanted(pixels / 1023, space, view)
    usual, worst = off(seen(job), right)
    assert (usual <= 1, worst <= 3) == (True, True), (usual, worst)


@pytest.mark.parametrize(("space", "view"), [("scene-linear", AS_IT_IS), ("ACEScg", PRINT)])
def test_the_film_shows_what_the_view_does(space: str, view: str, jobs: Jobs, tmp_path: Path) -> None:
    pixels = np.clip(light(chroma=0), 0, None) * (1, 0.8, 0.6)
    values = {**FAST, "color": space, "color_view": view, "pix_fmt": "yuv444p10le", "crf": "0"}
    job = jobs(exr_sequence(tmp_path, pixels), frame_rate="24", values=values, output=str(tmp_path / "film.mp4"))
    job.must_run()
    right = wanted(pixels.astype(np.float16).astype(float), REC709 if space == "scene-linear" else space, view)
    usual, worst = off(film(job, is_encoded=False), right)
    assert (usual <= 1, worst <= 3) == (True, True), (usual, worst)
    # What the encoder loses comes on top.
    usual, worst = off(film(job, is_encoded=True), right)
    assert (usual <= 2, worst <= 3) == (True, True), (usual, worst)


def test_mid_gray_lands_where_the_view_puts_it(jobs: Jobs, tmp_path: Path) -> None:
    gray = np.full((64, 64, 3), 0.18)
    shown = {}
    for view in (AS_IT_IS, PRINT):
        source = exr_sequence(tmp_path / view[:4], gray)
        shown[view] = seen(jobs(source, frame_rate="24", values={"color": "scene-linear", "color_view": view}))
    assert {view: round(float(picture.mean()) * 255) for view, picture in shown.items()} == {AS_IT_IS: 118, PRINT: 89}


def test_a_film_of_a_cameras_log_is_seen_too(jobs: Jobs, ffmpeg: str, tmp_path: Path) -> None:
    """Gray of every level, so that BT.709's arithmetic leaves nothing to guess: R = G = B = (Y - 64) / 876."""
    luma = np.repeat(np.linspace(64, 940, 128).round()[None, :], 64, 0).astype("<u2")
    chroma = np.full((2, 64, 64), 512, "<u2")
    path = tmp_path / "log.mkv"
    tags = "setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709"
    command = [ffmpeg, "-v", "error", "-f", "rawvideo", "-pix_fmt", "yuv422p10le", "-s", "128x64", "-i", "-",
               "-vf", tags, "-c:v", "ffv1", str(path)]  # fmt: skip
    subprocess.run(command, input=(luma.tobytes() + chroma.tobytes()) * 2, check=True)
    job = jobs(path, values={"color": "ARRI LogC4"})
    codes_of_gray = np.repeat(((luma - 64.0) / 876)[..., None], 3, -1)
    usual, worst = off(seen(job), wanted(codes_of_gray, "ARRI LogC4", PRINT))
    assert (usual <= 1, worst <= 3) == (True, True), (usual, worst)
