# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Fields of a form: a label above, the editor, and below it a hint or an error. One class for each kind."""

from collections.abc import Sequence
from typing import Any

from qtpy.QtCore import QEvent, QObject, Qt, Signal
from qtpy.QtGui import QWheelEvent
from qtpy.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from cueffmpeg_gui.gui.widgets.note_label import NoteLabel, set_role


class _CalmWheel(QObject):
    """The wheel over a field without focus scrolls the form instead of changing the value."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QWheelEvent) and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False


class Field(QWidget):
    """`edited` emits the text that the user entered; `show_value` emits nothing."""

    edited = Signal(str)

    def __init__(self, label: str, editor: QWidget, help: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self.label = QLabel(label)
        self.label.setBuddy(editor)
        self.note = NoteLabel()
        self.note.hide()
        editor.setAccessibleName(label.replace("&", ""))
        editor.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        editor.installEventFilter(_CalmWheel(editor))
        self.set_help(help)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for widget in (self.label, editor, self.note):
            layout.addWidget(widget)
        layout.addStretch(1)

    def set_help(self, help: str) -> None:
        """What the field is for, as a tooltip and for screen readers."""
        self.editor.setToolTip(help)
        self.label.setToolTip(help)
        self.editor.setAccessibleDescription(help)

    def show_error(self, sentence: str, hint: str = "") -> None:
        """Shows an error below the field, else the hint, else nothing."""
        set_role(self.editor, "error" if sentence else "")
        self.note.say(sentence or hint, "error" if sentence else "hint")
        self.note.setVisible(bool(sentence or hint))

    def show_value(self, value: Any) -> None:
        """Shows a value without emitting `edited`."""
        raise NotImplementedError


class TextField(Field):
    """One line of text; Enter does nothing."""

    def __init__(self, label: str, help: str = "", placeholder: str = "", parent: QWidget | None = None) -> None:
        self.line = QLineEdit(placeholderText=placeholder)
        super().__init__(label, self.line, help, parent)
        self.line.textEdited.connect(self.edited)

    def show_value(self, value: Any) -> None:
        text = "" if value is None else str(value)
        # Spaces at the ends do not count, and the user may be about to type on after one.
        if text != self.line.text().strip():
            self.line.setText(text)
            self.line.setCursorPosition(0)


class ListField(TextField):
    """Several words in one line, separated by commas."""

    def show_value(self, value: Any) -> None:
        super().show_value(value.strip() if isinstance(value, str) else ", ".join(value or ()))


class ChoiceField(Field):
    """One of several items, (data, text); `free`: or any other text."""

    def __init__(self, label: str, items: Sequence[tuple[str, str]], help: str = "", *, free: bool = False) -> None:
        self.box = QComboBox(editable=free)
        self.box.setMinimumContentsLength(6)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        super().__init__(label, self.box, help)
        self._free = free
        self._items: list[tuple[str, str]] = []
        self.set_items(items)
        self.box.activated.connect(self._emit_item)
        if free:
            self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            if line := self.box.lineEdit():
                line.textEdited.connect(self.edited)

    def set_items(self, items: Sequence[tuple[str, str]]) -> None:
        """Sets the items."""
        if list(items) == self._items:
            return
        self._items = list(items)
        text = self.box.currentText()
        self.box.clear()
        for data, shown in items:
            self.box.addItem(shown, data)
            self.box.setItemData(self.box.count() - 1, shown, Qt.ItemDataRole.ToolTipRole)
        if self._free:
            self.box.setEditText(text)

    def show_value(self, value: Any) -> None:
        text = "" if value is None else str(value)
        index = self.box.findData(text)
        if self._free:
            if text != self.box.currentText().strip():
                self.box.setCurrentIndex(index)
                self.box.setEditText(text)
        elif index != self.box.currentIndex():
            self.box.setCurrentIndex(index)

    def _emit_item(self, index: int) -> None:
        data = str(self.box.itemData(index))
        if self._free:
            self.box.setEditText(data)
        self.edited.emit(data)


class _ShortDoubles(QDoubleSpinBox):
    """Shows 18 as 18, not as 18.00."""

    def textFromValue(self, value: float) -> str:
        return f"{value:g}"


class NumberField(Field):
    """A number in a range. `unset` is the text for no number, where that is allowed."""

    def __init__(
        self, label: str, low: float, high: float, help: str = "", *, is_whole: bool = True, unset: str = ""
    ) -> None:
        self.box: QSpinBox | QDoubleSpinBox = QSpinBox() if is_whole else _ShortDoubles(decimals=3)
        super().__init__(label, self.box, help)
        self._is_whole, self._unset = is_whole, unset
        self._low = low - 1 if unset else low
        self._set_range(self._low, high)
        self.box.setSpecialValueText(unset)
        self.box.setKeyboardTracking(True)
        self.box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.box.valueChanged.connect(self._changed)

    def show_value(self, value: Any) -> None:
        self.box.blockSignals(True)
        self._set_value(self._low if value is None else float(value))
        self.box.blockSignals(False)

    def _set_range(self, low: float, high: float) -> None:
        if isinstance(self.box, QSpinBox):
            self.box.setRange(int(low), int(high))
        else:
            self.box.setRange(low, high)

    def _set_value(self, value: float) -> None:
        if isinstance(self.box, QSpinBox):
            self.box.setValue(int(value))
        else:
            self.box.setValue(value)

    def _changed(self, value: float) -> None:
        is_unset = bool(self._unset) and value == self._low
        self.edited.emit("" if is_unset else f"{value:g}" if not self._is_whole else str(int(value)))


class TruthField(Field):
    """A check box."""

    def __init__(self, label: str, help: str = "") -> None:
        self.box = QCheckBox(label)
        super().__init__(label, self.box, help)
        self.label.setText("")
        self.box.clicked.connect(lambda checked: self.edited.emit("true" if checked else "false"))

    def show_value(self, value: Any) -> None:
        self.box.setChecked(bool(value))
