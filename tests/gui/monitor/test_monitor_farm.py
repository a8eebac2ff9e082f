# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The Monitor page on a real local farm: jobs run, fail, are tried again, paused, killed; the farm goes and comes."""

import os
import shutil
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from clips import Clips
from loop_watch import LoopWatch
from qtpy.QtGui import QDesktopServices
from qtpy.QtWidgets import QApplication, QPushButton

from cueffmpeg_gui.api.farm import local_farm_status
from cueffmpeg_gui.api.submit.submit import Submitted
from cueffmpeg_gui.gui.common.session import Session
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.monitor.monitor_page import MonitorPage
from cueffmpeg_gui.gui.rows.models.columns import Column
from cueffmpeg_gui.settings import Settings, load_settings

PATIENCE = 60_000
# What Python may do in one turn of the event loop, at most.
MOST_CALLS = 40_000
TURNS = 50

Send = Callable[..., Submitted]


@pytest.fixture
def page(qtbot: Any, tasks: Tasks, settings: Settings) -> Iterator[MonitorPage]:
    session = Session(tasks, settings)
    made = MonitorPage(session, tasks)
    qtbot.addWidget(made)
    made.resize(1280, 640)
    session.start()
    made.show()
    yield made
    made.hide()
    made.poller.stop()
    session._timer.stop()


def state(page: MonitorPage, job: Submitted) -> str:
    return str(page.tree.index_of_job(job.id).siblingAtColumn(Column.STATE).data())


def wait_for_state(qtbot: Any, page: MonitorPage, job: Submitted, wanted: str) -> None:
    qtbot.waitUntil(lambda: state(page, job) == wanted, timeout=PATIENCE)


def do(page: MonitorPage, action: str) -> None:
    """As the context menu does it."""
    qaction = next(one for one in page.action_menu.menu().actions() if one is page.action_menu.actions[action])
    assert qaction.isEnabled(), qaction.toolTip()
    qaction.trigger()


def press(page: MonitorPage, text: str) -> None:
    next(b for b in page.message_bar.findChildren(QPushButton) if b.text() == text and not b.isHidden()).click()


def test_a_job_is_watched_to_its_end(
    qtbot: Any, page: MonitorPage, send: Send, clips: Clips, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Any] = []
    page.job_ended.connect(told.append)
    job = send(clips("h264"), "h264-review-vmaf", name="watched")
    page.select_job(job.id)
    wait_for_state(qtbot, page, job, "succeeded")
    row = page.tree.index_of_job(job.id)
    qtbot.waitUntil(lambda: page.tree.filter.rowCount(row) == 2, timeout=PATIENCE)
    layers = [page.tree.filter.index(number, 0, row) for number in range(2)]
    assert [layer.data() for layer in layers] == ["encode", "compare"]
    qtbot.waitUntil(lambda: layers[1].siblingAtColumn(Column.STATE).data() == "succeeded", timeout=PATIENCE)
    qtbot.waitUntil(lambda: bool(row.siblingAtColumn(Column.SCORE).data()), timeout=PATIENCE)
    assert "partial" not in row.siblingAtColumn(Column.SCORE).data()
    page.tree.expand(layers[0])
    page.tree.select(page.tree.filter.index(0, 0, layers[0]))
    qtbot.waitUntil(lambda: "+ " in page.tabs.log.text.toPlainText(), timeout=PATIENCE)
    page.tabs.setCurrentWidget(page.tabs.commands)
    qtbot.waitUntil(lambda: "-c:v libx264" in page.tabs.commands.text.toPlainText(), timeout=PATIENCE)
    assert f"{job.folder} encode 1" in page.tabs.commands.text.toPlainText()
    do(page, "copy_command")
    assert QApplication.clipboard().text().endswith(f"{job.folder} encode 1")
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: bool(opened.append(url.toLocalFile())) or True)
    do(page, "open_output")
    do(page, "show_folder")
    qtbot.waitUntil(lambda: sorted(opened) == sorted([job.output, str(Path(job.output).parent)]), timeout=PATIENCE)
    Path(job.output).unlink()
    do(page, "open_output")
    qtbot.waitUntil(lambda: page.message_bar.text.startswith(f"There is no {job.output}"), timeout=PATIENCE)
    page.tabs.setCurrentWidget(page.tabs.details)
    assert job.output in page.tabs.details.text()
    page.tabs.setCurrentWidget(page.tabs.scores)
    qtbot.waitUntil(lambda: "all 48 frames" in page.tabs.scores.status.text(), timeout=PATIENCE)
    assert [one.job.id for one in told] in ([job.id], [])  # a quick job may have ended before it was seen


def test_a_failed_frame_says_why_and_is_tried_again_from_the_menu(
    qtbot: Any, page: MonitorPage, send: Send, clips: Clips, tmp_path: Path
) -> None:
    source = Path(shutil.copy(clips("h264"), tmp_path / "source.mp4"))
    job = send(source, name="failing", paused=True)
    away = source.rename(tmp_path / "away.mp4")
    page.select_job(job.id)
    wait_for_state(qtbot, page, job, "paused")
    qtbot.waitUntil(lambda: [one.job.id for one in page.tree.selected_items()] == [job.id])
    do(page, "resume")
    wait_for_state(qtbot, page, job, "failed")
    row = page.tree.index_of_job(job.id)
    qtbot.waitUntil(lambda: "source.mp4" in str(row.siblingAtColumn(Column.NOTE).data()), timeout=PATIENCE)
    qtbot.waitUntil(lambda: "source.mp4" in page.message_bar.text, timeout=PATIENCE)
    away.rename(source)
    layer = page.tree.filter.index(0, 0, row)
    page.tree.expand(layer)
    frame = page.tree.filter.index(0, 0, layer)
    page.tree.select(frame)
    qtbot.waitUntil(lambda: "error: " in page.tabs.log.text.toPlainText(), timeout=PATIENCE)
    do(page, "retry")
    wait_for_state(qtbot, page, job, "succeeded")
    qtbot.waitUntil(page.tabs.log.tries.isVisible, timeout=PATIENCE)


def test_a_job_is_paused_and_killed(qtbot: Any, page: MonitorPage, send: Send, clips: Clips) -> None:
    job = send(clips("h264"), name="stopped", paused=True)
    page.select_job(job.id)
    wait_for_state(qtbot, page, job, "paused")
    qtbot.waitUntil(lambda: bool(page.tree.selected_items()))
    do(page, "kill")
    assert job.job in page.message_bar.text
    press(page, "Kill")
    wait_for_state(qtbot, page, job, "stopped")
    page.toolbar.state.setCurrentIndex(page.toolbar.state.findData("active"))
    assert page.tree.filter.rowCount() == 0


@pytest.fixture(params=["same port", "another port"])
def kill_farm(request: pytest.FixtureRequest, qtbot: Any, settings: Settings) -> Iterator[Callable[[], None]]:
    """Kills the farm, and lets another program have its port or not; the next one is where it should be."""
    taken: list[socket.socket] = []
    before: list[str] = []

    def has_port() -> bool:
        with suppress(OSError):
            taken.append(socket.create_server(("127.0.0.1", int(before[0].rpartition(":")[2]))))
        return bool(taken)

    def kill() -> None:
        status = local_farm_status(settings)
        assert status
        before.append(status.address)
        os.kill(status.pid, signal.SIGKILL)
        if request.param == "another port":
            qtbot.waitUntil(has_port, timeout=PATIENCE)

    yield kill
    status = local_farm_status(settings)
    assert status
    assert (status.address == before[0]) is (request.param == "same port")
    for one in taken:
        one.close()


def test_a_farm_killed_and_started_again_is_followed_again(
    qtbot: Any, page: MonitorPage, send: Send, clips: Clips, kill_farm: Callable[[], None]
) -> None:
    first = send(clips("h264"), name="before")
    page.select_job(first.id)
    wait_for_state(qtbot, page, first, "succeeded")
    with LoopWatch() as watch:
        kill_farm()
        qtbot.waitUntil(lambda: "old" in page.toolbar.age.text(), timeout=PATIENCE)
        assert watch.gap < watch.elapsed / 2
        assert watch.most_calls < MOST_CALLS
        second = send(clips("h264"), name="after")
        watch.reset()
        wait_for_state(qtbot, page, second, "succeeded")
        qtbot.waitUntil(lambda: page.toolbar.age.text().startswith("refreshed"), timeout=PATIENCE)
    assert [one.job.id for one in page.tree.selected_items()] == [first.id]
    assert watch.gap < watch.elapsed / 2
    assert watch.most_calls < MOST_CALLS


def test_a_mute_farm_is_called_away_and_holds_nothing_up(qtbot: Any, tasks: Tasks) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        session = Session(tasks, load_settings(farm=f"127.0.0.1:{mute.getsockname()[1]}"))
        page = MonitorPage(session, tasks)
        qtbot.addWidget(page)
        with LoopWatch() as watch:
            session.start()
            page.show()
            qtbot.waitUntil(lambda: "away" in page.toolbar.age.text(), timeout=PATIENCE)
            # A call that waits in the window's own thread would fill all of this time.
            assert watch.gap < watch.elapsed / 2
            page.toolbar.search.setText("typing goes on")
            page.poller.refresh()
            turns = watch.turns
            qtbot.waitUntil(lambda: watch.turns > turns + TURNS)
            assert "did not answer" in page.placeholder.text()
        assert watch.most_calls < MOST_CALLS
        page.hide()
        page.poller.stop()
        session._timer.stop()
