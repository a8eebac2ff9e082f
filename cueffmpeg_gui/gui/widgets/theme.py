# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The theme: neutral dark greys that match CueGUI's, one accent, and roles instead of colours in widgets."""

from qtpy.QtGui import QColor, QIcon, QPalette
from qtpy.QtWidgets import QApplication

from cueffmpeg_gui.resources import resource

WINDOW, BASE, ALTERNATE, BUTTON, LINE = "#2d2d2d", "#262626", "#2b2b2b", "#414141", "#171717"
TEXT, FAINT, OFF = "#d6d6d6", "#a3a3a3", "#7a7a7a"
ACCENT, ACCENT_TEXT = "#4c9be8", "#0b1622"
ERROR, WARNING, GOOD = "#ff8070", "#e8b64c", "#6fcf6f"

PALETTE = {
    QPalette.ColorRole.Window: WINDOW,
    QPalette.ColorRole.WindowText: TEXT,
    QPalette.ColorRole.Base: BASE,
    QPalette.ColorRole.AlternateBase: ALTERNATE,
    QPalette.ColorRole.Text: TEXT,
    QPalette.ColorRole.PlaceholderText: FAINT,
    QPalette.ColorRole.Button: BUTTON,
    QPalette.ColorRole.ButtonText: TEXT,
    QPalette.ColorRole.Highlight: "#35506d",
    QPalette.ColorRole.HighlightedText: "#ffffff",
    QPalette.ColorRole.ToolTipBase: "#1d1d1d",
    QPalette.ColorRole.ToolTipText: TEXT,
    QPalette.ColorRole.Link: ACCENT,
    # Fusion draws arrows, ticks and frames from these.
    QPalette.ColorRole.Light: "#5a5a5a",
    QPalette.ColorRole.Midlight: "#4a4a4a",
    QPalette.ColorRole.Mid: "#3a3a3a",
    QPalette.ColorRole.Dark: LINE,
    QPalette.ColorRole.Shadow: "#000000",
}
DISABLED = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)

STYLE = f"""
QWidget {{ font-size: 10pt; }}
QToolTip {{ background: #1d1d1d; color: {TEXT}; border: 1px solid {OFF}; padding: 4px; }}
QPushButton, QToolButton {{ background: {BUTTON}; border: 1px solid {LINE}; border-radius: 3px; padding: 4px 12px; }}
QPushButton:hover, QToolButton:hover {{ background: #4d4d4d; }}
QPushButton:pressed, QToolButton:pressed {{ background: #363636; }}
QPushButton:disabled, QToolButton:disabled {{ color: {OFF}; background: #343434; }}
QPushButton:checked {{ background: #35506d; color: #ffffff; }}
QPushButton[role="primary"] {{ background: {ACCENT}; color: {ACCENT_TEXT}; font-weight: bold; }}
QPushButton[role="primary"]:disabled {{ background: #344150; color: {OFF}; }}
QPushButton[role="page"] {{ background: transparent; border: none; border-bottom: 2px solid transparent;
    border-radius: 0; padding: 6px 16px; }}
QPushButton[role="page"]:checked {{ border-bottom-color: {ACCENT}; color: #ffffff; }}
QPushButton:focus, QToolButton:focus, QLineEdit:focus, QPlainTextEdit:focus, QAbstractItemView:focus {{
    border: 1px solid {ACCENT}; }}
QLineEdit, QPlainTextEdit, QAbstractItemView {{
    background: {BASE}; border: 1px solid {LINE}; border-radius: 3px; padding: 3px; }}
QCheckBox::indicator {{ width: 14px; height: 14px; border: 1px solid {OFF}; border-radius: 3px;
    background: {BASE}; }}
QCheckBox::indicator:checked {{ background: {ACCENT}; border-color: {ACCENT}; }}
QCheckBox::indicator:focus {{ border-color: {ACCENT}; }}
QPushButton[role="collapsible"], QToolButton[role="collapsible"] {{ background: transparent; border: none;
    text-align: left; padding: 4px 2px; }}
QPushButton[role="collapsible"]:hover, QToolButton[role="collapsible"]:hover {{ color: #ffffff; }}
QLineEdit[role="error"] {{ border: 1px solid {ERROR}; }}
QLabel[role="error"] {{ color: {ERROR}; }}
QLabel[role="warning"] {{ color: {WARNING}; }}
QLabel[role="good"] {{ color: {GOOD}; }}
QLabel[role="hint"] {{ color: {FAINT}; }}
QLabel[role="title"] {{ font-weight: bold; }}
QHeaderView {{ border: none; padding: 0; }}
QHeaderView::section {{ background: #383838; border: none; border-right: 1px solid {LINE}; padding: 4px 6px; }}
QProgressBar {{ background: {BASE}; border: 1px solid {LINE}; border-radius: 3px; text-align: center; }}
QProgressBar::chunk {{ background: {ACCENT}; }}
QTabBar::tab {{ background: transparent; padding: 5px 14px; border-bottom: 2px solid transparent; }}
QTabBar::tab:selected {{ border-bottom-color: {ACCENT}; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {LINE}; }}
QSplitter::handle {{ background: {LINE}; }}
"""


def apply_theme(application: QApplication) -> None:
    """Sets icon, style, palette and style sheet of the whole application."""
    application.setWindowIcon(QIcon(str(resource("icons/cueffmpeg.svg"))))
    application.setStyle("Fusion")
    palette = QPalette()
    for role, colour in PALETTE.items():
        palette.setColor(role, QColor(colour))
    for role in DISABLED:
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(OFF))
    application.setPalette(palette)
    application.setStyleSheet(STYLE)
