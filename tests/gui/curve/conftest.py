# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A curve view with the window's colours."""

from typing import Any

import pytest
from qtpy.QtGui import QColor, QPalette

from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.curve.curve_view import CurveView
from cueffmpeg_gui.gui.widgets.theme import PALETTE


@pytest.fixture
def view(qtbot: Any, tasks: Tasks) -> CurveView:
    """A view without encodes."""
    made = CurveView(tasks)
    palette = QPalette()
    for role, colour in PALETTE.items():
        palette.setColor(role, QColor(colour))
    made.setPalette(palette)
    qtbot.addWidget(made)
    return made
