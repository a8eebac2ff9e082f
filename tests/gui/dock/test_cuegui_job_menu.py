# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What the items in CueGUI's job menu do, on a stand-in of CueGUI."""

import importlib
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from cuegui_stand_in import STAND_IN, Data, FrameMonitorTree, Job
from fake_backend import FakeBackend
from farm_values import chunked, make_job
from qtpy.QtGui import QAction
from qtpy.QtWidgets import QMainWindow, QMenu

from cueffmpeg_gui.api.monitor.cuegui_jobs import CueJob
from cueffmpeg_gui.errors import FarmUnreachable
from cueffmpeg_gui.gui.dock.models.dock_job import DockJob
from cueffmpeg_gui.gui.dock.panel import DockPanel
from cueffmpeg_gui.gui.dock.scores_pane import ScoresPane

FIRST, SECOND = make_job(1, dead=1, waiting=9), make_job(2, succeeded=10)
THEIRS = make_job(3, dead=1, waiting=9, user="another")


class MenuBackend(FakeBackend):
    def jobs(self, ids: Sequence[str]) -> list[CueJob]:  # type: ignore[override]  # the dock's, not the Monitor's
        self._call("jobs")
        return [self.updates[key].job for key in ids if key in self.updates]

    def retry_failed(self, jobs: Sequence[CueJob]) -> int:
        self._call("retry_failed")
        return len(jobs)

    def address(self) -> str:
        return "cuebot:8443"


class Window(QMainWindow):
    """CueGUI's main window, as far as the menu needs it."""

    def __init__(self) -> None:
        super().__init__()
        self.PluginMenu = QMenu(self)
        self.messages: list[str] = []

    def showStatusBarMessage(self, message: str, delay: int = 0) -> None:  # noqa: N802 - CueGUI's own
        self.messages.append(message)


@pytest.fixture
def backend() -> MenuBackend:
    made = MenuBackend()
    for job in (FIRST, SECOND, THEIRS):
        made.put(job, chunked(job))
    return made


@pytest.fixture
def window(qtbot: Any, backend: MenuBackend, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """CueGUI's window with our entry in its menu of plugins; both talk to the fake backend."""
    STAND_IN.put_in(monkeypatch)
    dock, context = (importlib.import_module(f"cueffmpeg_cuegui.{name}") for name in ("dock", "menu_context"))
    monkeypatch.setattr(context, "DockBackend", lambda: backend)
    monkeypatch.setattr(
        dock, "load_panel", lambda: lambda tasks: DockPanel(DockJob(backend, tasks), ScoresPane("none"))
    )
    made = Window()
    qtbot.addWidget(made)
    made.PluginMenu.addAction(dock.PLUGIN_NAME).triggered.connect(lambda: dock.Dock(made))
    yield made
    context.MenuContext.get().tasks.close()


@pytest.fixture
def click(window: Window) -> Callable[..., list[QAction]]:
    """A right click on jobs: our items."""
    menu = importlib.import_module("cueffmpeg_cuegui.menu")

    def right_click(*jobs: Any) -> list[QAction]:
        tree = FrameMonitorTree(window)
        tree.selectedObjects = lambda: [Job(Data(job.id, job.name)) for job in jobs]
        return list(menu.JobMenu(tree).menuAction())

    return right_click


def test_items_are_off_until_the_farm_has_answered(
    qtbot: Any, backend: MenuBackend, click: Callable[..., list[QAction]]
) -> None:
    backend.answers.clear()
    items = click(FIRST)
    assert items[0].text() == "Show VMAF (looking …)"
    assert not any(item.isEnabled() for item in items)
    backend.answers.set()
    qtbot.waitUntil(lambda: all(item.isEnabled() for item in items))
    assert [item.text() for item in items] == ["Show VMAF", "Resubmit failed chunks", "Open output folder"]


def test_a_farm_that_does_not_answer_is_said_in_each_item(
    qtbot: Any, backend: MenuBackend, click: Callable[..., list[QAction]]
) -> None:
    backend.trouble = FarmUnreachable("No farm answers.")
    items = click(FIRST)
    qtbot.waitUntil(lambda: items[0].text() == "Show VMAF (the farm does not say)")
    assert items[0].toolTip() == "No farm answers."


def test_failed_chunks_are_resubmitted_and_it_is_said(
    qtbot: Any, window: Window, click: Callable[..., list[QAction]]
) -> None:
    items = click(FIRST)
    qtbot.waitUntil(items[1].isEnabled)
    items[1].trigger()
    qtbot.waitUntil(lambda: window.messages == ["1 failed chunk runs again."])


def test_another_users_job_is_not_touched(qtbot: Any, click: Callable[..., list[QAction]]) -> None:
    items = click(THEIRS)
    qtbot.waitUntil(items[0].isEnabled)
    assert not items[1].isEnabled()


def test_several_jobs_get_a_dock_each(qtbot: Any, window: Window, click: Callable[..., list[QAction]]) -> None:
    items = click(FIRST, SECOND)
    qtbot.waitUntil(items[0].isEnabled)
    items[0].trigger()
    docks = [dock for dock in window.findChildren(object) if hasattr(dock, "keep_job")]
    qtbot.waitUntil(lambda: all(dock.panel is not None for dock in docks))
    assert sorted((dock.panel.model.job_id, dock.is_kept) for dock in docks) == [(FIRST.id, True), (SECOND.id, True)]
    for dock in docks:
        dock.close()


def test_a_review_is_started_with_job_and_farm(
    qtbot: Any, window: Window, backend: MenuBackend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module, context = (importlib.import_module(f"cueffmpeg_cuegui.{n}") for n in ("job_actions", "menu_context"))
    written = tmp_path / "arguments"
    command = (sys.executable, "-c", f"import sys; open({str(written)!r}, 'w').write(' '.join(sys.argv[1:]))")
    errors: list[str] = []
    actions = module.JobActions(backend, context.MenuContext.get().tasks, errors.append, errors.append)
    monkeypatch.setattr(module, "read_notes", lambda: module.InstallNotes(command))
    actions.review([backend.updates[FIRST.id].job])
    qtbot.waitUntil(lambda: written.exists() and bool(written.read_text()), timeout=30_000)
    assert written.read_text() == f"gui --review {FIRST.name} --farm cuebot:8443"
    monkeypatch.setattr(module, "read_notes", module.InstallNotes)
    actions.review([backend.updates[FIRST.id].job])
    qtbot.waitUntil(lambda: bool(errors))
    assert errors == [module.NO_PROGRAM.format(FIRST.name)]
