# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Black, a quarter, half and white of a single-channel EXR keep their levels, with every encoder."""

import subprocess
from pathlib import Path

import numpy as np
import pytest
from still_files import exr, written
from still_films import tags_of
from worker_jobs import Jobs

from cueffmpeg_gui.api.submit.request import SubmitRequest, make_spec
from cueffmpeg_gui.jobs.plan import preview_commands

LEVELS, RIGHT = (0, 0.25, 0.5, 1), np.array([16, 71, 126, 235])
WIDTH, HEIGHT = 64, 48
GRAY = np.repeat(np.repeat(np.array(LEVELS), WIDTH // 4)[None], HEIGHT, 0)
ALPHA = np.full_like(GRAY, 1)


@pytest.mark.parametrize("half", [True, False], ids=["half", "float"])
@pytest.mark.parametrize("alpha", [False, True], ids=["Y", "YA"])
@pytest.mark.parametrize("how", [("h264-review", {"crf": "1"}), ("h265-review", {"crf": "1"}), ("prores-422-hq", {})])
def test_gray_keeps_its_levels(
    half: bool, alpha: bool, how: tuple[str, dict[str, str]], jobs: Jobs, tmp_path: Path
) -> None:
    preset, values = how[0], {**how[1], "color": "display"}
    source = written(tmp_path, ".exr", exr({"Y": GRAY, **({"A": ALPHA} if alpha else {})}, half))
    film = tmp_path / ("film.mov" if preset.startswith("prores") else "film.mp4")
    spec = make_spec(SubmitRequest(preset, source, output=str(film), frame_rate="24", values=values), jobs.settings)
    for argv in preview_commands(spec, "encode", jobs.ffmpeg):
        subprocess.run(argv, check=True, stdin=subprocess.DEVNULL, capture_output=True)
    argv = [jobs.ffmpeg, "-v", "error", "-i", str(film), "-f", "rawvideo", "-pix_fmt", "yuv420p10le", "-"]
    data = subprocess.run(argv, check=True, capture_output=True).stdout
    codes = np.frombuffer(data, np.uint16)[WIDTH // 8 : WIDTH : WIDTH // 4] / 4
    assert np.abs(codes - RIGHT).max() <= 1
    assert tags_of(jobs, film) == ["tv", "bt709", "bt709", "bt709"]
