# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""No room can be forgotten: the wheel and the sdist hold every one, and what the sdist needs to make a wheel."""

import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

BUILD = "import sys; from setuptools import build_meta as b; print(getattr(b, 'build_' + sys.argv[1])(sys.argv[2]))"


def build(kind: str, sources: Path, out: Path) -> Path:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", BUILD, kind, out],
        cwd=sources,
        capture_output=True,
        text=True,
        check=True,
    )
    return out / done.stdout.splitlines()[-1]


@pytest.fixture(scope="module")
def sdist(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sdist, unpacked."""
    place = tmp_path_factory.mktemp("sdist")
    sources = shutil.copytree(checkout, place / "sources")
    with tarfile.open(build("sdist", sources, place)) as archive:
        archive.extractall(place, filter="data")
    (unpacked,) = place.glob("cueffmpeg-*/")
    return unpacked


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Names in the wheel that the sdist makes, as an installer does."""
    return set(zipfile.ZipFile(build("wheel", sdist, tmp_path_factory.mktemp("wheel"))).namelist())


def test_the_wheel_holds_every_file_of_every_room(checkout: Path, wheel: set[str]) -> None:
    files = {str(path.relative_to(checkout)) for path in (checkout / "cueffmpeg_gui").rglob("*") if path.is_file()}
    assert files <= wheel


def test_every_folder_of_sources_is_a_package(checkout: Path) -> None:
    folders = {path.parent for path in (checkout / "cueffmpeg_gui").rglob("*.py")}
    assert [folder for folder in folders if not (folder / "__init__.py").is_file()] == []


def test_the_wheel_holds_resources_and_plugins(checkout: Path, wheel: set[str]) -> None:
    for folder in ("resources", "plugins"):
        sources = (path.relative_to(checkout) for path in (checkout / folder).rglob("*") if path.is_file())
        assert {f"cueffmpeg_gui/_{path}" for path in sources} <= wheel


def test_the_sdist_holds_what_makes_a_wheel_of_it(sdist: Path) -> None:
    for name in ("setup.py", "pyproject.toml", "LICENSE", "README.md"):
        assert (sdist / name).is_file()
