# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A sentence that can be clicked; it elides what does not fit and never asks for more width."""

from __future__ import annotations

from typing import Optional

from qtpy.QtCore import QSize, Qt
from qtpy.QtGui import QResizeEvent
from qtpy.QtWidgets import QSizePolicy, QToolButton, QWidget

MARGIN = 12


class FailureLabel(QToolButton):
    """The tooltip has the whole sentence."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setAutoRaise(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_sentence(self, sentence: str) -> None:
        """Shows as much of the sentence as fits."""
        self.setToolTip(sentence)
        self.setAccessibleName(sentence)
        width = max(0, self.width() - MARGIN)
        self.setText(self.fontMetrics().elidedText(sentence.replace("&", "&&"), Qt.TextElideMode.ElideRight, width))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.show_sentence(self.toolTip())
