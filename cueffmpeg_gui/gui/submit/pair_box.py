# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The facts of a given pair, side by side, and what its pictures say, before anything is sent."""

from qtpy.QtCore import QSize
from qtpy.QtWidgets import QVBoxLayout, QWidget

from cueffmpeg_gui.gui.submit.models.pair_look import PairLook
from cueffmpeg_gui.gui.widgets.note_label import NoteLabel
from cueffmpeg_gui.gui.widgets.number_table import ROW_HEIGHT, NumberTable


class PairTable(NumberTable):
    """A row for each fact; all of them are shown."""

    def sizeHint(self) -> QSize:
        header = self.horizontalHeader().sizeHint().height()
        return QSize(super().sizeHint().width(), header + self.rowCount() * ROW_HEIGHT + 2 * self.frameWidth() + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())


class PairBox(QWidget):
    """Hidden where no pair is given."""

    def __init__(self, look: PairLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.table, self.said = PairTable(self.tr("Facts of the pair")), NoteLabel()
        self.table.setSelectionMode(NumberTable.SelectionMode.NoSelection)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.table)
        layout.addWidget(self.said)
        look.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        look = self._look
        self.setVisible(look.found is not None or look.is_looking or bool(look.trouble))
        self.table.setVisible(look.found is not None)
        if look.found is None:
            self.said.say(self.tr("The pair is being looked at …") if look.is_looking else look.trouble, "hint")
            return
        names = [self.tr("Pair"), self.tr("encode"), self.tr("reference"), ""]
        differs = self.tr("differs")
        rows = [[row.fact, row.encode, row.reference, differs if row.differs else ""] for row in look.found.rows]
        self.table.fill(names, rows)
        self.said.say(look.found.sentence, "error" if look.found.is_grave else "hint")
