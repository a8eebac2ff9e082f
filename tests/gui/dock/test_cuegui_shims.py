# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The shims between CueGUI and our widgets, on a stand-in of CueGUI."""

import gc
import importlib
import json
import weakref
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
from cuegui_stand_in import STAND_IN, App, Data, Frame, FrameMonitorTree, Job
from fake_backend import FakeBackend
from farm_values import chunked, make_job
from qtpy.QtCore import QEvent
from qtpy.QtWidgets import QApplication, QMainWindow, QTreeWidgetItem

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.dock.models.dock_job import DockJob
from cueffmpeg_gui.gui.dock.panel import DockPanel
from cueffmpeg_gui.gui.dock.scores_pane import ScoresPane

FIRST, SECOND = make_job(1), make_job(2)


@pytest.fixture
def app(qapp: object, monkeypatch: pytest.MonkeyPatch) -> App:
    return STAND_IN.put_in(monkeypatch)


@pytest.fixture
def backend() -> FakeBackend:
    made = FakeBackend()
    for job in (FIRST, SECOND):
        made.put(job, chunked(job))
    return made


@pytest.fixture
def module(app: App, backend: FakeBackend, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The dock's module, with a farm out of thin air."""
    found = importlib.import_module("cueffmpeg_cuegui.dock")

    def make_panel(tasks: Tasks) -> DockPanel:
        return DockPanel(DockJob(backend, tasks), ScoresPane("no curve here"))

    monkeypatch.setattr(found, "load_panel", lambda: make_panel)
    return found


@pytest.fixture
def window(qtbot: Any) -> Iterator[QMainWindow]:
    made = QMainWindow()
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    yield made
    made.hide()


@pytest.fixture
def open_dock(qtbot: Any, module: ModuleType, window: QMainWindow) -> Callable[..., Any]:
    def make(state: object = None, *, wait: bool = True) -> Any:
        dock = module.Dock(window)
        dock.pluginRestoreState(state)
        if wait:
            qtbot.waitUntil(lambda: dock.panel is not None)
        return dock

    return make


def cue_job(job: Any) -> Job:
    return Job(Data(job.id, job.name))


def shown(dock: Any) -> str:
    return str(dock.panel.model.job_id)


def test_it_follows_what_is_selected_in_cuegui(app: App, open_dock: Callable[..., Any]) -> None:
    dock = open_dock()
    app.single_click.emit(cue_job(FIRST))
    assert shown(dock) == FIRST.id
    app.view_object.emit(cue_job(SECOND))
    assert shown(dock) == SECOND.id
    app.view_object.emit(Frame(Data("x", "a layer or a host")))
    assert shown(dock) == SECOND.id


def test_what_was_selected_while_it_loaded_is_shown(qtbot: Any, app: App, open_dock: Callable[..., Any]) -> None:
    dock = open_dock(wait=False)
    app.single_click.emit(cue_job(FIRST))
    qtbot.waitUntil(lambda: dock.panel is not None)
    assert shown(dock) == FIRST.id


def test_a_frame_selected_in_cuegui_is_selected_here(qtbot: Any, app: App, open_dock: Callable[..., Any]) -> None:
    dock = open_dock()
    app.single_click.emit(cue_job(FIRST))
    qtbot.waitUntil(lambda: bool(dock.panel.model.chunks.chunks))
    app.select_frame.emit(cue_job(FIRST), Frame(Data("f", "1097-encode", 1097)))
    assert dock.panel.chunks.currentIndex().row() == 2


def test_a_job_taken_off_the_list_is_let_go(app: App, open_dock: Callable[..., Any]) -> None:
    dock = open_dock()
    app.single_click.emit(cue_job(FIRST))
    app.unmonitor.emit(cue_job(SECOND))
    assert shown(dock) == FIRST.id
    app.unmonitor.emit(cue_job(FIRST))
    assert shown(dock) == ""


def test_another_facility_forgets_everything(app: App, open_dock: Callable[..., Any], backend: FakeBackend) -> None:
    dock = open_dock()
    dock.keep_job(FIRST.id, FIRST.name)
    app.facility_changed.emit()
    assert (shown(dock), dock.is_kept, backend.updates) == ("", False, {})


@pytest.mark.parametrize("name", ["testing-a", "a::b", 'quote"\\ and , comma', "naïve"])
def test_its_state_comes_back_and_never_holds_two_colons(open_dock: Callable[..., Any], name: str) -> None:
    dock = open_dock()
    dock.keep_job(FIRST.id, name)
    state = json.dumps(dock.pluginSaveState())
    assert "::" not in state
    again = open_dock(json.loads(state))
    assert (shown(again), again.is_kept) == (FIRST.id, True)


@pytest.mark.parametrize("state", [None, {}, {"state": "no base64!"}, {"state": 7}, [1], "text"])
def test_a_state_that_makes_no_sense_is_no_trouble(open_dock: Callable[..., Any], state: object) -> None:
    assert shown(open_dock(state)) == ""


def test_saved_before_it_was_loaded_the_state_is_kept(open_dock: Callable[..., Any]) -> None:
    state = open_dock().pluginSaveState()
    assert open_dock(state, wait=False).pluginSaveState() == state


def test_several_docks_have_names_of_their_own(open_dock: Callable[..., Any]) -> None:
    docks = [open_dock() for _ in range(3)]
    assert len({dock.objectName() for dock in docks}) == 3
    assert "::" not in "".join(dock.objectName() for dock in docks)


def test_closed_it_is_gone_and_hears_nothing(
    qtbot: Any, app: App, open_dock: Callable[..., Any], window: QMainWindow
) -> None:
    dock = open_dock()
    gone: list[int] = []
    dock.destroyed.connect(lambda: gone.append(1))
    dock.close()
    qtbot.waitUntil(lambda: QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete) or bool(gone))
    app.single_click.emit(cue_job(FIRST))
    again = open_dock()
    assert again.objectName() == "ffmpeg / VMAF"
    reference = weakref.ref(dock)
    del dock
    gc.collect()
    assert reference() is None


def test_an_error_is_a_line_in_the_dock_and_in_the_log(
    app: App, open_dock: Callable[..., Any], caplog: pytest.LogCaptureFixture
) -> None:
    dock = open_dock()
    app.single_click.emit(Job(None))  # type: ignore[arg-type]
    assert "Something unexpected happened (AttributeError" in dock.panel.placeholder.text()
    assert "take_object failed" in caplog.text


def test_what_cannot_be_loaded_is_a_sentence(
    qtbot: Any, module: ModuleType, window: QMainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise InputRefused("This cannot be.")

    monkeypatch.setattr(module, "load_panel", refuse)
    dock = module.Dock(window)
    qtbot.waitUntil(lambda: dock._note.text() == "This cannot be.")


def test_a_double_click_selects_the_frame_in_cueguis_list(
    qtbot: Any, app: App, open_dock: Callable[..., Any], window: QMainWindow
) -> None:
    tree = FrameMonitorTree(window)
    tree.getJob = lambda: cue_job(FIRST)
    for chunk in chunked(FIRST).frames[:4]:
        item = QTreeWidgetItem(tree, [chunk.name])
        item.rpcObject = Frame(Data(chunk.id, chunk.name, chunk.number))
    dock = open_dock()
    app.single_click.emit(cue_job(FIRST))
    qtbot.waitUntil(lambda: bool(dock.panel.model.chunks.chunks))
    with qtbot.waitSignal(tree.itemClicked):
        dock.panel.chunks.activated.emit(dock.panel.chunks.sorted.index(1, 0))
    assert tree.currentItem().text(0) == "1049-encode"


def test_without_a_list_of_frames_it_says_where_to_find_one(
    qtbot: Any, app: App, open_dock: Callable[..., Any]
) -> None:
    dock = open_dock()
    app.single_click.emit(cue_job(FIRST))
    qtbot.waitUntil(lambda: bool(dock.panel.model.chunks.chunks))
    dock.panel.chunks.activated.emit(dock.panel.chunks.sorted.index(1, 0))
    assert "Monitor Job Details" in dock.panel.head.trouble.text()


def test_the_menus_loader_is_wrapped_once_and_unwrapped(app: App, window: QMainWindow) -> None:
    menu = importlib.import_module("cueffmpeg_cuegui.menu")
    loader = importlib.import_module("cuegui.cueguiplugin.loader")
    original = loader.load_plugins
    menu.add()
    menu.add()
    tree = FrameMonitorTree(window)
    tree.selectedObjects = lambda: []
    assert [type(one).__name__ for one in loader.load_plugins(job=None, parent=tree)] == ["str", "JobMenu"]
    assert loader.load_plugins(job=None, parent=window) == ["its own"]
    app.aboutToQuit.emit()
    assert loader.load_plugins is original


def test_the_plugin_file_is_all_that_cuegui_finds_and_imports_nothing_heavy(app: App) -> None:
    plugin = importlib.import_module("cueffmpeg_plugin")
    assert "::" not in plugin.PLUGIN_NAME
    assert callable(getattr(plugin, plugin.PLUGIN_PROVIDES))
    importlib.import_module("cueffmpeg_cuegui.menu").remove()
