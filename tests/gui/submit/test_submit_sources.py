# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What is dropped on the submit page: real clips become rows, or say why they cannot."""

import shutil
import threading
from pathlib import Path
from typing import Any

import pytest
from clips import Clips, picture
from drops import drop
from qtpy.QtCore import Qt, QTimer
from submit_fakes import PATIENCE, PretendedFarm, row_texts, visible_texts, wait_planned, wait_read

from cueffmpeg_gui.gui.submit.models.source import SourceState
from cueffmpeg_gui.gui.submit.models.submit_backend import SubmitBackend
from cueffmpeg_gui.gui.submit.submit_page import SubmitPage


def test_an_empty_page_says_what_to_do(page: SubmitPage) -> None:
    assert "Drop a clip or a frame sequence here" in visible_texts(page)
    assert page.drop_area.demo.isVisible()
    assert not page.submit.isEnabled()
    assert page.submit.toolTip() == "Drop a clip or a sequence first."


def test_a_dropped_clip_becomes_a_row_with_its_facts(qtbot: Any, page: SubmitPage, clips: Clips) -> None:
    drop(page, clips("surround"))
    wait_read(qtbot, page, 1)
    (text,) = row_texts(page)
    assert "surround.mov" in text
    assert "10-bit · 24 frames at 24 · sound 5.1" in text
    (source,) = page.model.sources.sources
    assert source.info
    assert source.info.thumbnail
    assert page.submit.isEnabled()


def test_files_of_one_sequence_become_one_row_and_a_folder_gives_all_that_is_in_it(
    qtbot: Any, page: SubmitPage, clips: Clips, shots: Any, tmp_path: Path
) -> None:
    clips.sequence(tmp_path / "dpx", picture(6, size="64x48"))
    shots("a.mp4", "b.mp4")
    drop(page, tmp_path / "dpx" / "shot.1002.dpx", tmp_path / "dpx" / "shot.1003.dpx", tmp_path / "shots")
    wait_read(qtbot, page, 3)
    assert [s.title for s in page.model.sources.sources] == ["shot.1001-1006#.dpx", "a.mp4", "b.mp4"]


def test_a_gap_is_named_in_the_row(qtbot: Any, page: SubmitPage, clips: Clips, tmp_path: Path) -> None:
    clips.sequence(tmp_path / "dpx", picture(12, size="64x48"))
    (tmp_path / "dpx" / "shot.1005.dpx").unlink()
    drop(page, tmp_path / "dpx")
    wait_read(qtbot, page, 1)
    assert page.model.sources.sources[0].state is SourceState.READY
    assert "Frame 1005 is missing" in row_texts(page)[0]
    assert not page.submit.isEnabled()


@pytest.mark.parametrize("name", ["cut_mp4", "scratched", "empty", "text", "sound_only"])
def test_a_broken_file_is_refused_in_its_row_and_hinders_no_other(
    name: str, qtbot: Any, page: SubmitPage, clips: Clips, farm: PretendedFarm
) -> None:
    drop(page, clips(name), clips("prores"))
    wait_read(qtbot, page, 2)
    broken, _ = page.model.sources.sources
    assert broken.state is SourceState.REFUSED
    assert str(clips(name)) in broken.trouble
    page.submit.click()
    qtbot.waitUntil(lambda: len(farm.sent) == 1, timeout=PATIENCE)


def test_a_sequence_asks_for_its_rate(qtbot: Any, page: SubmitPage, clips: Clips, tmp_path: Path) -> None:
    clips.sequence(tmp_path / "dpx", picture(12, size="64x48"))
    drop(page, tmp_path / "dpx")
    wait_read(qtbot, page, 1)
    rate = page.form.layer.rate
    assert rate.isVisible()
    assert "no frame rate of its own" in rate.note.sentence
    assert not page.submit.isEnabled()
    qtbot.keyClicks(rate.box.lineEdit(), "23.976")
    qtbot.waitUntil(page.submit.isEnabled, timeout=PATIENCE)
    wait_planned(qtbot, page)
    assert str(page.model.preview.result.prepared.spec.source.video.rate) == "24000/1001"


def test_sources_of_one_name_get_outputs_of_their_own(qtbot: Any, page: SubmitPage, shots: Any) -> None:
    drop(page, *shots("a.mp4", "a.mov"))
    wait_read(qtbot, page, 2)
    outputs = [Path(path).name for path in page.model.form.outputs().values()]
    assert outputs == ["a_h264-review.mp4", "a_h264-review_2.mp4"]


def test_sound_and_reference_are_found_by_name(
    qtbot: Any, page: SubmitPage, clips: Clips, shots: Any, tmp_path: Path
) -> None:
    silent, made = shots("sh010.mp4", "sh010_web.mp4", clip="bframes")
    sound = Path(shutil.copy(clips("sound_only"), silent.parent / "sh010.wav"))
    drop(page, silent)
    wait_read(qtbot, page, 1)
    wait_planned(qtbot, page)
    assert page.model.preview.result.prepared.spec.sound.path == str(sound)
    assert page.form.layer.audio.box.currentText() == "sh010.wav, found by its name"
    page.model.form.choose(page.model.presets.presets["vmaf-compare"])
    page.model.form.reset()
    drop(page, made)
    wait_read(qtbot, page, 1)
    wait_planned(qtbot, page)
    assert page.model.preview.result.prepared.spec.reference.path == str(silent)


def test_a_reference_dropped_with_its_encode_is_no_job_of_its_own(
    qtbot: Any, page: SubmitPage, shots: Any, farm: PretendedFarm
) -> None:
    page.model.form.choose(page.model.presets.presets["vmaf-compare"])
    drop(page, *shots("sh010.mp4", "sh010_web.mp4"))
    wait_read(qtbot, page, 2)
    qtbot.waitUntil(page.submit.isEnabled, timeout=PATIENCE)
    page.submit.click()
    qtbot.waitUntil(lambda: page.model.job_sender.total == 1 and not page.model.job_sender.is_busy, timeout=PATIENCE)
    assert [Path(p.spec.source.path).name for p in farm.sent] == ["sh010_web.mp4"]


def test_a_reference_that_does_not_fit_is_told_beside_it(
    qtbot: Any, page: SubmitPage, clips: Clips, shots: Any
) -> None:
    (made,) = shots("sh010_web.mp4")
    shutil.copy(clips("rate_25"), made.parent / "sh010.mp4")
    page.model.form.choose(page.model.presets.presets["vmaf-compare"])
    drop(page, made)
    wait_read(qtbot, page, 1)
    qtbot.waitUntil(lambda: "48 pictures" in page.form.layer.reference.note.sentence, timeout=PATIENCE)
    assert not page.submit.isEnabled()


def test_rows_are_removed_with_the_delete_key(qtbot: Any, page: SubmitPage, shots: Any) -> None:
    drop(page, *shots("a.mp4", "b.mp4"))
    wait_read(qtbot, page, 2)
    page.sources.select((page.model.sources.sources[0].number,))
    page.activateWindow()
    page.sources.view.setFocus()
    qtbot.keyClick(page.sources.view, Qt.Key.Key_Delete)
    assert [s.title for s in page.model.sources.sources] == ["b.mp4"]
    page.sources.remove.click()
    assert page.drop_area.isVisible()


def test_the_demo_clip_is_one_press_away(qtbot: Any, page: SubmitPage, farm: PretendedFarm) -> None:
    page.drop_area.demo.click()
    wait_read(qtbot, page, 1)
    page.submit.click()
    qtbot.waitUntil(lambda: bool(farm.sent), timeout=PATIENCE)
    assert "/demo/" in farm.sent[0].spec.output


def test_the_window_goes_on_while_something_is_slow(qtbot: Any, make_page: Any, clips: Clips) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def slow(text: str) -> Any:
        begun.set()
        assert may_end.wait(PATIENCE / 1000)
        return SubmitBackend().read_source(text)

    ticks: list[bool] = []

    def tick() -> None:
        ticks.append(begun.is_set())
        if sum(ticks) == 20:
            may_end.set()

    page = make_page(read_source=slow)
    timer = QTimer(interval=10)
    timer.timeout.connect(tick)
    timer.start()
    drop(page, clips("h264"))
    wait_read(qtbot, page, 1)
    timer.stop()
    assert page.model.sources.sources[0].state is SourceState.READY
