# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The Review page: which frames are bad, and why. Curves, numbers, worst frames and pictures around one cursor."""

from __future__ import annotations

import os

from qtpy.QtCore import Qt, Signal
from qtpy.QtGui import QHideEvent, QImage, QKeySequence, QShortcut, QShowEvent
from qtpy.QtWidgets import QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.review.add_scores import AddScores
from cueffmpeg_gui.gui.review.export_dialog import ExportButton
from cueffmpeg_gui.gui.review.models.item import ReviewItem, troubles_of
from cueffmpeg_gui.gui.review.models.item_list import ReviewItemList
from cueffmpeg_gui.gui.review.models.review_backend import ReviewBackend, save_image
from cueffmpeg_gui.gui.review.panes import ReviewPanes
from cueffmpeg_gui.gui.review.shortcut_list import ShortcutList
from cueffmpeg_gui.gui.review.start_page import StartPage
from cueffmpeg_gui.gui.widgets.drop_target import DropTarget
from cueffmpeg_gui.gui.widgets.elided_label import ElidedLabel
from cueffmpeg_gui.gui.widgets.note_label import set_role
from cueffmpeg_gui.jobs.picture_pair import PicturePair


class ReviewPage(DropTarget):
    """`message` says what has happened, in one sentence, for the window's status line."""

    message = Signal(str)

    def __init__(self, backend: ReviewBackend, tasks: Tasks, panes: ReviewPanes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self.items = ReviewItemList(backend, tasks, self)
        self._chosen = ""
        self._frame: int | None = None
        self._pair: PicturePair | None = None
        self._requested: dict[str, int | None] = {}
        self._refusal = ""
        self.add = QPushButton(self.tr("+ &Add scores …"))
        self.adding, self.start_page = AddScores(), StartPage()
        self.export = ExportButton(self._suggested)
        self.line, self.panes = ElidedLabel(), panes
        self.keys = ShortcutList(self)
        self._lay_out()
        self._connect()
        self._show_items()

    def review(self, targets: list[str], frame: int | None = None) -> None:
        """Adds jobs, job folders or files; with a frame, goes to it in the last of them."""
        if targets:
            self._refusal = ""
            self._requested[targets[-1]] = frame
            self.items.add(targets)

    @property
    def active(self) -> ReviewItem | None:
        """The encode whose worst frames and pictures are shown: the chosen one, else the first."""
        return self.items.item(self._chosen) or next(iter(self.items.items), None)

    def go(self, frame: int) -> None:
        """Moves the one cursor: of curve, list and pictures."""
        self._frame = frame
        self.panes.curve.set_cursor(frame)
        self.panes.worst.select_frame(frame)
        if self.active and self.active.review.pair:
            self.panes.pictures.show_frame(frame)

    def _lay_out(self) -> None:
        self.adding.hide()
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(self.add)
        bar.addWidget(self.panes.curve.options_bar, 1)
        bar.addWidget(self.export)
        filled = QWidget()
        column = QVBoxLayout(filled)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addLayout(bar)
        for widget in (self.adding, self.line, self.panes):
            column.addWidget(widget, 1 if widget is self.panes else 0)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.start_page)
        self._stack.addWidget(filled)

    def _connect(self) -> None:
        panes = self.panes
        self.dropped.connect(self.review)
        self.add.clicked.connect(self._begin_adding)
        self.adding.requested.connect(self.review)
        self.adding.cancelled.connect(self.adding.hide)
        self.start_page.add.requested.connect(self.review)
        self.items.changed.connect(self._show_items)
        self.items.loaded.connect(self._loaded)
        self.items.refused.connect(self._refused)
        self.items.begun.connect(self._begun)
        panes.curve.cursor_moved.connect(self.go)
        panes.curve.removal_requested.connect(self.items.remove)
        panes.curve.model.changed.connect(self._show_numbers)
        panes.numbers.chosen.connect(self._choose)
        panes.worst.chosen.connect(self.go)
        panes.pictures.frame_stepped.connect(self.go)
        panes.thumbnails.ready.connect(self._take_thumbnails)
        panes.clips.named.connect(self._name_clips)
        self.export.requested.connect(self._export)
        question = QShortcut(QKeySequence("?"), self)
        question.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        question.activated.connect(self.keys.open)

    def _begin_adding(self) -> None:
        self.adding.setVisible(self.adding.isHidden())
        self.adding.line.setFocus()

    def _loaded(self, target: str) -> None:
        self.adding.hide()
        frame = self._requested.pop(target, None)
        if frame is not None:
            self._choose(target)
            self.go(frame)

    def _begun(self, target: str) -> None:
        # The sentence that it has none is out of date.
        self._refusal = ""
        self.message.emit(self.tr("{} has scores now.").format(target))

    def _refused(self, sentence: str) -> None:
        # Of several that were requested together each refusal is shown.
        self._refusal = "  ".join(filter(None, [self._refusal, sentence]))
        self._show_troubles()
        self.message.emit(sentence)

    def _show_items(self) -> None:
        items = self.items.items
        self._stack.setCurrentIndex(1 if items else 0)
        self.panes.curve.show_encodes([item.encode for item in items])
        self._show_troubles()
        self._show_active()

    def _show_troubles(self) -> None:
        """What was refused since the last request, else what is wrong with what is there."""
        troubles = "  ".join(troubles_of(self.items.items))
        set_role(self.line, "error" if self._refusal else "warning")
        self.line.setText(self._refusal or troubles)
        self.line.setVisible(bool(self.line.text()))
        is_reading = bool(self.items.loading)
        self.start_page.status.say(
            self.tr("Reading …") if is_reading else self._refusal, "hint" if is_reading else "error"
        )

    def _choose(self, target: str) -> None:
        self._chosen = target
        self._show_active()
        self._show_numbers()

    def _show_active(self) -> None:
        item, panes = self.active, self.panes
        pair = item.review.pair if item else None
        if pair != self._pair:
            self._pair = pair
            panes.worst.frames.clear_images()
        panes.pictures.show_pair(pair, item.encode.name if item else "")
        panes.pictures.set_review(item.review if item else None)
        panes.show_pictures(pair is not None, item is not None)
        panes.worst.show_pictures(pair is not None)
        if pair and self._frame is not None:
            panes.pictures.show_frame(self._frame)

    def _show_numbers(self) -> None:
        model, panes = self.panes.curve.model, self.panes
        active = self.active.target if self.active else ""
        panes.numbers.show_drawn(model.drawn, model.options, active)
        drawn = next((one for one in model.drawn if one.encode.key == active), None)
        panes.worst.frames.show_frames_of(drawn)
        panes.worst_title.setText(self.tr("Worst frames of {}").format(drawn.encode.name) if drawn else "")
        if self._frame is None and drawn and drawn.worst:
            self.go(drawn.worst[0])
        elif self._frame is not None:
            panes.worst.select_frame(self._frame)
        self._request_thumbnails()

    def _request_thumbnails(self) -> None:
        pair = self.active.review.pair if self.active else None
        if pair is not None:
            for frame in self.panes.worst.frames.lacks_images():
                self.panes.thumbnails.ask(pair, frame)

    def _take_thumbnails(self, frame: int, reference: QImage, encode: QImage) -> None:
        if self.active and self.active.review.pair:
            self.panes.worst.frames.take_images(frame, (reference, encode))

    def _name_clips(self, reference: str, encode: str) -> None:
        # The scores take the clips' own frame numbers, so the cursor begins anew.
        self._frame = None
        if self.active:
            self.items.name_clips(self.active.target, reference, encode)

    def _suggested(self) -> str:
        item = self.active
        return os.path.splitext(item.encode.name)[0] if item else "review"

    def _export(self, path: str) -> None:
        name = os.path.basename(path)
        saved = self.tr("Saved {}.").format(name)
        if path.endswith(".png"):
            image = self.panes.curve.picture().toImage()
            self._tasks.run(lambda: save_image(image, path), lambda _: self.message.emit(saved), self._refused)
            return
        reviews = [item.review for item in self.items.items]
        self.message.emit(self.tr("Writing {} …").format(name))
        self._tasks.run(
            lambda: self.items.backend.write(reviews, path), lambda _: self.message.emit(saved), self._refused
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.items.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.items.stop()
