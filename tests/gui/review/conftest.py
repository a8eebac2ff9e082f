# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A Review page on the screen, and files of scores for it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cueffmpeg_gui.gui.common.session import Session
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.review.models.review_backend import ReviewBackend
from cueffmpeg_gui.gui.review.panes import ReviewPanes
from cueffmpeg_gui.gui.review.review_page import ReviewPage
from cueffmpeg_gui.media.scores import Scores, scores_bytes
from cueffmpeg_gui.settings import Settings


@pytest.fixture
def page(qtbot: Any, tasks: Tasks, settings: Settings) -> Iterator[ReviewPage]:
    made = ReviewPage(ReviewBackend(Session(tasks, settings)), tasks, ReviewPanes(tasks))
    qtbot.addWidget(made)
    made.resize(1280, 700)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.hide()


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., str]:
    """Writes scores of 95, with one frame of 60."""

    def write(name: str, frames: int = 240, dip: int = 1100, **given: Any) -> str:
        facts = {"model": "vmaf_v0.6.1", "missing": (), **given}
        rows = {
            frame: (60.0 if frame == dip else 95.0, 40.0)
            for frame in range(1001, 1001 + frames)
            if frame not in facts["missing"]
        }
        scores = Scores("compare", 1001, 1000 + frames, ("vmaf", "psnr_y"), facts["model"], rows)
        path = tmp_path / f"{name}.json"
        path.write_bytes(scores_bytes(scores))
        return str(path)

    return write
