# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Scores from elsewhere get their clips, named by hand."""

from collections.abc import Iterable
from dataclasses import replace

from cueffmpeg_gui.api.media import probe_media
from cueffmpeg_gui.api.pairing import match_clips
from cueffmpeg_gui.api.review.review import Review
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.jobs.picture_pair import PicturePair
from cueffmpeg_gui.media.frames import FrameRange


def with_clips(review: Review, reference: str, encode: str, frame_rate: str | None = None) -> Review:
    """The review of scores from elsewhere with both clips, named by hand: frame n of the scores is their nth picture.

    The scores take the reference's own numbers. Raises InputRefused when the clips do not belong to each other, or not
    to the scores.
    """
    clips = probe_media(reference, frame_rate), probe_media(encode, frame_rate)
    matched = match_clips(clips[1], clips[0], {}, None)
    scores, frames = review.scores, matched.frames
    if scores.span != len(frames):
        raise InputRefused(
            f"{review.label} scores {scores.span} pictures, but {reference} has "
            f"{len(frames)} with a picture of {encode}; name its own clips."
        )
    first = clips[1].frames.first + frames.first - clips[0].frames.first + matched.plan.offset
    pair = PicturePair(*clips, frames, first, matched.plan.geometry, partners=matched.plan.partners)
    moved = _renumbered(review, frames)
    return replace(moved, pair=pair, rate=clips[0].video.rate, timecode=pair.timecode_of(frames.first))


def numbered_like(review: Review, others: Iterable[Review]) -> Review:
    """Scores that count from 1 and whose clips nobody named, with the shot's numbers that an other one as long has."""
    if review.pair is not None or review.scores.first != 1:
        return review
    paired = (other.scores for other in others if other.pair and other.scores.span == review.scores.span)
    like = next(paired, None)
    return _renumbered(review, FrameRange(like.first, like.last)) if like and like.first != 1 else review


def _renumbered(review: Review, frames: FrameRange) -> Review:
    by = frames.first - review.scores.first
    rows = {frame + by: row for frame, row in review.scores.rows.items()}
    features = review.features
    if features:
        features = replace(features, rows={frame + by: row for frame, row in features.rows.items()})
    pair = review.scores.pair
    scores = replace(
        review.scores, first=frames.first, last=frames.last, rows=rows, pair=pair.moved(by) if pair else None
    )
    return replace(review, scores=scores, features=features)
