# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""One line below the tree: an error with its next steps, or a question before something is stopped."""

from collections.abc import Callable

from qtpy.QtCore import Qt
from qtpy.QtGui import QKeySequence, QShortcut
from qtpy.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSpinBox, QWidget

from cueffmpeg_gui.gui.widgets.elided_label import ElidedLabel

NextStep = tuple[str, Callable[[], None]]


class MessageBar(QFrame):
    """Hidden while it has no message. Escape or Dismiss hides it; it never blocks the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = ElidedLabel()
        self._buttons: list[QPushButton] = []
        self._extras: list[QWidget] = []
        self.is_question = False
        self._focus_before: QWidget | None = None
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(8, 4, 8, 4)
        self._layout.addWidget(self._label, 1)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.dismiss)
        self.hide()

    @property
    def text(self) -> str:
        """The message."""
        return self._label.text()

    def ask(self, question: str, verb: str, confirmed: Callable[[], None]) -> None:
        """A question; the verb's button does it, Cancel and Escape do not."""
        self.ask_which(question, [(verb, confirmed)])

    def ask_which(self, question: str, steps: list[NextStep]) -> None:
        """A question with several answers, or none: Cancel and Escape."""
        self.is_question = True
        self._focus_before = self.window().focusWidget()
        self._show("warning", question, [*steps, (self.tr("Cancel"), lambda: None)])
        self._buttons[0].setFocus()

    def ask_number(self, question: str, value: int, verb: str, confirmed: Callable[[int], None]) -> None:
        """A question owner answer is a number."""
        number = QSpinBox(minimum=0, maximum=1_000_000)
        number.setValue(value)
        number.setAccessibleName(question)
        self.ask(question, verb, lambda: confirmed(number.value()))
        self._extras.append(number)
        self._layout.insertWidget(1, number)
        number.show()
        number.setFocus()
        number.selectAll()

    def show_message(self, role: str, sentence: str, steps: list[NextStep] | None = None) -> None:
        """A sentence ("error", "good" …) and what can be done next."""
        self.is_question, self._focus_before = False, None
        self._show(role, sentence, [*(steps or []), (self.tr("Dismiss"), lambda: None)])

    def dismiss(self) -> None:
        """Hides it, and gives the focus back that a question took."""
        before, self._focus_before = self._focus_before, None
        self.is_question = False
        self.hide()
        if before is not None:
            before.setFocus()

    def _show(self, role: str, text: str, steps: list[NextStep]) -> None:
        for widget in (*self._buttons, *self._extras):
            widget.hide()
            widget.deleteLater()
        self._extras.clear()
        self._label.setProperty("role", role)
        self._label.style().polish(self._label)
        self._label.setText(text)
        self.setAccessibleName(text)
        self._buttons = [self._button(text, step) for text, step in steps]
        self.show()

    def _button(self, text: str, step: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(True)
        self._layout.addWidget(button)
        button.show()

        def press() -> None:
            self.dismiss()
            step()

        button.clicked.connect(press)
        return button
