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

BEAT_MILLISECONDS = 3000
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
        self._asked: Settings | None = None
        self._beat = QTimer(self, interval=BEAT_MILLISECONDS)
        self._beat.timeout.connect(self.check)

    def start(self) -> None:
        """Begins to watch the farm; a local farm is started if it does not run."""
        self._beat.start()
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
        """Asks the farm for a sign of life, unless it is being asked: a mute farm must come to be away."""
        if self._asked is self.settings:
            return
        self._asked = self.settings
        self.tasks.run(self._measure, self._answered, self._went_away, key="session.check")

    def _measure(self) -> int:
        start = time.perf_counter()
        try:
            self.connection().ping()
        except Exception:
            self._connection = None
            raise
        return round((time.perf_counter() - start) * 1000)

    def _answered(self, milliseconds: int) -> None:
        self._asked = None
        state = FarmState.SLOW if milliseconds > SLOW_MILLISECONDS else FarmState.OK
        self._set_health(Health(state, milliseconds))

    def _went_away(self, sentence: str) -> None:
        self._asked = None
        self._set_health(replace(self.health, state=FarmState.AWAY, sentence=sentence))

    def _set_health(self, health: Health) -> None:
        if health != self.health:
            self.health = health
            self.health_changed.emit(health)
