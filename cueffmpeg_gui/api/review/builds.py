# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Whether reviews that are laid over each other were measured by one build of ffmpeg and libvmaf."""

from collections.abc import Iterable

from cueffmpeg_gui.api.review.review import Review
from cueffmpeg_gui.media.provenance import build_trouble


def differing_builds(reviews: Iterable[Review]) -> str:
    """A sentence that names the builds; "" when they are one, or not known."""
    return build_trouble([(review.label, review.scores.provenance) for review in reviews])
