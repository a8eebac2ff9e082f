# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The encodes under review: added, removed, and followed while their jobs still run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from qtpy.QtCore import QObject, Signal

from cueffmpeg_gui.api.review.clips import numbered_like
from cueffmpeg_gui.api.review.review import Review
from cueffmpeg_gui.errors import NoScoresYet
from cueffmpeg_gui.gui.common.latest import Latest
from cueffmpeg_gui.gui.common.polling import Polling
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.curve.models.encode import Encode, encode_of_review
from cueffmpeg_gui.gui.review.models.item import ReviewItem, unlike_names
from cueffmpeg_gui.gui.review.models.review_backend import ReviewBackend, ReviewWatch

MOST = 8
POLL_MILLISECONDS = 1000


class ReviewItemList(Polling):
    """`changed` when items were added, removed or have grown; `refused` says why something could not be added.

    `begun` names a job that had no scores when it was added, and has some now.
    """

    changed = Signal()
    refused = Signal(str)
    loaded = Signal(str)
    begun = Signal(str)

    def __init__(self, backend: ReviewBackend, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(POLL_MILLISECONDS, parent)
        self.backend, self._tasks, self._growth = backend, tasks, Latest(tasks)
        self._items: dict[str, ReviewItem] = {}
        self._watches: dict[str, ReviewWatch] = {}
        self._numbers: dict[str, int] = {}
        self._loading: set[str] = set()
        # Jobs without scores so far, which are polled; those whose poll is under way.
        self._awaited: set[str] = set()
        self._polled: set[str] = set()

    @property
    def items(self) -> list[ReviewItem]:
        """All items, in the order of their colours."""
        return sorted(self._items.values(), key=lambda item: item.number)

    @property
    def loading(self) -> int:
        """How many are being loaded."""
        return len(self._loading)

    def item(self, target: str) -> ReviewItem | None:
        """The item of a target, None when there is none."""
        return self._items.get(target)

    def add(self, targets: Sequence[str]) -> None:
        """Adds jobs, job folders or files; what was added before is read anew."""
        for target in dict.fromkeys(targets):
            if target in self._loading:
                continue
            if target not in self._numbers and len(self._numbers) >= MOST:
                self.refused.emit(self.tr("Eight encodes can be seen together; remove one before you add another."))
                return
            self._numbers.setdefault(target, _free_number(self._numbers.values()))
            self._loading.add(target)
            self._load(target)
        self.changed.emit()

    def remove(self, target: str) -> None:
        """Removes an item."""
        self._items.pop(target, None)
        self._watches.pop(target, None)
        self._awaited.discard(target)
        self._numbers.pop(target, None)
        self._rename()
        self.changed.emit()

    def name_clips(self, target: str, reference: str, encode: str) -> None:
        """Sets the clips of scores from another program."""
        item = self._items[target]

        def work() -> tuple[Review, Encode]:
            review = self.backend.with_clips(item.review, reference, encode)
            return review, encode_of_review(review, target)

        self._tasks.run(work, lambda made: self._take(target, *made), self.refused.emit)

    def poll(self) -> None:
        """Asks for new scores of items that are not complete, or have none yet."""
        for target in self._awaited - self._polled:
            self._poll_awaited(target)
        growing = [item for item in self.items if not item.review.scores.is_complete and item.target in self._watches]
        if self._growth.is_busy or not growing:
            return
        polls = [(item, self._watches[item.target]) for item in growing]
        # A farm that is away comes back; what was read stays.
        self._growth.run(lambda: [_grown(*poll) for poll in polls], self._take_grown, lambda _: None)

    def _load(self, target: str) -> None:
        others = [item.review for item in self.items if item.target != target]

        def work() -> tuple[Review, Encode] | str:
            try:
                return self._read(target, others)
            except NoScoresYet as refused:
                return str(refused)

        def done(made: tuple[Review, Encode] | str) -> None:
            if isinstance(made, str):
                self._awaited.add(target)
                self._refuse(target, self.tr("{} It is shown here as soon as it has some.").format(made))
            else:
                self._loaded(target, *made)

        self._tasks.run(work, done, lambda sentence: self._refuse(target, sentence))

    def _read(self, target: str, others: Sequence[Review] = ()) -> tuple[Review, Encode]:
        review = numbered_like(self.backend.load(target), others)
        return review, encode_of_review(review, target)

    def _poll_awaited(self, target: str) -> None:
        def done(made: tuple[Review, Encode]) -> None:
            self._polled.discard(target)
            if target in self._awaited and len(self._numbers) < MOST:
                self._numbers.setdefault(target, _free_number(self._numbers.values()))
                self.begun.emit(target)
                self._loaded(target, *made)

        self._polled.add(target)
        self._tasks.run(lambda: self._read(target), done, lambda _: self._polled.discard(target))

    def _loaded(self, target: str, review: Review, encode: Encode) -> None:
        self._loading.discard(target)
        self._awaited.discard(target)
        if target not in self._numbers:  # removed meanwhile
            return
        if not review.scores.is_complete:
            self._watches[target] = self.backend.watch(target)
        self._take(target, review, encode)
        self.loaded.emit(target)

    def _refuse(self, target: str, sentence: str) -> None:
        self._loading.discard(target)
        if target not in self._items:
            self._numbers.pop(target, None)
        self.refused.emit(sentence)
        self.changed.emit()

    def _take(self, target: str, review: Review, encode: Encode) -> None:
        number = self._numbers[target]
        self._items[target] = ReviewItem(target, number, review, replace(encode, number=number))
        self._rename()
        self.changed.emit()

    def _rename(self) -> None:
        """Names that tell the encodes apart; those that keep theirs stay the same objects."""
        for item, name in zip(self.items, unlike_names([item.review for item in self.items])):
            if item.encode.name != name:
                self._items[item.target] = replace(item, encode=replace(item.encode, name=name))

    def _take_grown(self, grown: list[tuple[str, Review, Encode] | None]) -> None:
        for target, review, encode in filter(None, grown):
            if target in self._items:
                self._take(target, review, encode)


def _grown(item: ReviewItem, watch: ReviewWatch) -> tuple[str, Review, Encode] | None:
    review = watch.poll(item.review)
    if review is item.review:
        return None
    return item.target, review, encode_of_review(review, item.target, item.encode.name)


def _free_number(taken: Iterable[int]) -> int:
    return next(number for number in range(MOST + 1) if number not in set(taken))
