# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""As much of CueGUI as the plugin touches, for tests without it. The real CueGUI is driven in tests/cuegui."""

import logging
import sys
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import pytest
from qtpy.QtCore import QObject, Signal
from qtpy.QtWidgets import QDockWidget, QMainWindow, QTreeWidget, QVBoxLayout, QWidget

from cueffmpeg_gui.resources import plugins


class App(QObject):
    """CueGUI's signals."""

    single_click = Signal(object)
    view_object = Signal(object)
    select_frame = Signal(object, object)
    unmonitor = Signal(object)
    facility_changed = Signal()
    aboutToQuit = Signal()  # noqa: N815 - Qt's own


class AbstractDockWidget(QDockWidget):
    """CueGUI's own base: told by a signal that it is closed, and kept for ever."""

    closed = Signal(object)

    def __init__(self, parent: QMainWindow, name: str) -> None:
        super().__init__(name, parent)
        self.app = STAND_IN.app
        self.setObjectName(name)
        self.setWidget(QWidget())
        self._column = QVBoxLayout(self.widget())
        parent.addDockWidget(self.allowedAreas() & self.allowedAreas().LeftDockWidgetArea, self)

    def layout(self) -> QVBoxLayout:
        return self._column

    def closeEvent(self, event: object) -> None:  # noqa: N802
        self.closed.emit(self)


class FrameMonitorTree(QTreeWidget):
    """CueGUI's list of frames."""


class AbstractTreeWidget(QTreeWidget):
    """Any list of CueGUI."""


@dataclass
class Data:
    id: str
    name: str
    number: int = 0


@dataclass
class Job:
    """A job as CueGUI has it; it is known by the name of its class."""

    data: Data


@dataclass
class Frame:
    data: Data


class _StandIn:
    app: App

    def put_in(self, monkeypatch: pytest.MonkeyPatch) -> App:
        """CueGUI's modules are there until the test ends, and the plugin's are imported anew."""
        self.app = App()
        monkeypatch.syspath_prepend(str(plugins()))
        for name in [name for name in sys.modules if name.split(".")[0] in ("cueffmpeg_cuegui", "cueffmpeg_plugin")]:
            monkeypatch.delitem(sys.modules, name)
        for name, content in self._modules().items():
            module = ModuleType(name)
            vars(module).update(content)
            monkeypatch.setitem(sys.modules, name, module)
            package, _, part = name.rpartition(".")
            if package:
                setattr(sys.modules[package], part, module)
        return self.app

    def _modules(self) -> dict[str, dict[str, Any]]:
        utils = ModuleType("cuegui.Utils")
        utils.isJob = lambda thing: type(thing).__name__ in ("Job", "NestedJob")  # type: ignore[attr-defined]
        utils.isPermissible = lambda job: job.username() != "another"  # type: ignore[attr-defined]
        return {
            "cuegui": {"app": lambda: self.app, "__path__": []},
            "cuegui.Utils": vars(utils),
            "cuegui.Logger": {"getLogger": logging.getLogger},
            "cuegui.AbstractDockWidget": {"AbstractDockWidget": AbstractDockWidget},
            "cuegui.AbstractTreeWidget": {"AbstractTreeWidget": AbstractTreeWidget},
            "cuegui.FrameMonitorTree": {"FrameMonitorTree": FrameMonitorTree},
            "cuegui.cueguiplugin": {"__path__": []},
            "cuegui.cueguiplugin.loader": {"load_plugins": lambda job, parent=None: ["its own"]},
        }


STAND_IN = _StandIn()
