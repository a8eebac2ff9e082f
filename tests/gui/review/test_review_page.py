# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The Review page on real files, real job folders and a real local farm."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from clips import H264, Clips, lively
from curves import LEFT, click
from qtpy.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from qtpy.QtGui import QDragEnterEvent, QDropEvent, QImage
from qtpy.QtWidgets import QApplication, QLineEdit
from worker_jobs import Jobs

from cueffmpeg_gui.api.farm import stop_local_farm
from cueffmpeg_gui.api.submit.request import SubmitRequest
from cueffmpeg_gui.api.submit.submit import prepare, submit_job
from cueffmpeg_gui.cli import main
from cueffmpeg_gui.gui.common.session import Session
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.review.models.review_backend import ReviewBackend
from cueffmpeg_gui.gui.review.panes import ReviewPanes
from cueffmpeg_gui.gui.review.review_page import ReviewPage
from cueffmpeg_gui.media.scores import Scores, scores_bytes
from cueffmpeg_gui.settings import Settings, load_settings

PATIENCE = 60_000
COPY, NONE = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def settings(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    monkeypatch.setenv("CUEFFMPEG_LOCAL_CORES", "2")
    loaded = load_settings()
    yield loaded
    stop_local_farm(loaded)


@pytest.fixture
def page(qtbot: Any, tasks: Tasks, settings: Settings) -> Iterator[ReviewPage]:
    made = ReviewPage(ReviewBackend(Session(tasks, settings)), tasks, ReviewPanes(tasks))
    qtbot.addWidget(made)
    made.resize(1280, 700)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.hide()


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., str]:
    def write(name: str, frames: int = 240, dip: int = 1100, **given: Any) -> str:
        facts = {"model": "vmaf_v0.6.1", "missing": (), **given}
        rows = {
            frame: (60.0 if frame == dip else 95.0, 40.0)
            for frame in range(1001, 1001 + frames)
            if frame not in facts["missing"]
        }
        scores = Scores("compare", 1001, 1000 + frames, ("vmaf", "psnr_y"), facts["model"], rows)
        path = tmp_path / f"{name}.json"
        path.write_bytes(scores_bytes(scores))
        return str(path)

    return write


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


def wait_for(qtbot: Any, page: ReviewPage, count: int) -> None:
    """Until so many encodes are there and drawn."""
    view = page.panes.curve
    qtbot.waitUntil(
        lambda: len(page.items.items) == count and view.model.is_settled and not view._is_due, timeout=PATIENCE
    )


def table(page: ReviewPage) -> list[dict[str, str]]:
    """The numbers as they are read."""
    numbers = page.panes.numbers
    names = [numbers.horizontalHeaderItem(x).text() for x in range(numbers.columnCount())]
    return [{name: numbers.item(y, x).text() for x, name in enumerate(names)} for y in range(numbers.rowCount())]


def drop(page: ReviewPage, *paths: str) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path) for path in paths])
    QApplication.sendEvent(page, QDragEnterEvent(QPoint(9, 9), COPY, data, LEFT, NONE))
    QApplication.sendEvent(page, QDropEvent(QPointF(9, 9), COPY, data, LEFT, NONE))


def test_an_empty_page_says_how_to_begin(page: ReviewPage) -> None:
    assert page.start_page.isVisible()
    assert page.start_page.add.line.isVisible()
    assert not page.panes.isVisible()


def test_files_that_are_dropped_are_compared(qtbot: Any, page: ReviewPage, write: Callable[..., str]) -> None:
    drop(page, write("v012"), write("v013", dip=1200), write("v014", dip=0))
    wait_for(qtbot, page, 3)
    assert [chip.text() for chip in page.panes.curve.legend.entries.values()] == ["v012.json", "v013.json", "v014.json"]
    assert [row["min"] for row in table(page)] == ["60.000", "60.000", "95.000"]
    assert [row["below 80"] for row in table(page)] == ["1", "1", "0"]
    assert [row["longest run"] for row in table(page)] == ["1 (1100)", "1 (1200)", "-"]


def test_a_path_that_is_typed_is_added(qtbot: Any, page: ReviewPage, write: Callable[..., str]) -> None:
    qtbot.keyClicks(page.start_page.add.line, write("typed"))
    qtbot.keyClick(page.start_page.add.line, Qt.Key.Key_Return)
    wait_for(qtbot, page, 1)
    qtbot.mouseClick(page.add, LEFT)
    assert page.adding.line.hasFocus()
    qtbot.keyClicks(page.adding.line, write("second"))
    qtbot.keyClick(page.adding.line, Qt.Key.Key_Return)
    wait_for(qtbot, page, 2)
    qtbot.waitUntil(page.adding.isHidden)


BAD = {
    "empty.json": b"",
    "cut.json": b'{"schema": "cueffmpeg.scores/1", "frames": [{"frame": 1001, "vm',
    "cut.xml": b'<VMAF version="1"><frames><frame frameNum="0" vmaf="9',
    "no_scores.csv": b"a,b\n1,2\n",
    "bytes.json": bytes(range(256)),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_told_and_leaves_the_page_as_it_was(
    qtbot: Any, page: ReviewPage, write: Callable[..., str], tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(BAD[name])
    page.review([write("good")])
    wait_for(qtbot, page, 1)
    before = table(page)
    with qtbot.waitSignal(page.message, timeout=PATIENCE) as messages:
        drop(page, str(tmp_path / name))
    assert name in messages.args[0]
    assert page.line.text() == messages.args[0]
    wait_for(qtbot, page, 1)
    assert table(page) == before


def test_of_several_bad_files_each_is_told(
    qtbot: Any, page: ReviewPage, write: Callable[..., str], tmp_path: Path
) -> None:
    for name, content in BAD.items():
        (tmp_path / name).write_bytes(content)
    page.review([write("good"), *(str(tmp_path / name) for name in BAD)])
    qtbot.waitUntil(lambda: all(name in page.line.text() for name in BAD), timeout=PATIENCE)
    wait_for(qtbot, page, 1)


def test_a_question_mark_lists_the_keys_until_the_next_key(
    qtbot: Any, page: ReviewPage, write: Callable[..., str]
) -> None:
    page.review([write("v012")])
    wait_for(qtbot, page, 1)
    page.panes.curve.plot.setFocus()
    qtbot.keyClick(page.panes.curve.plot, Qt.Key.Key_Question)
    assert page.keys.isVisible()
    qtbot.keyClick(page.keys, Qt.Key.Key_Escape)
    assert not page.keys.isVisible()


def test_what_is_not_there_is_told_on_the_empty_page(qtbot: Any, page: ReviewPage, tmp_path: Path) -> None:
    gone = tmp_path / "gone.json"
    page.review([str(gone)])
    qtbot.waitUntil(lambda: page.start_page.status.sentence.startswith(f"There is no {gone}"), timeout=PATIENCE)
    assert page.start_page.isVisible()


def test_a_ninth_encode_is_refused(qtbot: Any, page: ReviewPage, write: Callable[..., str]) -> None:
    paths = [write(f"v{number}", frames=30) for number in range(9)]
    page.review(paths)
    wait_for(qtbot, page, 8)
    assert page.line.text().startswith("Eight encodes")
    assert len({item.number for item in page.items.items}) == 8


def test_an_encode_is_removed_by_its_chip_and_colours_stay(
    qtbot: Any, page: ReviewPage, write: Callable[..., str]
) -> None:
    paths = [write(name) for name in ("v012", "v013")]
    page.review(paths)
    wait_for(qtbot, page, 2)
    chip = page.panes.curve.legend.entries[paths[0]]
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    wait_for(qtbot, page, 1)
    assert [item.number for item in page.items.items] == [1]
    assert page.active.target == paths[1]


def test_different_models_are_warned_of(qtbot: Any, page: ReviewPage, write: Callable[..., str]) -> None:
    page.review([write("v012"), write("v013", model="vmaf_4k_v0.6.1")])
    wait_for(qtbot, page, 2)
    models = "VMAF v0.6.1 (0-100) and VMAF 4K v0.6.1 (0-100)"
    assert page.line.text() == f"Different models are on one axis ({models}): do not compare their scores."


@pytest.mark.parametrize(
    ("asked", "said"),
    [("mean>=10", "pass"), ("mean>=99.99", "fail: VMAF v0.6.1 (0-100): mean 90.00 is below 99.99.")],
)
def test_a_verdict_is_told_in_words(
    qtbot: Any, page: ReviewPage, job_with: Callable[..., str], asked: str, said: str
) -> None:
    page.review([job_with(asked)])
    wait_for(qtbot, page, 1)
    assert [row["Verdict"] for row in table(page)] == [said]


def test_partial_scores_are_called_partial(qtbot: Any, page: ReviewPage, write: Callable[..., str]) -> None:
    page.review([write("v012", missing=range(1101, 1241))])
    wait_for(qtbot, page, 1)
    assert table(page)[0]["Frames"] == "partial: 100 of 240"
    assert page.panes.curve.caption.partial.text() == "partial: 100 of 240 frames"


def test_the_worst_frame_is_shown_at_once(qtbot: Any, page: ReviewPage, write: Callable[..., str]) -> None:
    page.review([write("v012", dip=1177)])
    wait_for(qtbot, page, 1)
    qtbot.waitUntil(lambda: page.panes.curve.frame == 1177)
    assert page.panes.worst.currentIndex().row() == 0


def test_one_cursor_for_curve_list_and_keys(qtbot: Any, page: ReviewPage, write: Callable[..., str]) -> None:
    page.review([write("v012")])
    wait_for(qtbot, page, 1)
    worst = page.panes.worst
    first = worst.frames.index(0)
    qtbot.mouseClick(worst.viewport(), LEFT, pos=worst.visualRect(first).center())
    assert page.panes.curve.frame == 1100
    click(qtbot, page.panes.curve, 1033)
    assert page.panes.curve.frame == 1033
    assert not worst.selectionModel().hasSelection()
    click(qtbot, page.panes.curve, 1100)
    assert worst.currentIndex() == first


def test_the_worst_frames_are_of_the_chosen_encode(qtbot: Any, page: ReviewPage, write: Callable[..., str]) -> None:
    page.review([write("v012"), write("v013", dip=1200)])
    wait_for(qtbot, page, 2)
    assert page.panes.worst.frames.frames[0] == 1100
    numbers = page.panes.numbers
    qtbot.mouseClick(numbers.viewport(), LEFT, pos=numbers.visualItemRect(numbers.item(1, 0)).center())
    assert page.panes.worst.frames.frames[0] == 1200
    assert page.panes.worst_title.text() == "Worst frames of v013.json"


@pytest.mark.parametrize("ending", [".png", ".svg", ".csv", ".json", ".html"])
def test_everything_is_exported(
    qtbot: Any, page: ReviewPage, write: Callable[..., str], tmp_path: Path, ending: str
) -> None:
    page.review([write("v012")])
    wait_for(qtbot, page, 1)
    path = tmp_path / f"out{ending}"
    messages: list[str] = []
    page.message.connect(messages.append)
    page.export.requested.emit(str(path))
    qtbot.waitUntil(lambda: f"Saved out{ending}." in messages, timeout=PATIENCE)
    if ending == ".png":
        assert QImage(str(path)).width() == page.panes.curve.sheet.width()
    else:
        assert path.stat().st_size > 100


def test_an_export_that_cannot_be_written_is_told(
    qtbot: Any, page: ReviewPage, write: Callable[..., str], tmp_path: Path
) -> None:
    page.review([write("v012")])
    wait_for(qtbot, page, 1)
    with qtbot.waitSignal(page.message, timeout=PATIENCE) as messages:
        page.export.requested.emit(str(tmp_path / "gone" / "out.png"))
    assert "cannot be written" in messages.args[0]


def test_scores_from_elsewhere_are_given_their_clips(
    qtbot: Any, page: ReviewPage, clips: Clips, tmp_path: Path
) -> None:
    frames = [{"frameNum": n, "metrics": {"vmaf": 90.0 + n % 3}} for n in range(48)]
    foreign = tmp_path / "vmaf.json"
    foreign.write_text(json.dumps({"version": "3.0.0", "frames": frames}))
    page.review([str(foreign)])
    wait_for(qtbot, page, 1)
    naming = page.panes.clips
    assert naming.isVisible()
    for line in (naming.reference, naming.encode):
        assert isinstance(line, QLineEdit)
        line.setText(str(clips("h264")))
    qtbot.mouseClick(naming.use, LEFT)
    qtbot.waitUntil(naming.isHidden, timeout=PATIENCE)
    wait_for(qtbot, page, 1)
    with qtbot.waitSignal(page.panes.pictures.pictures.shown, timeout=PATIENCE):
        click(qtbot, page.panes.curve, 20)


def test_a_job_folder_has_pictures_of_its_worst_frames(
    qtbot: Any, page: ReviewPage, jobs: Jobs, clips: Clips, tmp_path: Path
) -> None:
    job = jobs(clips("h264"), "h264-review-vmaf", output=str(tmp_path / "out.mp4"))
    job.run_all()
    page.review([job.folder], 24)
    wait_for(qtbot, page, 1)
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
    wait_for(qtbot, page, 1)
    assert table(page)[0]["Frames"].startswith("partial: 24 of 48")
    job.run_frame("compare", compares[0])
    qtbot.waitUntil(lambda: table(page)[0]["Frames"] == "48", timeout=PATIENCE)


def test_a_running_job_grows_on_the_page(
    qtbot: Any, page: ReviewPage, settings: Settings, clips: Clips, tmp_path: Path
) -> None:
    request = SubmitRequest(
        "h264-review-vmaf", str(clips("h264")), output=str(tmp_path / "out.mp4"), name="grows", chunk=24
    )
    job = submit_job(prepare(request, settings), settings)
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


def test_the_command_line_takes_targets_only_for_a_review(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["cueffmpeg", "gui", "somewhere"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "--review" in capsys.readouterr().err


def test_cuts_are_marked_once_features_are_known(
    qtbot: Any, page: ReviewPage, jobs: Jobs, clips: Clips, tmp_path: Path
) -> None:
    source = clips.sequence(tmp_path / "dpx", lively(24, size="160x96"))
    encode = tmp_path / "encode.mp4"
    clips.run([*lively(24, size="160x96"), *H264, str(encode)])
    job = jobs(encode, "vmaf-compare", reference=source, frame_rate="24")
    job.must_run("compare")
    page.review([job.folder])
    wait_for(qtbot, page, 1)
    cuts = [1001 + 24 // 3, 1001 + 24 // 2 + 1]
    assert list(page.items.items[0].encode.marks) == cuts
    marks, view = page.panes.curve.plot.marks, page.panes.curve
    assert marks.shape().contains(QPointF(cuts[0], view.plot.box.viewRange()[1][1] - 0.5))
    assert not marks.shape().contains(QPointF(cuts[0], 50))
