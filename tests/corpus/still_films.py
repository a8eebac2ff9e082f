# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Makes the film that a job would make of pictures, by the very commands of its hosts, and takes its pixels apart."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from worker_jobs import Jobs

from cueffmpeg_gui.api.submit.request import SubmitRequest, make_spec
from cueffmpeg_gui.jobs.plan import preview_commands

Planes = NDArray[np.float64]
# BT.709's weights of red, green and blue (ITU-R BT.709-6, 3.2).
WEIGHTS = np.array([0.2126, 0.7152, 0.0722])


def right_luma(picture: Planes) -> Planes:
    """Luma of limited range on a scale of 8 bits, from RGB between 0 and 1."""
    luma: Planes = 16 + 219 * (picture @ WEIGHTS)
    return luma


def right_chroma(picture: Planes) -> tuple[Planes, Planes]:
    """Cb and Cr of limited range on a scale of 8 bits."""
    luma = picture @ WEIGHTS
    blue, red = picture[..., 2] - luma, picture[..., 0] - luma
    return 128 + 224 * blue / 1.8556, 128 + 224 * red / 1.5748


def film_of(jobs: Jobs, source: str, folder: Path, **request: object) -> Path:
    """The film of a sequence in ProRes, which keeps 10 bits and all lines of chroma."""
    output = folder / "film.mov"
    asked = SubmitRequest("prores-422-hq", source, output=str(output), frame_rate="24", **request)  # type: ignore[arg-type]  # words of a table
    spec = make_spec(asked, jobs.settings)
    for argv in preview_commands(spec, "encode", jobs.ffmpeg):
        subprocess.run([*argv[:-1], str(output)], check=True, stdin=subprocess.DEVNULL, capture_output=True)
    return output


def planes_of(jobs: Jobs, film: Path, size: tuple[int, int], frame: int = 0) -> tuple[Planes, Planes, Planes]:
    """Y, Cb and Cr of a frame on a scale of 8 bits; chroma has half as many columns."""
    width, height = size
    argv = [jobs.ffmpeg, "-nostdin", "-v", "error", "-i", str(film), "-f", "rawvideo", "-pix_fmt", "yuv422p10le", "-"]
    data = subprocess.run(argv, check=True, stdin=subprocess.DEVNULL, capture_output=True).stdout
    words = np.frombuffer(data, np.uint16).reshape(-1, 2 * width * height)[frame] / 4
    luma, blue, red = np.split(words, [width * height, width * height * 3 // 2])
    return luma.reshape(height, width), blue.reshape(height, -1), red.reshape(height, -1)


def assert_shows(jobs: Jobs, film: Path, right: Planes, tolerance: float = 2.0) -> None:
    """Asserts that the film's first picture is this one, in levels, colours and place; edges of chroma blur."""
    height, width = right.shape[:2]
    luma, *chroma = planes_of(jobs, film, (width, height))
    assert np.abs(luma - right_luma(right)).max() < tolerance
    for plane, whole in zip(chroma, right_chroma(right), strict=True):
        assert np.abs(plane - whole[:, ::2]).mean() < tolerance


def tags_of(jobs: Jobs, film: Path) -> Sequence[str]:
    """Range, matrix, primaries and transfer as ffmpeg names them."""
    argv = [jobs.ffmpeg, "-nostdin", "-hide_banner", "-i", str(film), "-vf", "showinfo", "-f", "null", "-"]
    told = subprocess.run(argv, check=True, stdin=subprocess.DEVNULL, capture_output=True).stderr.decode()
    line = next(line for line in told.splitlines() if "color_range:" in line)
    return [word.partition(":")[2] for word in line.split() if word.startswith("color")]
