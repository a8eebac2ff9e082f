# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Colour lies on its luma: chroma is where the film says it is, found from ramps by hand."""

import subprocess
from pathlib import Path

import numpy as np
import pytest
from clips import Clips
from films import FAST, long
from worker_jobs import Jobs

from cueffmpeg_gui.pictures.pair_side import PictureSide
from cueffmpeg_gui.probe import probe_clip

SIDE = 64
SLOPE = 2.0
# How far right of every other sample of luma a source has its chroma, and what stores it.
SOURCES = {
    "gbrp": (0.0, ["-c:v", "ffv1"], ".mkv"),
    "yuv444p": (0.0, ["-c:v", "ffv1"], ".mkv"),
    "yuv422p": (0.0, ["-c:v", "ffv1"], ".mkv"),
    "yuv420p": (0.0, ["-c:v", "libx264", "-qp", "0"], ".mkv"),
    "yuvj420p": (0.5, ["-c:v", "mjpeg", "-q:v", "1", "-qmin", "1"], ".avi"),
    "yuvj422p": (0.5, ["-c:v", "mjpeg", "-q:v", "1", "-qmin", "1"], ".avi"),
}


def red_ramp(pix_fmt: str, offset: float) -> bytes:
    """A picture whose Cr rises by SLOPE a column from 64 on, over even luma (in RGB: whose red does)."""
    columns, ones = np.arange(SIDE, dtype=float), np.ones((SIDE, 1))
    if pix_fmt == "gbrp":
        flat = np.full((SIDE, SIDE), 100, "u1")
        return flat.tobytes() * 2 + (ones * (64 + SLOPE * columns)).astype("u1").tobytes()
    wide, high = (SIDE if "444" in pix_fmt else SIDE // 2), (SIDE // 2 if "420" in pix_fmt else SIDE)
    places = np.arange(wide) * (SIDE / wide) + (offset if wide < SIDE else 0)
    ramp = (np.ones((high, 1)) * np.round(64 + SLOPE * places)).astype("u1")
    return np.full((SIDE, SIDE), 128, "u1").tobytes() + np.full((high, wide), 128, "u1").tobytes() + ramp.tobytes()


def source(pix_fmt: str, clips: Clips, folder: Path) -> Path:
    offset, codec, ending = SOURCES[pix_fmt]
    path = folder / f"source{ending}"
    raw = ["-f", "rawvideo", "-pix_fmt", pix_fmt, "-s", f"{SIDE}x{SIDE}", "-r", "24", "-i", "-"]
    tags = [] if pix_fmt == "gbrp" else ["-vf", "setparams=colorspace=bt709"]
    command = [clips.ffmpeg, "-v", "error", "-y", *raw, *tags, *codec, str(path)]
    subprocess.run(command, input=red_ramp(pix_fmt, offset) * 4, check=True)
    return path


@pytest.mark.parametrize("pix_fmt", ["gbrp", "yuvj420p", "yuv420p", long("yuv444p"), long("yuv422p"), long("yuvj422p")])
def test_chroma_of_a_film_lies_left(pix_fmt: str, clips: Clips, jobs: Jobs, tmp_path: Path) -> None:
    path = source(pix_fmt, clips, tmp_path)
    job = jobs(path, output=str(tmp_path / "film.mp4"), values={**FAST, "crf": "0"})
    job.must_run()
    command = [clips.ffmpeg, "-v", "error", "-i", str(job.output), "-frames:v", "1", "-f", "rawvideo", "-"]
    planes = np.frombuffer(subprocess.run(command, check=True, capture_output=True).stdout, "u1")
    found = planes[SIDE * SIDE * 5 // 4 :].reshape(SIDE // 2, SIDE // 2)[:, 6:-6].mean(0)
    places = 2 * np.arange(SIDE // 2)[6:-6]
    assert np.abs(found - wanted_cr(pix_fmt, places)).mean() < 0.3


def wanted_cr(pix_fmt: str, places: np.ndarray) -> np.ndarray:
    """Cr of BT.709, limited range, at columns."""
    value = 64 + SLOPE * places
    if pix_fmt == "gbrp":
        luma = 0.2126 * value + 0.7874 * 100
        return 128 + (value - luma) / 1.5748 * 224 / 255
    if not pix_fmt.startswith("yuvj"):
        return value
    # From BT.601's full range with Cb at 128 by way of RGB.
    change = value - 128
    red, green, blue = 128 + 1.402 * change, 128 - 0.714136 * change, 128 + 0 * change
    return 128 + (red - (0.2126 * red + 0.7152 * green + 0.0722 * blue)) / 1.5748 * 224 / 255


@pytest.mark.parametrize("pix_fmt", ["yuv420p", "yuvj420p"])
def test_a_view_has_colour_where_the_clip_has_it(pix_fmt: str, clips: Clips, tmp_path: Path) -> None:
    clip = probe_clip(str(source(pix_fmt, clips, tmp_path)))
    side = PictureSide(clip, clip.video.colour, [], (SIDE, SIDE))
    stride, rows = side.thumbnail(0, (SIDE, SIDE))
    red = np.frombuffer(rows, "u1").reshape(SIDE, stride)[:, : 3 * SIDE : 3].mean(0)[12:-12]
    change = SLOPE * np.arange(SIDE)[12:-12] - 64
    wanted = 128 + 1.402 * change if pix_fmt == "yuvj420p" else (128 - 16) * 255 / 219 + 1.5748 * 255 / 224 * change
    inside = (wanted > 4) & (wanted < 251)
    assert abs(np.mean((red - wanted)[inside])) < 0.5
