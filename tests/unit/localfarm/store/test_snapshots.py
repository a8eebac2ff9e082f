# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Reads go on beside a writer, and see what was committed."""

import threading
from pathlib import Path

import pytest

from cueffmpeg_gui.localfarm.store.database import Store

NAMES = "SELECT name FROM show ORDER BY name"


def test_a_reader_does_not_wait_for_a_writer(tmp_path: Path) -> None:
    store = Store(tmp_path / "farm.db")
    seen: list[list[str]] = []

    def look() -> None:
        seen.append([row["name"] for row in store.rows(NAMES)])

    with store.transaction() as db:
        db.execute("INSERT INTO show (name, id) VALUES ('new', 'x')")
        reader = threading.Thread(target=look)
        reader.start()
        reader.join(20)
        assert [row["name"] for row in store.rows(NAMES)] == ["new", "testing"]  # its own change
    look()
    assert seen == [["testing"], ["new", "testing"]]
    store.close()


def test_a_snapshot_stays_as_it_was(tmp_path: Path) -> None:
    store = Store(tmp_path / "farm.db")
    with store.snapshot():
        before = len(store.rows(NAMES))
        writer = threading.Thread(target=store.execute, args=("INSERT INTO show (name, id) VALUES ('new', 'x')",))
        writer.start()
        writer.join(20)
        assert len(store.rows(NAMES)) == before
    assert len(store.rows(NAMES)) == before + 1
    store.close()


def test_what_is_rolled_back_changed_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path / "farm.db")
    commits = store.changes.commits

    def fail() -> None:
        with store.transaction() as db:
            db.execute("INSERT INTO show (name, id) VALUES ('new', 'x')")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert (len(store.rows(NAMES)), store.changes.commits) == (1, commits)
    store.close()
