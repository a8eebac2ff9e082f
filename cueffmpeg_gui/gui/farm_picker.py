# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Which farm, and how it answers: one line, top right."""

from qtpy.QtCore import Qt
from qtpy.QtGui import QColor, QPainter, QPaintEvent
from qtpy.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from cueffmpeg_gui.gui.common.session import FarmState, Health, Session
from cueffmpeg_gui.gui.widgets.theme import ERROR, GOOD, OFF, WARNING

COLOURS = {FarmState.CONNECTING: OFF, FarmState.OK: GOOD, FarmState.SLOW: WARNING, FarmState.AWAY: ERROR}
LOCAL = "local"


class StatusLight(QWidget):
    """A dot whose colour and tooltip say how the farm is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(14, 14)
        self._colour = QColor(OFF)

    def show_health(self, health: Health) -> None:
        """Shows the colour of a state."""
        self._colour = QColor(COLOURS[health.state])
        self.setAccessibleName(health.state.value)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour)
        painter.drawEllipse(2, 2, 10, 10)
        painter.end()


class FarmPicker(QWidget):
    """ "This computer" or a Cuebot's address, typed or picked; the light and a sentence beside it."""

    def __init__(self, session: Session, farms: tuple[str, ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._light = StatusLight()
        self._text = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._text.setProperty("role", "hint")
        self._box = self._make_box(farms)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self._light, self._text, self._box):
            layout.addWidget(widget)
        session.health_changed.connect(self.show_health)
        self.show_health(session.health)

    def show_health(self, health: Health) -> None:
        """State, latency or the sentence why the farm is away."""
        self._light.show_health(health)
        text = {
            FarmState.CONNECTING: self.tr("connecting …"),
            FarmState.OK: self.tr("{} ms").format(health.milliseconds),
            FarmState.SLOW: self.tr("slow, {} ms").format(health.milliseconds),
            FarmState.AWAY: self.tr("away"),
        }[health.state]
        self._text.setText(text)
        self.setToolTip(health.sentence or self.tr("The farm answers in {} ms.").format(health.milliseconds))

    def _make_box(self, farms: tuple[str, ...]) -> QComboBox:
        box = QComboBox()
        box.setEditable(True)
        box.setMinimumWidth(200)
        box.setAccessibleName(self.tr("Farm"))
        box.setToolTip(self.tr("This computer, or a Cuebot's HOST or HOST:PORT; Enter chooses it"))
        chosen = self._session.settings["farm"]
        for farm in dict.fromkeys((LOCAL, chosen, *farms)):
            box.addItem(self._name(farm), farm)
        box.setCurrentIndex(box.findData(chosen))
        box.activated.connect(self._choose)
        return box

    def _name(self, farm: str) -> str:
        return self.tr("This computer") if farm == LOCAL else farm

    def _choose(self, index: int) -> None:
        text = self._box.itemText(index).strip()
        farm = LOCAL if text == self.tr("This computer") else text
        self._box.setItemData(index, farm)
        if farm:
            self._session.choose_farm(farm)
