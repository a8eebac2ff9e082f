# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Versions are not frames: which digits of a name count, by the names beside it."""

from pathlib import Path

import pytest
from picture_files import named, refusal

from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.sequences.files import find_sequence

FRAMES = range(1001, 1005)
VERSIONS = range(1, 8)


@pytest.fixture
def versions(one_png: Path, tmp_path: Path) -> Path:
    """Seven versions of four frames."""
    folder = tmp_path / "versions"
    named(folder, [f"sh_v{version:03d}.{frame}.png" for version in VERSIONS for frame in FRAMES], one_png)
    return folder


@pytest.mark.parametrize("version", [1, 3, 7])
def test_one_file_of_one_version_means_its_frames(version: int, versions: Path) -> None:
    found = find_sequence(f"{versions}/sh_v{version:03d}.1002.png")
    assert (found.prefix, found.frames) == (f"sh_v{version:03d}.", FrameRange(1001, 1004))


def test_a_folder_of_versions_names_them(versions: Path) -> None:
    assert f"{versions} holds 7 sequences (sh_v001.1001-1004#.png, sh_v002.1001-1004#.png" in refusal(versions)


@pytest.mark.parametrize(
    ("names", "one", "prefix", "frames"),
    [
        ([f"sh_v{v}.1001.png" for v in VERSIONS], "sh_v3.1001.png", "sh_v3.", (1001, 1001)),
        ([f"sh_{v:03d}.{f}.png" for v in VERSIONS for f in FRAMES], "sh_003.1002.png", "sh_003.", (1001, 1004)),
        ([f"sh.{f}.v{v:02d}.png" for v in VERSIONS for f in FRAMES], "sh.1002.v03.png", "sh.", (1001, 1004)),
        ([f"sh.{f}_2k.png" for f in FRAMES], "sh.1002_2k.png", "sh.", (1001, 1004)),
        ([f"sh.{f}.cam{c}.png" for f in range(1001, 1041) for c in (1, 2)], "sh.1002.cam1.png", "sh.", (1001, 1040)),
        ([f"sh_v{v:04d}.png" for v in range(1, 9)], "sh_v0003.png", "sh_v", (1, 8)),
        ([f"mov{f}.png" for f in FRAMES], "mov1002.png", "mov", (1001, 1004)),
        ([f"shotV{v}_{f}.png" for v in VERSIONS for f in FRAMES], "shotV3_1002.png", "shotV3_", (1001, 1004)),
    ],
)
def test_the_last_digits_count_unless_the_files_speak_against_it(  # noqa: PLR0917
    names: list[str], one: str, prefix: str, frames: tuple[int, int], one_png: Path, tmp_path: Path
) -> None:
    named(tmp_path / "shots", names, one_png)
    found = find_sequence(f"{tmp_path}/shots/{one}")
    assert (found.prefix, found.frames) == (prefix, FrameRange(*frames))
