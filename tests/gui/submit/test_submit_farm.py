# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""From a drop to a film, on a real local farm."""

import shutil
from pathlib import Path
from typing import Any

from clips import Clips
from drops import drop
from qtpy.QtCore import Qt

from cueffmpeg_gui.gui.common.session import Session
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.submit.submit_page import SubmitPage
from cueffmpeg_gui.probe import probe_clip
from cueffmpeg_gui.settings import Settings

PATIENCE = 120000


def test_three_gestures_make_a_film(qtbot: Any, tasks: Tasks, settings: Settings, clips: Clips, tmp_path: Path) -> None:
    page = SubmitPage(Session(tasks, settings), tasks)
    qtbot.addWidget(page)
    page.show()
    source = shutil.copy(clips("prores"), tmp_path / "it's 100%.mov")
    drop(page, source)
    qtbot.waitUntil(page.submit.isEnabled, timeout=PATIENCE)
    sent: list[Any] = []
    page.sent.connect(sent.append)
    page.activateWindow()
    qtbot.keyClick(page.presets.tree, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(sent), timeout=PATIENCE)
    output = tmp_path / "it's 100%_h264-review.mp4"
    assert sent[0].output == str(output)
    qtbot.waitUntil(output.exists, timeout=PATIENCE)
    film = probe_clip(str(output), decode=True)
    assert (film.video.codec, film.video.frames, len(film.audio)) == ("h264", 24, 1)
