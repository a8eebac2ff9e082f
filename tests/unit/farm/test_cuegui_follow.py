# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""CueGUI stays on the local farm that it was on, and is led nowhere else."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from cueffmpeg_gui.farm.cuegui_follow import LocalFollower
from cueffmpeg_gui.farm.pycue import opencue

OLD, NEW = "127.0.0.1:4001", "127.0.0.1:4002"


@pytest.fixture
def hosts(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """CueGUI is on the old port."""
    monkeypatch.setattr(opencue.Cuebot, "Hosts", [OLD])
    monkeypatch.setattr(opencue.Cuebot, "setHosts", lambda given: monkeypatch.setattr(opencue.Cuebot, "Hosts", given))
    return lambda: list(opencue.Cuebot.Hosts)


def write(path: Path, address: object) -> LocalFollower:
    path.write_text(json.dumps({"address": address}))
    return LocalFollower(str(path))


def test_a_farm_that_moved_is_followed_again_and_again(hosts: Callable[[], list[str]], tmp_path: Path) -> None:
    follower = write(tmp_path / "farm.json", OLD)
    assert not follower.follow()
    other = write(tmp_path / "farm.json", OLD)
    assert not other.follow()
    for address in (NEW, OLD):
        write(tmp_path / "farm.json", address)
        assert follower.follow()
        assert not follower.follow()
        assert not other.follow()  # another dock finds it done
        assert hosts() == [address]


def test_a_cuegui_on_another_farm_is_let_be(hosts: Callable[[], list[str]], tmp_path: Path) -> None:
    follower = write(tmp_path / "farm.json", NEW)
    assert not follower.follow()
    write(tmp_path / "farm.json", "127.0.0.1:4003")
    assert not follower.follow()
    assert hosts() == [OLD]


@pytest.mark.parametrize("address", ["10.0.0.1:4002", "127.0.0.1:4002/x", 7, None])
def test_it_is_led_to_this_computer_only(hosts: Callable[[], list[str]], tmp_path: Path, address: object) -> None:
    follower = write(tmp_path / "farm.json", OLD)
    assert not follower.follow()
    write(tmp_path / "farm.json", address)
    assert not follower.follow()
    (tmp_path / "farm.json").unlink()
    assert not follower.follow()
    assert hosts() == [OLD]
