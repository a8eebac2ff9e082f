# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What all services of one farm share: its store, its dispatcher, and actions on frames."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cueffmpeg_gui.localfarm.refusals import NO_ROW, CallRefused
from cueffmpeg_gui.localfarm.run.dispatcher import Dispatcher
from cueffmpeg_gui.localfarm.settings import FarmSettings
from cueffmpeg_gui.localfarm.store import frames as frame_store
from cueffmpeg_gui.localfarm.store.criteria import Conditions
from cueffmpeg_gui.localfarm.store.database import Store
from cueffmpeg_gui.localfarm.store.queries import read_frames


@dataclass(frozen=True)
class Farm:
    """A farm that runs. root_allowed: jobs of uid 0 and user root are taken."""

    store: Store
    dispatcher: Dispatcher
    settings: FarmSettings
    root: Path
    host: str
    root_allowed: bool
    started: float = field(default_factory=time.time)

    @property
    def log_root(self) -> Path:
        return self.root / "logs"

    def job(self, message: Any, missing: str = "Job not found") -> sqlite3.Row:
        """Row of a Job message. Raises CallRefused if there is no such job."""
        return self.find("job", message.id, missing)

    def find(self, table: str, row_id: str, missing: str = NO_ROW) -> sqlite3.Row:
        row = self.store.row(f"SELECT * FROM {table} WHERE id = ?", (row_id,))
        if row is None:
            raise CallRefused("NOT_FOUND", missing)
        return row

    def frames(self, conditions: Conditions) -> list[sqlite3.Row]:
        return read_frames(self.store, conditions)

    def kill_frames(self, frames: Sequence[sqlite3.Row], request: Any) -> None:
        self.dispatcher.kill([frame["pk"] for frame in frames], kill_message(request))

    def retry_frames(self, frames: Sequence[sqlite3.Row], request: Any) -> None:
        self.dispatcher.kill(frame_store.retry(self.store, frames), kill_message(request))
        self.dispatcher.wake()

    def eat_frames(self, frames: Sequence[sqlite3.Row], request: Any) -> None:
        self.dispatcher.kill(frame_store.eat(self.store, frames), kill_message(request))
        self.dispatcher.wake()


def kill_message(request: Any) -> str:
    """Who wants an end and why, as Cuebot tells rqd: the fields of the request, then all of it."""
    who = [getattr(request, name, "") for name in ("username", "pid", "host_kill", "reason")]
    return "User: {}, Pid: {}, Hostname: {}, Reason: {}\n".format(*who) + str(request)
