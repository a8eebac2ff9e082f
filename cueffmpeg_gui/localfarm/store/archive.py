# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Which finished jobs have left the list: the old ones, and those that many newer ones follow. Nothing is removed: who
looks for a job by its name or id finds it."""

from __future__ import annotations

import time

from cueffmpeg_gui.localfarm.settings import FarmSettings
from cueffmpeg_gui.localfarm.states import JobState
from cueffmpeg_gui.localfarm.store.database import Store

FRESH_SECONDS = 60.0
_DAY = 86400.0
_LAST_LISTED = "SELECT stopped FROM job WHERE state = ? ORDER BY stopped DESC LIMIT 1 OFFSET ?"


class Archive:
    """The border between listed and archived jobs, looked up once for each state of the rows."""

    def __init__(self, store: Store, settings: FarmSettings) -> None:
        self._store = store
        self._settings = settings
        self._known = (-1, 0.0, 0.0)

    def border(self, commit: int) -> float:
        """Finished jobs that stopped at this time (seconds since 1970) or before are archived."""
        now = time.time()
        known_commit, looked, border = self._known
        if known_commit != commit or not 0 <= now - looked < FRESH_SECONDS:
            border = self._look(now)
            self._known = (commit, now, border)
        return border

    def _look(self, now: float) -> float:
        days, jobs = self._settings.keep_days, self._settings.keep_jobs
        by_age = now - days * _DAY if days else 0.0
        first_left_out = self._store.row(_LAST_LISTED, (JobState.FINISHED, jobs)) if jobs else None
        return max(by_age, (first_left_out["stopped"] or 0.0) if first_left_out else 0.0)
