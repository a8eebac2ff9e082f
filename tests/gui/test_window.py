# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The whole window on a real local farm: drop, preset, Submit, and the job's score in the Monitor."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from clips import Clips
from drops import drop
from qtpy.QtCore import QModelIndex, Qt
from qtpy.QtWidgets import QPushButton, QTreeView

from cueffmpeg_gui.api.farm import local_farm_status
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.main_window import MainWindow
from cueffmpeg_gui.gui.monitor.monitor_page import MonitorPage
from cueffmpeg_gui.gui.pages import build_pages
from cueffmpeg_gui.gui.review.review_page import ReviewPage
from cueffmpeg_gui.gui.submit.submit_page import SubmitPage
from cueffmpeg_gui.media.scores import Scores, scores_bytes
from cueffmpeg_gui.probe import probe_clip
from cueffmpeg_gui.settings import Settings

PATIENCE = 90_000
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def links() -> list[Any]:
    """The links into the window's pages, once they are built."""
    return []


@pytest.fixture
def window(qtbot: Any, tasks: Tasks, settings: Settings, links: list[Any]) -> Iterator[MainWindow]:
    frame = MainWindow(tasks, settings.home.config)
    qtbot.addWidget(frame)
    frame.show()
    build_pages(frame, tasks, settings, links.append)
    qtbot.waitUntil(lambda: bool(links), timeout=PATIENCE)
    yield frame
    # The farm is started in a task: one that is still under way would start it again after it was stopped.
    qtbot.waitUntil(lambda: local_farm_status(settings) is not None, timeout=PATIENCE)
    tasks.close()


def row_of(tree: QTreeView, text: str, parent: QModelIndex | None = None) -> QModelIndex | None:
    """The row that shows the text, at any depth."""
    model, above = tree.model(), parent or QModelIndex()
    for number in range(model.rowCount(above)):
        index = model.index(number, 0, above)
        found = index if index.data() == text else row_of(tree, text, index)
        if found is not None:
            return found
    return None


def test_drop_preset_submit_and_the_score_is_in_the_monitor(
    qtbot: Any, window: MainWindow, clips: Clips, tmp_path: Path
) -> None:
    page, monitor = window.findChild(SubmitPage), window.findChild(MonitorPage)
    drop(page, Path(shutil.copy(clips("h264"), tmp_path / "shot.mp4")))
    presets = page.presets.tree
    qtbot.waitUntil(lambda: row_of(presets, "H.264 review + VMAF") is not None, timeout=PATIENCE)
    index = row_of(presets, "H.264 review + VMAF")
    presets.scrollTo(index)
    qtbot.mouseClick(presets.viewport(), LEFT, pos=presets.visualRect(index).center())
    qtbot.waitUntil(lambda: page.submit.isEnabled() and "compare" in page.form.details.summary.text(), timeout=PATIENCE)
    sent: list[Any] = []
    page.sent.connect(sent.append)
    qtbot.mouseClick(page.submit, LEFT)
    qtbot.waitUntil(lambda: bool(sent), timeout=PATIENCE)
    window.show_page("Monitor")
    jobs = monitor.findChild(QTreeView)

    def shown() -> list[str]:
        return [str(jobs.model().index(0, column).data()) for column in range(jobs.model().columnCount())]

    qtbot.waitUntil(lambda: jobs.model().rowCount() == 1 and "succeeded" in shown(), timeout=PATIENCE)
    qtbot.waitUntil(lambda: any(text.replace(".", "").isdigit() and "." in text for text in shown()), timeout=PATIENCE)
    monitor.tabs.setCurrentWidget(monitor.tabs.scores)
    jobs.setCurrentIndex(jobs.model().index(0, 0))
    qtbot.waitUntil(monitor.tabs.scores.review.isVisible, timeout=PATIENCE)
    qtbot.mouseClick(monitor.tabs.scores.review, LEFT)
    review = window.findChild(ReviewPage)
    assert review.isVisible()
    qtbot.waitUntil(lambda: len(review.panes.curve.plot.lines.lines) == 1, timeout=PATIENCE)
    assert probe_clip(str(tmp_path / "shot_h264-review-vmaf.mp4"), decode=True).video.frames == 48
    window.show_page("Monitor")
    selected = monitor.action_handler._tree.selected_items
    qtbot.waitUntil(lambda: bool(selected()) and bool(selected()[0].folder), timeout=PATIENCE)
    monitor.action_handler.do("submit_again")
    qtbot.waitUntil(lambda: monitor.message_bar.is_question, timeout=PATIENCE)
    assert monitor.message_bar.text == f"The output {tmp_path / 'shot_h264-review-vmaf.mp4'} is there already."
    answers = {button.text(): button for button in monitor.message_bar.findChildren(QPushButton)}
    assert {"Replace it", "Number the new one", "Cancel"} <= set(answers)
    qtbot.mouseClick(answers["Number the new one"], LEFT)
    qtbot.waitUntil(lambda: jobs.model().rowCount() == 2, timeout=PATIENCE)
    qtbot.waitUntil((tmp_path / "shot_h264-review-vmaf_2.mp4").exists, timeout=PATIENCE)


def test_a_review_asked_for_at_the_start_is_shown(
    qtbot: Any, window: MainWindow, links: list[Any], tmp_path: Path
) -> None:
    scores = tmp_path / "scores.json"
    rows = dict.fromkeys(range(1, 25), (90.0,))
    scores.write_bytes(scores_bytes(Scores("compare", 1, 24, ("vmaf",), "vmaf_v0.6.1", rows)))
    links[0].review([str(scores)])
    review = window.findChild(ReviewPage)
    assert review.isVisible()
    qtbot.waitUntil(lambda: [item.target for item in review.items.items] == [str(scores)], timeout=PATIENCE)
