# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Colours for a log: errors, warnings, commands, and rqd's own lines."""

from qtpy.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat

from cueffmpeg_gui.gui.widgets.theme import ACCENT, ERROR, FAINT, WARNING

# What a line begins with, after the time that an rqd may put there.
RULES = (
    ("error: ", ERROR),
    ("warning: ", WARNING),
    ("+ ", ACCENT),
    ("====", FAINT),
    ("s ", FAINT),
    ("cueffmpeg.scores/", FAINT),
)
TIME_LENGTH = len("[00:00:00] ")


class LogHighlighter(QSyntaxHighlighter):
    """Looks at the begin of each line only."""

    def __init__(self, document: object) -> None:
        super().__init__(document)
        self._formats = []
        for begin, colour in RULES:
            text_format = QTextCharFormat()
            text_format.setForeground(QColor(colour))
            self._formats.append((begin, text_format))

    def highlightBlock(self, text: str) -> None:
        start = TIME_LENGTH if text[:1] == "[" and text[9:11] == "] " else 0
        for begin, text_format in self._formats:
            if text.startswith(begin, start):
                self.setFormat(start, len(text) - start, text_format)
                return
