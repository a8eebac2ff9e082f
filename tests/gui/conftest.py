# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Windows without a screen: Qt's offscreen platform, unless the caller names another."""

import os
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")
os.environ.setdefault("PYTEST_QT_API", "pyside6")

from cueffmpeg_gui.gui.common.tasks import Tasks


@pytest.fixture
def tasks(qapp: object) -> Iterator[Tasks]:
    """Work off the window's thread, ended with the test."""
    runner = Tasks()
    yield runner
    runner.close()
