# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What is brought to the Review page: files, paths, scores from elsewhere; and what is refused."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from clips import Clips
from curves import LEFT, click
from drops import drop
from qtpy.QtCore import Qt
from qtpy.QtWidgets import QLineEdit
from review_pages import PATIENCE, table, wait_for_encodes

from cueffmpeg_gui.cli import main
from cueffmpeg_gui.gui.review.review_page import ReviewPage

BAD = {
    "empty.json": b"",
    "cut.json": b'{"schema": "cueffmpeg.scores/1", "frames": [{"frame": 1001, "vm',
    "cut.xml": b'<VMAF version="1"><frames><frame frameNum="0" vmaf="9',
    "no_scores.csv": b"a,b\n1,2\n",
    "bytes.json": bytes(range(256)),
}


def test_an_empty_page_says_how_to_begin(page: ReviewPage) -> None:
    assert page.start_page.isVisible()
    assert page.start_page.add.line.isVisible()
    assert not page.panes.isVisible()


def test_files_that_are_dropped_are_compared(qtbot: Any, page: ReviewPage, write: Callable[..., str]) -> None:
    drop(page, write("v012"), write("v013", dip=1200), write("v014", dip=0))
    wait_for_encodes(qtbot, page, 3)
    assert [chip.text() for chip in page.panes.curve.legend.entries.values()] == ["v012.json", "v013.json", "v014.json"]
    assert [row["min"] for row in table(page)] == ["60.000", "60.000", "95.000"]
    assert [row["below 80"] for row in table(page)] == ["1", "1", "0"]
    assert [row["longest run"] for row in table(page)] == ["1 (1100)", "1 (1200)", "-"]


def test_a_path_that_is_typed_is_added(qtbot: Any, page: ReviewPage, write: Callable[..., str]) -> None:
    qtbot.keyClicks(page.start_page.add.line, write("typed"))
    qtbot.keyClick(page.start_page.add.line, Qt.Key.Key_Return)
    wait_for_encodes(qtbot, page, 1)
    qtbot.mouseClick(page.add, LEFT)
    assert page.adding.line.hasFocus()
    qtbot.keyClicks(page.adding.line, write("second"))
    qtbot.keyClick(page.adding.line, Qt.Key.Key_Return)
    wait_for_encodes(qtbot, page, 2)
    qtbot.waitUntil(page.adding.isHidden)


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_told_and_leaves_the_page_as_it_was(
    qtbot: Any, page: ReviewPage, write: Callable[..., str], tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(BAD[name])
    page.review([write("good")])
    wait_for_encodes(qtbot, page, 1)
    before = table(page)
    with qtbot.waitSignal(page.message, timeout=PATIENCE) as messages:
        drop(page, str(tmp_path / name))
    assert name in messages.args[0]
    assert page.line.text() == messages.args[0]
    wait_for_encodes(qtbot, page, 1)
    assert table(page) == before


def test_of_several_bad_files_each_is_told(
    qtbot: Any, page: ReviewPage, write: Callable[..., str], tmp_path: Path
) -> None:
    for name, content in BAD.items():
        (tmp_path / name).write_bytes(content)
    page.review([write("good"), *(str(tmp_path / name) for name in BAD)])
    qtbot.waitUntil(lambda: all(name in page.line.text() for name in BAD), timeout=PATIENCE)
    wait_for_encodes(qtbot, page, 1)


def test_what_is_not_there_is_told_on_the_empty_page(qtbot: Any, page: ReviewPage, tmp_path: Path) -> None:
    gone = tmp_path / "gone.json"
    page.review([str(gone)])
    qtbot.waitUntil(lambda: page.start_page.status.sentence.startswith(f"There is no {gone}"), timeout=PATIENCE)
    assert page.start_page.isVisible()


def test_a_ninth_encode_is_refused(qtbot: Any, page: ReviewPage, write: Callable[..., str]) -> None:
    paths = [write(f"v{number}", frames=30) for number in range(9)]
    page.review(paths)
    wait_for_encodes(qtbot, page, 8)
    assert page.line.text().startswith("Eight encodes")
    assert len({item.number for item in page.items.items}) == 8


def test_an_encode_is_removed_by_its_chip_and_colours_stay(
    qtbot: Any, page: ReviewPage, write: Callable[..., str]
) -> None:
    paths = [write(name) for name in ("v012", "v013")]
    page.review(paths)
    wait_for_encodes(qtbot, page, 2)
    chip = page.panes.curve.legend.entries[paths[0]]
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    wait_for_encodes(qtbot, page, 1)
    assert [item.number for item in page.items.items] == [1]
    assert page.active.target == paths[1]


def test_scores_from_elsewhere_are_given_their_clips(
    qtbot: Any, page: ReviewPage, clips: Clips, tmp_path: Path
) -> None:
    frames = [{"frameNum": n, "metrics": {"vmaf": 90.0 + n % 3}} for n in range(48)]
    foreign = tmp_path / "vmaf.json"
    foreign.write_text(json.dumps({"version": "3.0.0", "frames": frames}))
    page.review([str(foreign)])
    wait_for_encodes(qtbot, page, 1)
    naming = page.panes.clips
    assert naming.isVisible()
    for line in (naming.reference, naming.encode):
        assert isinstance(line, QLineEdit)
        line.setText(str(clips("h264")))
    qtbot.mouseClick(naming.use, LEFT)
    qtbot.waitUntil(naming.isHidden, timeout=PATIENCE)
    wait_for_encodes(qtbot, page, 1)
    with qtbot.waitSignal(page.panes.pictures.pictures.shown, timeout=PATIENCE):
        click(qtbot, page.panes.curve, 20)


def test_the_command_line_takes_targets_only_for_a_review(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["cueffmpeg", "gui", "somewhere"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "--review" in capsys.readouterr().err
