# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The farm the window talks to, and its light."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from cueffmpeg_gui.gui.common.session import FarmState, Session
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.settings import load_settings


@pytest.fixture
def mute_farm() -> Iterator[str]:
    """An address that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"127.0.0.1:{server.getsockname()[1]}"


def test_a_mute_farm_comes_to_be_away(qtbot: Any, tasks: Tasks, mute_farm: str) -> None:
    session = Session(tasks, load_settings(farm=mute_farm))
    session.start()
    for _ in range(3):
        session.check()
    qtbot.waitUntil(lambda: session.health.state is FarmState.AWAY, timeout=30000)
    assert mute_farm in session.health.sentence


def test_another_farm_is_asked_at_once(qtbot: Any, tasks: Tasks, mute_farm: str) -> None:
    session = Session(tasks, load_settings(farm=mute_farm))
    session.start()
    session.choose_farm("127.0.0.1:1")
    qtbot.waitUntil(lambda: session.health.state is FarmState.AWAY, timeout=30000)
    assert "127.0.0.1:1" in session.health.sentence
