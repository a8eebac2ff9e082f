# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The Log tab: a frame's log as it grows, in colours; with a search, earlier tries, and how much is left out."""

from qtpy.QtCore import Qt, Signal
from qtpy.QtGui import (
    QColor,
    QFontDatabase,
    QKeySequence,
    QShortcut,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from qtpy.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cueffmpeg_gui.api.monitor.log import text_without_time
from cueffmpeg_gui.gui.monitor.models.log_model import MOST_LINES, LogModel
from cueffmpeg_gui.gui.widgets.elided_label import ElidedLabel
from cueffmpeg_gui.gui.widgets.theme import ACCENT, ERROR, FAINT, WARNING

# What a line begins with, after the time that an rqd may put there, and its colour.
HIGHLIGHTS = (
    ("error: ", ERROR),
    ("warning: ", WARNING),
    ("+ ", ACCENT),
    ("====", FAINT),
    ("s ", FAINT),
    ("cueffmpeg.scores/", FAINT),
)


class LogHighlighter(QSyntaxHighlighter):
    """Colours errors, warnings, commands and rqd's own lines by how each line begins."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._formats = [(begin, _text_format(colour)) for begin, colour in HIGHLIGHTS]

    def highlightBlock(self, text: str) -> None:
        line = text_without_time(text)
        for begin, text_format in self._formats:
            if line.startswith(begin):
                self.setFormat(len(text) - len(line), len(line), text_format)
                return


def _text_format(colour: str) -> QTextCharFormat:
    text_format = QTextCharFormat()
    text_format.setForeground(QColor(colour))
    return text_format


class LogTab(QWidget):
    """Shows a LogModel."""

    wants_open = Signal(str)

    def __init__(self, model: LogModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.text = QPlainTextEdit(readOnly=True, undoRedoEnabled=False)
        self.text.setMaximumBlockCount(MOST_LINES)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setAccessibleName(self.tr("Log"))
        self.text.setTabChangesFocus(True)
        self._highlighter = LogHighlighter(self.text.document())
        self._make_bar()
        self.status = ElidedLabel()
        self.status.setProperty("role", "hint")
        self._lay_out()
        self._connect()
        self._describe()

    def find_next(self, backwards: bool = False) -> None:
        """Goes to the next line that holds the search, or to the previous one."""
        self.follow.setChecked(False)
        cursor = self.text.textCursor()
        number = self.model.find(self.search.text(), cursor.blockNumber(), backwards)
        self.found.setText("" if number >= 0 or not self.search.text() else self.tr("not found"))
        if number >= 0:
            self._go_to(number, self.search.text())

    def _go_to(self, number: int, wanted: str) -> None:
        cursor, block = self.text.textCursor(), self.text.document().findBlockByNumber(number)
        start = max(0, block.text().lower().find(wanted.lower()))
        cursor.setPosition(block.position() + start)
        cursor.setPosition(block.position() + start + len(wanted), QTextCursor.MoveMode.KeepAnchor)
        self.text.setTextCursor(cursor)
        self.text.centerCursor()

    def _make_bar(self) -> None:
        self.search = QLineEdit(clearButtonEnabled=True)
        self.search.setPlaceholderText(self.tr("Find in log"))
        self.search.setAccessibleName(self.tr("Find in log"))
        self.search.setToolTip(self.tr("Enter or F3: next; Shift+F3: previous (Ctrl+L comes here)"))
        self.search.setMaximumWidth(260)
        self.previous = QPushButton(self.tr("Previous"))
        self.next = QPushButton(self.tr("Next"))
        self.found = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.found.setProperty("role", "hint")
        self.tries = QComboBox()
        self.tries.setAccessibleName(self.tr("Try"))
        self.tries.setToolTip(self.tr("Which try of the frame"))
        self.follow = QCheckBox(self.tr("Follow"))
        self.follow.setChecked(True)
        self.follow.setToolTip(self.tr("Stay at the end while lines come"))
        self.open = QPushButton(self.tr("Open file"))
        self.open.setToolTip(self.tr("Open the whole log in the editor of this computer"))

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        left: tuple[QWidget, ...] = (self.search, self.previous, self.next, self.found)
        right: tuple[QWidget, ...] = (self.tries, self.follow, self.open)
        for widget in left:
            bar.addWidget(widget)
        bar.addStretch(1)
        for widget in right:
            bar.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(bar)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.status)

    def _connect(self) -> None:
        self.model.cleared.connect(self.text.clear)
        self.model.appended.connect(self._append)
        self.model.described.connect(self._describe)
        self.model.failed.connect(self.status.setText)
        self.search.returnPressed.connect(self.find_next)
        self.next.clicked.connect(lambda _: self.find_next())
        self.previous.clicked.connect(lambda: self.find_next(backwards=True))
        self.follow.toggled.connect(self._to_end)
        self.open.clicked.connect(lambda: self.wants_open.emit(self.model.path))
        self.tries.activated.connect(lambda: self.model.choose_try(self.tries.currentData()))
        for key, backwards in (("F3", False), ("Shift+F3", True)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda backwards=backwards: self.find_next(backwards))

    def _append(self, lines: list[str]) -> None:
        bar = self.text.verticalScrollBar()
        place = bar.value()
        self.text.appendPlainText("\n".join(lines))
        self._to_end() if self.follow.isChecked() else bar.setValue(place)

    def _to_end(self) -> None:
        """The last line; of a log that ends with an error, the error, which rqd's own last lines would hide."""
        if not self.follow.isChecked():
            return
        bar = self.text.verticalScrollBar()
        bar.setValue(bar.maximum())
        number = self.model.last_error()
        if number >= 0:
            self._go_to(number, "")

    def _describe(self) -> None:
        model = self.model
        self.setEnabled(model.has_frame)
        waiting = self.tr("Nothing is written yet.")
        self.text.setPlaceholderText(waiting if model.has_frame else self.tr("Select a frame to read its log."))
        self.open.setEnabled(bool(model.path))
        left_out = self.tr("  ·  the first {} MB are left out").format(max(1, model.skipped >> 20))
        self.status.setText(f"{model.path}{left_out if model.skipped else ''}")
        self._describe_tries()

    def _describe_tries(self) -> None:
        tries = self.model.tries
        if [self.tries.itemData(number) for number in range(self.tries.count())] != list(tries):
            self.tries.clear()
            for number, path in enumerate(tries, 1):
                self.tries.addItem(self.tr("Try {}").format(number), path)
        self.tries.setVisible(len(tries) > 1)
        self.tries.setCurrentIndex(self.tries.findData(self.model.path))
