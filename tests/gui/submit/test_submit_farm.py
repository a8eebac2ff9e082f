# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""From a drop to a film, on a real local farm."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from clips import Clips
from qtpy.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from qtpy.QtGui import QDragEnterEvent, QDropEvent
from qtpy.QtWidgets import QApplication

from cueffmpeg_gui.api.farm import stop_local_farm
from cueffmpeg_gui.gui.common.session import Session
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.submit.submit_page import SubmitPage
from cueffmpeg_gui.probe import probe_clip
from cueffmpeg_gui.settings import Settings, load_settings

PATIENCE = 120000


@pytest.fixture
def settings(home: Path) -> Iterator[Settings]:
    """Settings of a farm that ends with the test."""
    settings = load_settings(local_cores="2")
    yield settings
    stop_local_farm(settings)


def test_three_gestures_make_a_film(qtbot: Any, tasks: Tasks, settings: Settings, clips: Clips, tmp_path: Path) -> None:
    page = SubmitPage(Session(tasks, settings), tasks)
    qtbot.addWidget(page)
    page.show()
    source = shutil.copy(clips("prores"), tmp_path / "it's 100%.mov")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(source))])
    left, copy, none = Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), copy, data, left, none)
    QApplication.sendEvent(page, enter)
    QApplication.sendEvent(page, QDropEvent(QPointF(9, 9), copy, data, left, none))
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
