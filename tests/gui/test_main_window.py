# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The window's frame: pages, state, and a first paint before anything heavy is loaded."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from qtpy.QtCore import Qt
from qtpy.QtWidgets import QLabel

from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.main_window import MainWindow

FIRST_PAINT = """
import sys
from pathlib import Path
from qtpy.QtWidgets import QApplication
from cueffmpeg_gui.gui.app import fill
from cueffmpeg_gui.gui.main_window import MainWindow
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.widgets.theme import apply_theme

application = QApplication([])
apply_theme(application)
window = MainWindow(Tasks(), Path(sys.argv[1]))
window.show()
window.grab()
print([name for name in ("pyqtgraph", "numpy", "av", "grpc", "outline", "opencue") if name in sys.modules])
"""


def window_with_pages(qtbot: Any, tasks: Tasks, folder: Path) -> MainWindow:
    window = MainWindow(tasks, folder)
    qtbot.addWidget(window)
    for name in ("Submit", "Monitor"):
        window.add_page(name, QLabel(name))
    window.show_first_page()
    window.show()
    return window


def test_the_frame_paints_before_anything_heavy_is_loaded(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT, str(tmp_path)],
        env={"QT_QPA_PLATFORM": "offscreen", "QT_API": "pyside6", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout.strip() == "[]", ran.stderr


def test_keys_bring_pages_to_the_front(qtbot: Any, tasks: Tasks, tmp_path: Path) -> None:
    window = window_with_pages(qtbot, tasks, tmp_path)
    told: list[str] = []
    window.page_shown.connect(told.append)
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: told == ["Monitor"])


def test_the_page_of_last_time_is_shown_again(qtbot: Any, tasks: Tasks, tmp_path: Path) -> None:
    first = window_with_pages(qtbot, tasks, tmp_path)
    first.show_page("Monitor")
    qtbot.waitUntil((tmp_path / "window.json").exists, timeout=10000)
    assert json.loads((tmp_path / "window.json").read_text())["page"] == "Monitor"
    told: list[str] = []
    second = MainWindow(tasks, tmp_path)
    qtbot.addWidget(second)
    second.page_shown.connect(told.append)
    for name in ("Submit", "Monitor"):
        second.add_page(name, QLabel(name))
    second.show_first_page()
    assert told == ["Monitor"]


def test_a_damaged_memory_of_the_window_is_no_trouble(qtbot: Any, tasks: Tasks, tmp_path: Path) -> None:
    (tmp_path / "window.json").write_text('{"schema": "cueffmpeg.window/1", "geometry": 7, "page": ["x"]}')
    window_with_pages(qtbot, tasks, tmp_path)
