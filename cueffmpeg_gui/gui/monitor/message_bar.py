# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""One line below the tree: what went wrong with its next steps, or a question before something is stopped."""

from collections.abc import Callable

from qtpy.QtCore import Qt
from qtpy.QtGui import QKeySequence, QShortcut
from qtpy.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSpinBox, QWidget

from cueffmpeg_gui.gui.widgets.elided_label import ElidedLabel

Step = tuple[str, Callable[[], None]]


class MonitorLine(QFrame):
    """Hidden until there is something to say. Escape or Dismiss hides it; it never blocks the window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = ElidedLabel()
        self._buttons: list[QPushButton] = []
        self._extras: list[QWidget] = []
        self.is_question = False
        self._before: QWidget | None = None
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(8, 4, 8, 4)
        self._layout.addWidget(self._label, 1)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.dismiss)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._label.text()

    def ask(self, question: str, verb: str, confirmed: Callable[[], None]) -> None:
        """A question; the verb's button does it, Cancel and Escape do not."""
        self.is_question = True
        self._before = self.window().focusWidget()
        self._say("warning", question, [(verb, confirmed), (self.tr("Cancel"), lambda: None)])
        self._buttons[0].setFocus()

    def ask_number(self, question: str, value: int, verb: str, confirmed: Callable[[int], None]) -> None:
        """A question whose answer is a number."""
        number = QSpinBox(minimum=0, maximum=1_000_000)
        number.setValue(value)
        number.setAccessibleName(question)
        self.ask(question, verb, lambda: confirmed(number.value()))
        self._extras.append(number)
        self._layout.insertWidget(1, number)
        number.show()
        number.setFocus()
        number.selectAll()

    def tell(self, role: str, sentence: str, steps: list[Step] | None = None) -> None:
        """A sentence ("error", "good" …) and what can be done next."""
        self.is_question, self._before = False, None
        self._say(role, sentence, [*(steps or []), (self.tr("Dismiss"), lambda: None)])

    def dismiss(self) -> None:
        """Says nothing any more."""
        before, self._before = self._before, None
        self.is_question = False
        self.hide()
        if before is not None:
            before.setFocus()

    def _say(self, role: str, text: str, steps: list[Step]) -> None:
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
