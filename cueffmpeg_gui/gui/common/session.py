# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The farm the window talks to: which one, whether it answers, and how quickly."""

import time
from dataclasses import dataclass, replace
from enum import Enum

from qtpy.QtCore import QObject, QTimer, Signal

from cueffmpeg_gui.api.farm import FarmConnection, connect_farm
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.settings import Settings, load_settings

POLL_MILLISECONDS = 3000
SLOW_MILLISECONDS = 500


class FarmState(Enum):
    """How the farm answers; shown as a coloured light."""

    CONNECTING = "connecting"
    OK = "ok"
    SLOW = "slow"
    AWAY = "away"


@dataclass(frozen=True)
class Health:
    """The state, the last answer's milliseconds, and a sentence when the farm is away."""

    state: FarmState = FarmState.CONNECTING
    milliseconds: int = 0
    sentence: str = ""


class Session(QObject):
    """Settings and connection of the window. `connection()` is for work inside a task only."""

    farm_changed = Signal()
    health_changed = Signal(object)

    def __init__(self, tasks: Tasks, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tasks = tasks
        self.settings = settings
        self.health = Health()
        self._connection: FarmConnection | None = None
        self._pinged: Settings | None = None
        self._timer = QTimer(self, interval=POLL_MILLISECONDS)
        self._timer.timeout.connect(self.check)

    def start(self) -> None:
        """Begins to poll the farm; a local farm is started if none runs."""
        self._timer.start()
        self.check()

    def choose_farm(self, farm: str) -> None:
        """ "local" or a Cuebot's address."""
        self.settings = load_settings(farm=farm)
        self._connection = None
        self._set_health(Health())
        self.farm_changed.emit()
        self.check()

    def connection(self) -> FarmConnection:
        """The connection, made when there is none. Blocks, so only tasks may call it. Raises FarmUnreachable."""
        connection, settings = self._connection, self.settings
        if connection is None:
            connection = connect_farm(settings)
            if settings is self.settings:
                self._connection = connection
        return connection

    def check(self) -> None:
        """Pings the farm, unless a ping is under way: a farm that never answers must become away."""
        if self._pinged is self.settings:
            return
        self._pinged = self.settings
        self.tasks.run(self._ping, self._take, self._fail, key="session.check")

    def _ping(self) -> int:
        start = time.perf_counter()
        try:
            self.connection().ping()
        except Exception:
            self._connection = None
            raise
        return round((time.perf_counter() - start) * 1000)

    def _take(self, milliseconds: int) -> None:
        self._pinged = None
        state = FarmState.SLOW if milliseconds > SLOW_MILLISECONDS else FarmState.OK
        self._set_health(Health(state, milliseconds))

    def _fail(self, sentence: str) -> None:
        self._pinged = None
        self._set_health(replace(self.health, state=FarmState.AWAY, sentence=sentence))

    def _set_health(self, health: Health) -> None:
        if health != self.health:
            self.health = health
            self.health_changed.emit(health)
