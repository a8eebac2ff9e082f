# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Reviews as a file to pass on: a page, a drawing, or tables."""

import os
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime

from cueffmpeg_gui.api.review.clips import numbered_like
from cueffmpeg_gui.api.review.load import Review
from cueffmpeg_gui.api.review.pictures import PictureSource
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.media.documents import write_atomically
from cueffmpeg_gui.media.scores import worst_frames
from cueffmpeg_gui.report.chart import plan_chart, svg_of
from cueffmpeg_gui.report.items import Picture, ReportItem
from cueffmpeg_gui.report.page import page_of
from cueffmpeg_gui.report.tables import csv_of, json_of

PICTURE_WIDTH = 640
MOST_ENCODES = 8
WORST = 10


def write_report(reviews: Sequence[Review], path: str, frames: int = WORST) -> None:
    """Writes the reviews in the format of the path's ending: .html, .svg, .csv or .json.

    `frames` is how many of the worst frames of each encode the page shows. The file is written whole or not at all.
    Raises InputRefused. Reads and decodes media for the page: never on a window's thread.
    """
    reviews = [numbered_like(review, reviews) for review in reviews]
    write = check_report(reviews, path)
    text = write(reviews, frames)
    try:
        write_atomically(os.path.abspath(path), os.fsencode(text))
    except OSError as error:
        raise InputRefused(f"The report {path} cannot be written: {error.strerror}.") from None


def check_report(reviews: Sequence[Review], path: str) -> Callable[[Sequence[Review], int], str]:
    """How the report is written; raises InputRefused before any work is done."""
    ending = os.path.splitext(path)[1].lower()
    if ending not in FORMATS:
        raise InputRefused(f"{path} must end in {', '.join(FORMATS)}: the ending says what is written.")
    folder = os.path.dirname(os.path.abspath(path))
    if not os.path.isdir(folder):
        raise InputRefused(f"The folder {folder} is not there; make it, or name another for the report.")
    if not 1 <= len(reviews) <= MOST_ENCODES:
        raise InputRefused(f"A report shows 1 to {MOST_ENCODES} encodes, not {len(reviews)}.")
    empty = next((review for review in reviews if not review.scores.rows), None)
    if empty is not None:
        raise InputRefused(f"{empty.origin} has no scored frame yet, so there is nothing to report.")
    return FORMATS[ending]


def _page(reviews: Sequence[Review], frames: int) -> str:
    items = [_item(review, _pictures(review, frames)) for review in reviews]
    return page_of(items, datetime.now().astimezone().strftime("%Y-%m-%d %H:%M %Z"))


def _drawing(reviews: Sequence[Review], frames: int) -> str:
    return svg_of(plan_chart([_item(review) for review in reviews], reviews[0].scores.metrics[0]))


FORMATS: dict[str, Callable[[Sequence[Review], int], str]] = {
    ".html": _page,
    ".svg": _drawing,
    ".csv": lambda reviews, frames: csv_of([_item(review) for review in reviews]),
    ".json": lambda reviews, frames: json_of([_item(review) for review in reviews]),
}


def _item(review: Review, pictures: tuple[Picture, ...] = ()) -> ReportItem:
    return ReportItem(
        label=review.label,
        origin=review.origin,
        scores=review.scores,
        borders=review.borders,
        pictures=pictures,
        rate=review.rate,
        timecode=review.timecode,
        trouble=review.trouble,
    )


def _pictures(review: Review, count: int) -> tuple[Picture, ...]:
    scores = review.scores
    worst = worst_frames(scores, scores.metrics[0], count)
    if review.pair is None:
        return tuple(Picture(frame) for frame in worst)
    with closing(PictureSource(review.pair)) as source:
        return tuple(_picture(source, frame) for frame in worst)


def _picture(source: PictureSource, frame: int) -> Picture:
    try:
        return Picture(frame, *source.jpegs(frame, PICTURE_WIDTH))
    except InputRefused as error:
        return Picture(frame, trouble=str(error))
