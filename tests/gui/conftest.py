# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Windows without a screen: Qt's offscreen platform, unless the caller names another. And a local farm for them."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")
os.environ.setdefault("PYTEST_QT_API", "pyside6")

from cueffmpeg_gui.api.farm import stop_local_farm
from cueffmpeg_gui.api.submit.request import SubmitRequest
from cueffmpeg_gui.api.submit.submit import Submitted, prepare, submit_job
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.settings import Settings, load_settings


@pytest.fixture
def tasks(qapp: object) -> Iterator[Tasks]:
    """Work off the window's thread, ended with the test."""
    runner = Tasks()
    yield runner
    runner.close()


@pytest.fixture
def settings(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """Settings of a local farm with two cores; the farm, once it is started, ends with the test."""
    monkeypatch.setenv("CUEFFMPEG_LOCAL_CORES", "2")
    loaded = load_settings()
    yield loaded
    stop_local_farm(loaded)


@pytest.fixture
def send(settings: Settings, tmp_path: Path) -> Callable[..., Submitted]:
    """Sends a job to that farm."""

    def send(source: Path, preset: str = "h264-review", **given: Any) -> Submitted:
        output = str(tmp_path / f"{given.get('name', 'out')}.mp4")
        return submit_job(prepare(SubmitRequest(preset, str(source), output=output, **given), settings), settings)

    return send
