# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The farm's one SQLite file: one connection, one lock, and every change committed before a caller is answered."""

from __future__ import annotations

import re
import sqlite3
import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

from cueffmpeg_gui.errors import CueffmpegError

SCHEMA_VERSION = 1
FIRST_SHOW = "testing"


class Store:
    """Rows of the farm. Reads and transactions may come from any thread; they take turns."""

    def __init__(self, path: Path) -> None:
        """Open or create the file. Raises sqlite3.Error, or CueffmpegError for a file of a newer farm."""
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None, cached_statements=256)
        self._db.row_factory = sqlite3.Row
        self._db.create_function("regexp", 2, _matches, deterministic=True)
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "case_sensitive_like=ON", "cache_size=-65536"):
            self._db.execute(f"PRAGMA {pragma}").fetchall()
        self._prepare(path)

    def _prepare(self, path: Path) -> None:
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        if version > SCHEMA_VERSION:
            raise CueffmpegError(f"{path} was written by a newer cueffmpeg; start that one, or move the file away.")
        if version == 0:
            schema = resources.files(__package__).joinpath("schema.sql").read_text(encoding="utf-8")
            self._db.executescript(f"BEGIN;{schema}PRAGMA user_version={SCHEMA_VERSION};COMMIT;")
            self.execute("INSERT INTO show (name, id) VALUES (?, ?)", (FIRST_SHOW, new_id()))

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; may be nested, the outermost one commits."""
        with self._lock:
            if self._db.in_transaction:
                yield self._db
                return
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def execute(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run one statement; returns the number of rows it changed."""
        with self.transaction() as db:
            return db.execute(sql, values).rowcount

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[sqlite3.Row]:
        with self._lock:
            return self._db.execute(sql, values).fetchall()

    def row(self, sql: str, values: Sequence[Any] = ()) -> sqlite3.Row | None:
        with self._lock:
            found: sqlite3.Row | None = self._db.execute(sql, values).fetchone()
            return found

    def close(self) -> None:
        with self._lock:
            self._db.close()


def new_id() -> str:
    return str(uuid.uuid4())


def _matches(pattern: str, text: str) -> bool:
    return re.search(pattern, text) is not None
