# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The Review page on real job folders and a real local farm."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from clips import H264, Clips, lively
from qtpy.QtCore import QPointF, Qt
from review_pages import PATIENCE, table, wait_for_encodes
from worker_jobs import Jobs

from cueffmpeg_gui.api.submit.submit import Submitted
from cueffmpeg_gui.gui.review.review_page import ReviewPage
from cueffmpeg_gui.media.scores import Scores, scores_bytes


@pytest.fixture
def job_with(jobs: Jobs, clips: Clips, tmp_path: Path) -> Callable[..., str]:
    """The folder of a job with thresholds, whose frames all have 90."""

    def job_with(asked: str) -> str:
        values = {"thresholds": asked}
        job = jobs(clips("h264"), "h264-review-vmaf", output=str(tmp_path / "out.mp4"), values=values)
        frames, metrics = job.spec.frames, ("vmaf", "psnr_y", "psnr_cb", "psnr_cr")
        rows = dict.fromkeys(range(frames.first, frames.last + 1), (90.0, 40.0, 40.0, 40.0))
        scores = Scores("compare", frames.first, frames.last, metrics, "vmaf_v0.6.1", rows)
        job.scores.write_bytes(scores_bytes(scores))
        return job.folder

    return job_with


@pytest.mark.parametrize(
    ("asked", "said"),
    [("mean>=10", "pass"), ("mean>=99.99", "fail: VMAF v0.6.1 (0-100): mean 90.00 is below 99.99.")],
)
def test_a_verdict_is_told_in_words(
    qtbot: Any, page: ReviewPage, job_with: Callable[..., str], asked: str, said: str
) -> None:
    page.review([job_with(asked)])
    wait_for_encodes(qtbot, page, 1)
    assert [row["Verdict"] for row in table(page)] == [said]


def test_a_job_folder_has_pictures_of_its_worst_frames(
    qtbot: Any, page: ReviewPage, jobs: Jobs, clips: Clips, tmp_path: Path
) -> None:
    job = jobs(clips("h264"), "h264-review-vmaf", output=str(tmp_path / "out.mp4"))
    job.run_all()
    page.review([job.folder], 24)
    wait_for_encodes(qtbot, page, 1)
    qtbot.waitUntil(lambda: page.panes.curve.frame == 24, timeout=PATIENCE)
    assert page.items.items[0].encode.marks == ()
    page.panes.curve.plot.setFocus()
    qtbot.keyClick(page.panes.curve.plot, Qt.Key.Key_J)
    qtbot.waitUntil(lambda: page.panes.curve.frame < 23, timeout=PATIENCE)
    qtbot.keyClick(page.panes.curve.plot, Qt.Key.Key_K)
    assert page.panes.pictures.playback.direction == 0
    worst = page.panes.worst.frames
    qtbot.waitUntil(lambda: bool(worst.frames) and not worst.lacks_images(), timeout=PATIENCE)
    shutil.move(str(tmp_path / "out.mp4"), str(tmp_path / "moved.mp4"))
    page.review([job.folder])
    qtbot.waitUntil(lambda: "cannot be read" in page.line.text(), timeout=PATIENCE)


def test_a_job_folder_that_fills_grows_on_the_page(
    qtbot: Any, page: ReviewPage, jobs: Jobs, clips: Clips, tmp_path: Path
) -> None:
    job = jobs(clips("h264"), "h264-review-vmaf", output=str(tmp_path / "out.mp4"), chunk=24)
    compares = [frame for layer, frame in job.frames if layer == "compare"]
    job.run_all(*(layer for layer, _ in job.frames if layer not in ("compare", "summary")))
    job.run_frame("compare", compares[-1])
    page.review([job.folder])
    wait_for_encodes(qtbot, page, 1)
    assert table(page)[0]["Frames"].startswith("partial: 24 of 48")
    job.run_frame("compare", compares[0])
    qtbot.waitUntil(lambda: table(page)[0]["Frames"] == "48", timeout=PATIENCE)


def test_a_running_job_grows_on_the_page(
    qtbot: Any, page: ReviewPage, send: Callable[..., Submitted], clips: Clips
) -> None:
    job = send(clips("h264"), "h264-review-vmaf", name="grows", chunk=24)
    seen: list[int] = []
    page.panes.curve.model.changed.connect(
        lambda: seen.extend(one.encode.known for one in page.panes.curve.model.drawn)
    )
    page.review([job.job])
    qtbot.waitUntil(
        lambda: "It is shown here as soon as it has some." in page.start_page.status.sentence, timeout=PATIENCE
    )
    with qtbot.waitSignal(page.message, timeout=PATIENCE) as messages:
        pass
    assert messages.args == [f"{job.job} has scores now."]
    qtbot.waitUntil(lambda: bool(page.items.items), timeout=PATIENCE)
    assert page.line.text() == ""
    qtbot.waitUntil(lambda: bool(seen) and seen[-1] == 48, timeout=PATIENCE)
    assert seen == sorted(seen)
    assert page.items.items[0].review.pair is not None


def test_cuts_are_marked_once_features_are_known(
    qtbot: Any, page: ReviewPage, jobs: Jobs, clips: Clips, tmp_path: Path
) -> None:
    source = clips.sequence(tmp_path / "dpx", lively(24, size="160x96"))
    encode = tmp_path / "encode.mp4"
    clips.run([*lively(24, size="160x96"), *H264, str(encode)])
    job = jobs(encode, "vmaf-compare", reference=source, frame_rate="24")
    job.must_run("compare")
    page.review([job.folder])
    wait_for_encodes(qtbot, page, 1)
    cuts = [1001 + 24 // 3, 1001 + 24 // 2 + 1]
    assert list(page.items.items[0].encode.marks) == cuts
    marks, view = page.panes.curve.plot.marks, page.panes.curve
    assert marks.shape().contains(QPointF(cuts[0], view.plot.box.viewRange()[1][1] - 0.5))
    assert not marks.shape().contains(QPointF(cuts[0], 50))
