# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Picture files that are made once."""

import shutil
import subprocess
from pathlib import Path

import pytest
from clips import picture
from clock_headers import add_industry_headers
from picture_files import COUNT, FIRST, KINDS


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory, ffmpeg: str) -> Path:
    """A folder of one sequence of each kind, 1001 to 1006."""
    folder = tmp_path_factory.mktemp("pictures")
    for kind, (ending, arguments) in KINDS.items():
        (folder / kind).mkdir()
        target = f"{folder}/{kind}/shot.%04d{ending}"
        command = [*picture(COUNT, size="64x48"), *arguments, "-start_number", str(FIRST), target]
        subprocess.run([ffmpeg, "-nostdin", "-v", "error", *command], check=True)
    return folder


@pytest.fixture
def shot(pictures: Path, tmp_path: Path) -> Path:
    """A DPX sequence of one's own, shot.1001.dpx to shot.1006.dpx."""
    return Path(shutil.copytree(pictures / "dpx", tmp_path / "shot"))


@pytest.fixture
def one_png(pictures: Path, tmp_path: Path) -> Path:
    """A picture in a folder of its own, without a number."""
    return Path(shutil.copy(pictures / "png/shot.1001.png", tmp_path / "still.png"))


@pytest.fixture(params=["dpx", "dpx_big"])
def film(request: pytest.FixtureRequest, pictures: Path, tmp_path: Path) -> Path:
    """DPX of either byte order with the headers of film and television."""
    folder = Path(shutil.copytree(pictures / request.param, tmp_path / "film"))
    add_industry_headers(folder)
    return folder
