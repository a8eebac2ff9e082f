# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""From a click on the curve to both pictures, held against ffmpeg's own full decode, pixel by pixel."""

from hashlib import md5
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from clips import Clips
from curves import click
from picture_helpers import decoded, real_size, seen, shown_frame
from qtpy.QtCore import Qt
from worker_jobs import Jobs

from cueffmpeg_gui.gui.review.review_page import ReviewPage
from cueffmpeg_gui.media.scores import worst_frames

PATIENCE = 60_000
CLICKED = (41, 7, 60, 8, 23)


@pytest.fixture
def page(page: ReviewPage) -> ReviewPage:
    """Large enough for both pictures in real size."""
    page.resize(1280, 900)
    return page


def digest(pixels: npt.NDArray[np.uint8]) -> str:
    return md5(np.ascontiguousarray(pixels).tobytes()).hexdigest()


def test_a_click_on_the_curve_shows_both_pictures_of_that_very_frame(
    qtbot: Any, page: ReviewPage, jobs: Jobs, clips: Clips, tmp_path: Path
) -> None:
    job = jobs(clips("long_gop"), "h264-review-vmaf", output=str(tmp_path / "out.mp4"), values={"crf": "40"})
    job.run_all()
    page.review([job.folder])
    curve, pictures = page.panes.curve, page.panes.pictures
    qtbot.waitUntil(lambda: bool(page.items.items) and curve.model.is_settled and not curve._is_due, timeout=PATIENCE)
    (worst,) = worst_frames(page.items.items[0].review.scores, "vmaf", 1)
    qtbot.waitUntil(lambda: shown_frame(pictures) == worst, timeout=PATIENCE)
    real_size(qtbot, pictures)
    reference, encode = decoded(job.ffmpeg, str(clips("long_gop"))), decoded(job.ffmpeg, str(job.output))

    for frame in CLICKED:
        click(qtbot, curve, frame, 20)
        assert curve.frame == frame
        qtbot.waitUntil(lambda frame=frame: shown_frame(pictures) == frame, timeout=PATIENCE)
        assert digest(seen(pictures, 0)) == digest(reference[frame - 1])
        assert digest(seen(pictures, 1)) == digest(encode[frame - 1])

    qtbot.keyClick(curve.plot.viewport(), Qt.Key.Key_Right)
    last = CLICKED[-1] + 1
    qtbot.waitUntil(lambda: shown_frame(pictures) == last, timeout=PATIENCE)
    assert digest(seen(pictures, 1)) == digest(encode[last - 1])
