# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The export menu of the review: the curve as it is shown, a drawing, tables, or a page for others."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Optional

from qtpy.QtCore import Qt, Signal
from qtpy.QtWidgets import QFileDialog, QMenu, QToolButton, QWidget

# Ending → what it is, for people.
FORMATS = {
    ".png": "PNG: the curve as it is seen",
    ".svg": "SVG: the whole curve as a drawing",
    ".csv": "CSV: every frame of every encode",
    ".json": "JSON: scores and statistics",
    ".html": "HTML: a page with curve, numbers and worst frames",
}


class ExportButton(QToolButton):
    """`requested` carries the path; its ending says what is to be written."""

    requested = Signal(str)

    def __init__(self, suggest: Callable[[], str], parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._suggest = suggest
        self.setText(self.tr("&Export"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolTip(self.tr("Save curve, numbers or a report"))
        menu = QMenu(self)
        for ending, words in FORMATS.items():
            menu.addAction(self.tr(words) + " …").triggered.connect(lambda _=False, ending=ending: self._ask(ending))
        self.setMenu(menu)

    def _ask(self, ending: str) -> None:
        kind = f"{ending[1:].upper()} (*{ending})"
        dialog = QFileDialog(self, self.tr("Export {}").format(ending[1:].upper()), self._suggest() + ending, kind)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending[1:])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.requested.emit(os.path.splitext(path)[0] + ending))
        dialog.show()
