# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Farms of tests: each in a folder of its own, none left behind."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cueffmpeg_gui.localfarm import control


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    """Folder of a farm; whatever runs there at the end is stopped."""
    yield tmp_path / "farm"
    control.stop(tmp_path / "farm")


@pytest.fixture
def start(root: Path) -> Callable[..., control.LocalAddress]:
    """Start the farm of root with two cores."""

    def begin(**settings: object) -> control.LocalAddress:
        given = {"cores": 2, "memory_kb": 4 * 1024 * 1024, "kill_grace": 1.0} | settings
        return control.start(root, settings=control.FarmSettings(**given))  # type: ignore[arg-type]

    return begin
