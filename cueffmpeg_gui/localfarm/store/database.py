# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The farm's one SQLite file: one writer with a lock, readers beside it, and every change committed before a caller is
answered."""

from __future__ import annotations

import sqlite3
import threading
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

from cueffmpeg_gui.errors import CueffmpegError
from cueffmpeg_gui.localfarm.store.trouble import Trouble

SCHEMA_VERSION = 1
FIRST_SHOW = "testing"


# Tables whose rows make up a job as lists show it: column with the number of the job, and the changes that matter.
_LISTED = {"job": ("pk", ("INSERT", "UPDATE")), "layer": ("job", ("UPDATE",)), "comment": ("job", ("INSERT",))}
_LISTED["frame_count"] = ("job", ("INSERT", "UPDATE"))
_PRAGMAS = ("synchronous=NORMAL", "case_sensitive_like=ON", "cache_size=-16384")


class Store:
    """Rows of the farm. Transactions take turns; reads see what was committed when they began, and wait for nobody."""

    def __init__(self, path: Path) -> None:
        """Open or create the file. Raises sqlite3.Error, or CueffmpegError for a file of a newer farm."""
        self.path = path
        self._lock = threading.RLock()
        self._mine = _Mine()
        self._idle: list[sqlite3.Connection] = []
        self._touched: set[int] = set()
        self.changes = Changes()
        self.trouble = Trouble(path.parent)
        self._db = self._connect()
        self._db.execute("PRAGMA journal_mode=WAL").fetchall()
        self._prepare(path)
        self._db.create_function("touched", 1, self._touched.add)
        for table, (column, events) in _LISTED.items():
            for event in events:
                self._db.execute(
                    f"CREATE TEMP TRIGGER {event}_{table} AFTER {event} ON main.{table} "
                    f"BEGIN SELECT touched(new.{column}); END"
                )

    def _connect(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.path, check_same_thread=False, isolation_level=None, cached_statements=256)
        db.row_factory = sqlite3.Row
        for pragma in _PRAGMAS:
            db.execute(f"PRAGMA {pragma}").fetchall()
        return db

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
        """All or nothing; may be nested, the outermost one commits. What is read inside is read by the writer."""
        with self._lock:
            if self._db.in_transaction:
                yield self._db
                return
            try:
                self._db.execute("BEGIN IMMEDIATE")
                with self._mine.using(self._db):
                    yield self._db
                self._db.execute("COMMIT")
                self.changes.publish(self._touched)
            except BaseException as error:
                if isinstance(error, sqlite3.OperationalError):
                    self.trouble.note(str(error))
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
            finally:
                self._touched.clear()

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """Reads that see one moment, beside a writer; inside a transaction or another snapshot they are part of it."""
        if self._mine.db is not None:
            yield self._mine.db
            return
        db = self._idle.pop() if self._idle else self._connect()
        try:
            db.execute("BEGIN")
            with self._mine.using(db):
                yield db
        finally:
            if db.in_transaction:
                db.execute("ROLLBACK")
            self._idle.append(db)

    def try_to_write(self) -> None:
        """Ends the trouble if the disk takes something again."""
        if self.trouble.has_room():
            self.execute("UPDATE show SET jobs = jobs")
            self.trouble.clear()

    def execute(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run one statement; returns the number of rows it changed."""
        with self.transaction() as db:
            return db.execute(sql, values).rowcount

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[sqlite3.Row]:
        with self.snapshot() as db:
            return db.execute(sql, values).fetchall()

    def row(self, sql: str, values: Sequence[Any] = ()) -> sqlite3.Row | None:
        with self.snapshot() as db:
            found: sqlite3.Row | None = db.execute(sql, values).fetchone()
            return found

    def close(self) -> None:
        with self._lock:
            for db in (*self._idle, self._db):
                db.close()


class _Mine(threading.local):
    """The connection this thread is inside of: the writer's in a transaction, a reader's in a snapshot."""

    db: sqlite3.Connection | None = None

    @contextmanager
    def using(self, db: sqlite3.Connection) -> Iterator[None]:
        before, self.db = self.db, db
        try:
            yield
        finally:
            self.db = before


class Changes:
    """Which jobs have changed, by the number of the commit that did it: what was made of a job at a commit or after its
    last change still holds. Read `commits` before the rows, never after."""

    def __init__(self) -> None:
        self.commits = 0
        self._last: dict[int, int] = {}

    def publish(self, jobs: Iterable[int]) -> None:
        """Called by the writer after each commit."""
        for job in jobs:
            self._last[job] = self.commits + 1
        self.commits += 1

    def holds(self, job: int, commit: int) -> bool:
        """Whether the job is as it was when `commits` was read."""
        return self._last.get(job, 0) <= commit


def new_id() -> str:
    return str(uuid.uuid4())
