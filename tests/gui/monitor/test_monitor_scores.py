# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The Scores tab on a fake backend: scores that grow, and the way to the review."""

from typing import Any

import pytest
from curves import click, colour_near, line_extremes, wait_drawn
from fake_backend import FakeBackend
from farm_values import make_job, make_scores
from page_steps import select
from qtpy.QtCore import Qt

from cueffmpeg_gui.gui.monitor.monitor_page import MonitorPage


def test_scores_grow_and_are_called_partial(qtbot: Any, page: MonitorPage, backend: FakeBackend, show: Any) -> None:
    values = {frame: 90.0 + frame % 7 for frame in range(1001, 1181)}
    backend.scores_of["job1"] = make_scores(values)
    show(make_job(1))
    page.tabs.setCurrentWidget(page.tabs.scores)
    select(page, "job1")
    qtbot.waitUntil(lambda: "partial" in page.tabs.scores.status.text())
    assert page.tabs.scores.status.text() == "VMAF v0.6.1 (0-100)  ·  180 of 240 frames  ·  partial"
    assert page.tabs.scores.pooled.item(0, 0).text() == "VMAF v0.6.1 (0-100)"
    assert page.tabs.scores.worst.item(0, 1).text() == "90.000"


@pytest.fixture
def scored(qtbot: Any, page: MonitorPage, backend: FakeBackend, show: Any) -> MonitorPage:
    """A page that shows the scores of a job, half of them there."""
    values = {frame: 70.0 if frame == 1050 else 95.0 for frame in range(1001, 1121)}
    backend.scores_of["job1"] = make_scores(values)
    show(make_job(1))
    page.tabs.setCurrentWidget(page.tabs.scores)
    select(page, "job1")
    wait_drawn(qtbot, page.tabs.scores.curve)
    qtbot.waitUntil(lambda: bool(page.tabs.scores.curve.plot.lines.lines))
    return page


def test_the_curve_grows_with_the_scores(qtbot: Any, scored: MonitorPage, backend: FakeBackend) -> None:
    curve = scored.tabs.scores.curve
    assert line_extremes(curve) == [(70.0, 95.0)]
    assert len(colour_near(curve, 1200, 50, 4)) > 1, "what is missing is hatched"
    backend.scores_of["job1"] = make_scores({frame: 40.0 if frame == 1200 else 95.0 for frame in range(1001, 1241)})
    qtbot.waitUntil(lambda: line_extremes(curve) == [(40.0, 95.0)], timeout=10_000)
    assert len(colour_near(curve, 1220, 50, 4)) == 1


def test_the_review_opens_at_the_frame_that_is_clicked(qtbot: Any, scored: MonitorPage) -> None:
    wanted: list[Any] = []
    scored.wants_review.connect(lambda *asked: wanted.append(asked))
    scores, name = scored.tabs.scores, make_job(1).name
    qtbot.mouseClick(scores.review, Qt.MouseButton.LeftButton)
    click(qtbot, scores.curve, 1033)
    item = scores.worst.visualItemRect(scores.worst.item(0, 0)).center()
    qtbot.mouseClick(scores.worst.viewport(), Qt.MouseButton.LeftButton, pos=item)
    qtbot.mouseDClick(scores.worst.viewport(), Qt.MouseButton.LeftButton, pos=item)
    assert wanted == [(name, None), (name, 1033), (name, 1050)]
