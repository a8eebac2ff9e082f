# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Pictures that say how they are to be turned become films that are turned so: all eight ways, in each format."""

import subprocess
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from still_files import HEIGHT, SHORT, WIDTH, exif, gradient, png, tiff, turned, with_exif, written
from still_films import assert_shows, film_of
from worker_jobs import Jobs


def colourless() -> NDArray[np.uint16]:
    across, down, _ = np.moveaxis(gradient(), -1, 0)
    return np.repeat((across // 2 + down // 4)[..., None], 3, -1)


def jpeg_of(jobs: Jobs) -> bytes:
    """The gradient without its colours as JPEG, from raw pixels."""
    argv = [jobs.ffmpeg, "-v", "error", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-i", "-"]
    graph = "scale=out_color_matrix=bt601:out_range=pc:flags=accurate_rnd,format=yuvj444p"
    argv += ["-vf", graph, "-q:v", "1", "-qmin", "1", "-f", "mjpeg", "-"]
    pixels = colourless().astype(np.uint8).tobytes()
    return subprocess.run(argv, input=pixels, check=True, capture_output=True).stdout


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("ending", [".tif", ".png", ".jpg"])
def test_a_still_is_turned_as_its_file_says(ending: str, orientation: int, jobs: Jobs, tmp_path: Path) -> None:
    pixels = gradient().astype(np.uint8).tobytes()
    data = {
        ".tif": lambda: tiff(pixels, {274: (SHORT, (orientation,))}),
        ".png": lambda: png(gradient(), exif(orientation)),
        ".jpg": lambda: with_exif(jpeg_of(jobs), orientation),
    }[ending]()
    film = film_of(jobs, written(tmp_path / "stills", ending, data), tmp_path)
    right = colourless() if ending == ".jpg" else gradient()
    assert_shows(jobs, film, turned(right, orientation) / 255, 4 if ending == ".jpg" else 2)


def test_an_orientation_that_cannot_be_says_nothing(jobs: Jobs, tmp_path: Path) -> None:
    data = png(gradient(), exif(9))
    film = film_of(jobs, written(tmp_path / "stills", ".png", data), tmp_path)
    assert_shows(jobs, film, gradient() / 255)
