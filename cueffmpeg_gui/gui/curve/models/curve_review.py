# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""From a review to what a curve shows of it."""

from __future__ import annotations

from cueffmpeg_gui.api.review.review import Review
from cueffmpeg_gui.gui.curve.models.encode import Encode, encode_of
from cueffmpeg_gui.gui.curve.models.marks_to_fold import marks_of


def encode_of_review(review: Review, key: str, name: str = "", number: int = 0) -> Encode:
    """The encode of a review. Takes a while for many frames: for tasks."""
    return encode_of(
        key,
        name or review.label,
        review.scores,
        borders=review.borders,
        marks=marks_of(review.features),
        rate=review.rate,
        timecode=review.timecode,
        number=number,
    )
