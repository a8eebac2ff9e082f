# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""One of the encodes under review, and the names and troubles of all of them together."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from cueffmpeg_gui.api.review.builds import differing_builds
from cueffmpeg_gui.api.review.review import Review
from cueffmpeg_gui.gui.curve.models.encode import Encode
from cueffmpeg_gui.media.metrics import model_label


@dataclass(frozen=True, eq=False)
class ReviewItem:
    """`target` is what was requested and identifies the item; `number` chooses the colour."""

    target: str
    number: int
    review: Review
    encode: Encode


def unlike_names(reviews: Sequence[Review]) -> list[str]:
    """The labels; where several are alike, with the folder that holds them."""
    labels = [review.label for review in reviews]
    return [_name(review) if labels.count(review.label) > 1 else review.label for review in reviews]


def _name(review: Review) -> str:
    folder = os.path.basename(os.path.dirname(review.origin))
    return f"{folder}/{review.label}" if folder else review.label


def troubles_of(items: Sequence[ReviewItem]) -> list[str]:
    """Sentences: what makes the encodes hard to compare, then what is wrong with each."""
    reviews = [item.review for item in items]
    found = [*_of_references(reviews), *_of_models(reviews), *filter(None, [differing_builds(reviews)])]
    return [*found, *(_trouble_text(item, len(items)) for item in items if item.review.trouble)]


def _of_references(reviews: Sequence[Review]) -> list[str]:
    paths = dict.fromkeys(review.pair.reference.path for review in reviews if review.pair)
    if len(paths) < 2:
        return []
    names = " and ".join(os.path.basename(path) for path in paths)
    return [f"These encodes have different references ({names}), so their scores say little about each other."]


def _of_models(reviews: Sequence[Review]) -> list[str]:
    models = dict.fromkeys(review.scores.vmaf_model for review in reviews if "vmaf" in review.scores.metrics)
    if len(models) < 2:
        return []
    return [
        f"Different models are on one axis ({' and '.join(map(model_label, models))}): do not compare their scores."
    ]


def _trouble_text(item: ReviewItem, count: int) -> str:
    return f"{item.encode.name}: {item.review.trouble}" if count > 1 else item.review.trouble
