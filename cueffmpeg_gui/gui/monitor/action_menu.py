# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The actions of the monitor as Qt's: in the tree's menu, as keys in the tree, and as a row of buttons."""

from qtpy.QtCore import QObject, QPoint, Qt, Signal
from qtpy.QtGui import QAction, QKeySequence
from qtpy.QtWidgets import QHBoxLayout, QMenu, QToolButton, QTreeView, QWidget

from cueffmpeg_gui.gui.monitor.models.actions import ACTIONS, Action, Selection, tr

# Those with a button of their own; "|" is a gap. The rest is below "More".
BUTTONS = ("pause", "resume", "retry", "kill", "|", "open_output", "show_folder", "submit_again")
MENU_GAPS = ("priority", "copy_path", "submit_again")


class ActionMenu(QObject):
    """Emits `wanted` with the name of an action."""

    wanted = Signal(str)

    def __init__(self, tree: QTreeView) -> None:
        super().__init__(tree)
        self._tree = tree
        self._buttons: dict[str, QToolButton] = {}
        self.actions = {action.name: self._make(action) for action in ACTIONS}
        tree.customContextMenuRequested.connect(self._pop_up)
        self.bar = self._make_bar()
        self.update([])

    def update(self, selection: Selection) -> None:
        """Enables what applies; what does not says why in its tooltip."""
        for action in ACTIONS:
            qaction, why_not = self.actions[action.name], action.why_not(selection)
            qaction.setEnabled(not why_not)
            text = f"{tr(action.tip)} ({action.key})"
            qaction.setToolTip(f"{text}\n{why_not}" if why_not else text)
        is_paused = self.actions["resume"].isEnabled() and not self.actions["pause"].isEnabled()
        self._share_space(is_paused)

    def menu(self) -> QMenu:
        """A menu of all actions."""
        menu = QMenu(self._tree)
        menu.setToolTipsVisible(True)
        for name, action in self.actions.items():
            if name in MENU_GAPS:
                menu.addSeparator()
            menu.addAction(action)
        return menu

    def _make(self, action: Action) -> QAction:
        qaction = QAction(tr(action.text), self)
        qaction.setShortcut(QKeySequence(action.key))
        qaction.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        qaction.triggered.connect(lambda: self.wanted.emit(action.name))
        self._tree.addAction(qaction)
        return qaction

    def _make_bar(self) -> QWidget:
        bar = QWidget()
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(0, 0, 0, 0)
        for name in BUTTONS:
            if name == "|":
                layout.addSpacing(16)
                continue
            button = QToolButton()
            button.setDefaultAction(self.actions[name])
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            layout.addWidget(button)
            self._buttons[name] = button
        layout.addWidget(self._make_more())
        layout.addStretch(1)
        return bar

    def _make_more(self) -> QToolButton:
        more = QToolButton()
        more.setText(self.tr("More"))
        more.setToolTip(self.tr("Further actions"))
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = QMenu(more)
        menu.setToolTipsVisible(True)
        for name, action in self.actions.items():
            if name not in BUTTONS:
                menu.addAction(action)
        more.setMenu(menu)
        return more

    def _share_space(self, is_paused: bool) -> None:
        """One key and one place for pause and resume: whichever applies."""
        space = QKeySequence(Qt.Key.Key_Space)
        self.actions["pause"].setShortcut(QKeySequence() if is_paused else space)
        self.actions["resume"].setShortcut(space if is_paused else QKeySequence())
        self._buttons["pause"].setVisible(not is_paused)
        self._buttons["resume"].setVisible(is_paused)

    def _pop_up(self, place: QPoint) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._tree.viewport().mapToGlobal(place))
