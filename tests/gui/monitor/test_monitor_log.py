# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The Log tab: what is read of a log, and how it is found again."""

from pathlib import Path
from typing import Any

import pytest
from fake_backend import FakeBackend, FakeFeed
from farm_values import make_job
from loop_watch import LoopWatch, StepClock

from cueffmpeg_gui.api.monitor.log import FIRST_BYTES, LogFeed, LogPiece
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.monitor.log_tab import LogTab
from cueffmpeg_gui.gui.monitor.models.log_model import MOST_LINES, LogModel
from cueffmpeg_gui.gui.monitor.models.time_slices import SLICE_SECONDS

# What Python may do in one turn of the event loop; the whole log in one turn would be some 200,000 calls.
MOST_CALLS = 20_000
# A slice ends after 6 pieces of the log, on any machine.
STEP_SECONDS = SLICE_SECONDS / 6


class RealLogs(FakeBackend):
    def log_feed(self, job: Any, frame_name: str, path: str | None) -> Any:
        return LogFeed(job, frame_name, path)


@pytest.fixture
def log(qtbot: Any, tasks: Tasks, backend: FakeBackend) -> LogTab:
    widget = LogTab(LogModel(backend, tasks))
    qtbot.addWidget(widget)
    widget.resize(900, 300)
    widget.show()
    widget.model.start()
    return widget


def piece(*lines: str, anew: bool = False, skipped: int = 0, tries: tuple[str, ...] = ("a.rqlog",)) -> LogPiece:
    return LogPiece(anew, lines, skipped, tries)


def test_a_log_is_followed(qtbot: Any, log: LogTab, backend: FakeBackend) -> None:
    backend.feeds["1001-encode"] = FakeFeed("a.rqlog", [piece("one", "two", anew=True), piece("three")])
    log.model.show(make_job(), "1001-encode")
    qtbot.waitUntil(lambda: log.text.toPlainText() == "one\ntwo\nthree")
    assert log.status.text() == "a.rqlog"
    bar = log.text.verticalScrollBar()
    assert bar.value() == bar.maximum()


def test_a_log_begun_anew_replaces_what_was_shown(qtbot: Any, log: LogTab, backend: FakeBackend) -> None:
    backend.feeds["1001-encode"] = FakeFeed("a.rqlog", [piece("first try", anew=True), piece("second try", anew=True)])
    log.model.show(make_job(), "1001-encode")
    qtbot.waitUntil(lambda: log.text.toPlainText() == "second try")


def test_the_search_goes_round_both_ways(qtbot: Any, log: LogTab, backend: FakeBackend) -> None:
    backend.feeds["1001-encode"] = FakeFeed("a.rqlog", [piece("Error one", "fine", "an error", "fine", anew=True)])
    log.model.show(make_job(), "1001-encode")
    qtbot.waitUntil(lambda: len(log.model.lines) == 4)
    qtbot.keyClicks(log.search, "error")
    found = []
    for backwards in (False, False, True, True):
        log.find_next(backwards)
        found.append(log.text.textCursor().blockNumber())
    assert found == [0, 2, 0, 2]
    assert log.text.textCursor().selectedText() == "error"
    log.search.setText("nowhere")
    log.find_next()
    assert log.found.text() == "not found"


def test_earlier_tries_can_be_chosen(qtbot: Any, log: LogTab, backend: FakeBackend) -> None:
    tries = ("a.rqlog.1", "a.rqlog")
    backend.feeds["1001-encode"] = FakeFeed("a.rqlog", [piece("second", anew=True, tries=tries)])
    backend.feeds["a.rqlog.1"] = FakeFeed("a.rqlog.1", [piece("first", anew=True, tries=tries)])
    log.model.show(make_job(), "1001-encode")
    qtbot.waitUntil(log.tries.isVisible)
    assert log.tries.currentText() == "Try 2"
    log.tries.setCurrentIndex(0)
    log.tries.activated.emit(0)
    qtbot.waitUntil(lambda: log.text.toPlainText() == "first")
    assert log.tries.currentText() == "Try 1"


def test_of_a_huge_log_the_end_is_shown_and_the_window_goes_on(qtbot: Any, tasks: Tasks, tmp_path: Path) -> None:
    job = make_job(log_dir=str(tmp_path))
    with (tmp_path / f"{job.name}.1001-encode.rqlog").open("wb") as file:
        file.truncate(1 << 30)  # a hole costs no disk
        file.seek(0, 2)
        file.write(b"\n" + b"".join(b"line %06d of a long log, as ffmpeg writes them\n" % n for n in range(60_000)))
    widget = LogTab(LogModel(RealLogs(), tasks))
    qtbot.addWidget(widget)
    widget.show()
    widget.model.slices.clock = StepClock(STEP_SECONDS)
    last = widget.text.document().lastBlock
    with LoopWatch() as watch:
        widget.model.show(job, "1001-encode")
        qtbot.waitUntil(lambda: last().text().startswith("line 059999"), timeout=30_000)
    assert len(widget.model.lines) == widget.text.blockCount() == MOST_LINES
    assert widget.model.skipped > (1 << 30) - FIRST_BYTES
    assert "MB are left out" in widget.status.text()
    assert watch.most_calls < MOST_CALLS


def test_no_frame_no_log(log: LogTab) -> None:
    assert not log.isEnabled()
    assert "Select a frame" in log.text.placeholderText()


def test_a_log_that_cannot_be_read_says_why(qtbot: Any, tasks: Tasks) -> None:
    widget = LogTab(LogModel(RealLogs(), tasks))
    qtbot.addWidget(widget)
    widget.model.show(make_job(loki_url="http://loki"), "1001-encode")
    qtbot.waitUntil(lambda: "Loki" in widget.status.text())
