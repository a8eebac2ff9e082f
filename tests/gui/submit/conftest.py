# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A submit page with real widgets, before a farm that only pretends."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from clips import Clips
from submit_fakes import PATIENCE, PretendedFarm

from cueffmpeg_gui.gui.common.session import Session
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.submit.models.submit_backend import SubmitBackend
from cueffmpeg_gui.gui.submit.submit_page import SubmitPage
from cueffmpeg_gui.settings import load_settings


@pytest.fixture
def farm() -> PretendedFarm:
    return PretendedFarm()


@pytest.fixture
def make_page(qtbot: Any, tasks: Tasks, farm: PretendedFarm, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes pages that are shown and have their presets."""
    monkeypatch.setenv("CUEFFMPEG_USER", "alice")

    def make(**calls: Any) -> SubmitPage:
        page = SubmitPage(Session(tasks, load_settings()), tasks, replace(SubmitBackend(submit=farm.submit), **calls))
        qtbot.addWidget(page)
        page.resize(1350, 650)
        page.show()
        qtbot.waitUntil(lambda: page.model.form.chosen is not None, timeout=PATIENCE)
        return page

    return make


@pytest.fixture
def page(make_page: Callable[..., SubmitPage]) -> SubmitPage:
    return make_page()


@pytest.fixture
def shots(clips: Clips, tmp_path: Path) -> Callable[..., list[Path]]:
    """Copies of a clip under names of their own, in a folder of their own."""

    def make(*names: str, clip: str = "h264") -> list[Path]:
        folder = tmp_path / "shots"
        folder.mkdir(exist_ok=True)
        return [Path(shutil.copy(clips(clip), folder / name)) for name in names]

    return make
