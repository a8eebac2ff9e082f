# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Continuous integration runs the one command on every Python that the package says it supports."""

from pathlib import Path
from typing import Any

import pytest
import tomllib
import yaml

from cueffmpeg_gui.api.qt_libraries import ALWAYS

ROOT = Path(__file__).parent.parent.parent
STATES = "Programming Language :: Python :: "


@pytest.fixture(scope="module")
def job() -> Any:
    return yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text())["jobs"]["test"]


def test_every_supported_python_is_tested(job: Any) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    supported = [line.removeprefix(STATES) for line in project["classifiers"] if line.startswith(STATES)]
    assert job["strategy"]["matrix"]["python"] == supported
    assert project["requires-python"] == f">={supported[0]}"


def test_it_runs_what_a_person_runs(job: Any) -> None:
    assert ".ci/run" in [step.get("run") for step in job["steps"]]
    assert (ROOT / ".ci/run").stat().st_mode & 0o111


def test_the_libraries_of_the_window_are_installed(job: Any) -> None:
    installed = " ".join(step.get("run", "") for step in job["steps"]).split()
    assert all(any(name.startswith(package) for name in installed) for package in ALWAYS.values())
