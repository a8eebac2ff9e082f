# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The packages, built once."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
BUILD_SECONDS = 1200


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean copy of what is committed or about to be."""
    copy = tmp_path_factory.mktemp("checkout")
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    subprocess.run(["cp", "--parents", "-t", copy, *filter(None, files.split(b"\0"))], cwd=ROOT, check=True)
    return copy


@pytest.fixture(scope="session")
def built(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with wheel, sdist and bundle."""
    out = tmp_path_factory.mktemp("dist")
    subprocess.run([checkout / "packaging/bundle/build.sh", out], check=True, timeout=BUILD_SECONDS)
    return out
