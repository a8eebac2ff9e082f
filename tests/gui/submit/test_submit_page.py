# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The submit page with real widgets, real clips and a farm that only pretends."""

import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from clips import Clips, picture
from qtpy.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from qtpy.QtGui import QDragEnterEvent, QDropEvent
from qtpy.QtWidgets import QApplication, QLabel, QWidget

from cueffmpeg_gui.api.submit.request import SubmitRequest
from cueffmpeg_gui.api.submit.submit import Prepared, Submitted, prepare
from cueffmpeg_gui.errors import FarmRefused, FarmUnreachable
from cueffmpeg_gui.gui.common.session import Session
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.submit.models.source import SourceState
from cueffmpeg_gui.gui.submit.models.submit_backend import SubmitBackend
from cueffmpeg_gui.gui.submit.submit_page import SubmitPage
from cueffmpeg_gui.jobs.plan import preview_commands
from cueffmpeg_gui.settings import Settings, load_settings

PATIENCE = 20000
CTRL = Qt.KeyboardModifier.ControlModifier


class PretendedFarm:
    """Takes jobs, or refuses those whose name is told."""

    def __init__(self) -> None:
        self.sent: list[Prepared] = []
        self.refuses: set[str] = set()
        self.is_away = False

    def submit(self, prepared: Prepared, settings: Settings) -> Submitted:
        name = prepared.spec.placement.name
        if self.is_away:
            raise FarmUnreachable("No farm answers at farm:8443.")
        if name in self.refuses:
            raise FarmRefused(f"The farm does not take {name}.")
        self.sent.append(prepared)
        return Submitted(name, f"id-{name}", prepared.folder, prepared.spec.output, ("encode",))


@pytest.fixture
def farm() -> PretendedFarm:
    return PretendedFarm()


@pytest.fixture
def make_page(qtbot: Any, tasks: Tasks, farm: PretendedFarm, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes pages that are shown and have their presets."""
    monkeypatch.setenv("CUEFFMPEG_USER", "alice")

    def make(**calls: Any) -> SubmitPage:
        page = SubmitPage(Session(tasks, load_settings()), tasks, replace(SubmitBackend(submit=farm.submit), **calls))
        qtbot.addWidget(page)
        page.resize(1350, 650)
        page.show()
        qtbot.waitUntil(lambda: page.model.form.chosen is not None, timeout=PATIENCE)
        return page

    return make


@pytest.fixture
def page(make_page: Callable[..., SubmitPage]) -> SubmitPage:
    return make_page()


@pytest.fixture
def shots(clips: Clips, tmp_path: Path) -> Callable[..., list[Path]]:
    """Copies of a clip under names of their own, in a folder of their own."""

    def make(*names: str, clip: str = "h264") -> list[Path]:
        folder = tmp_path / "shots"
        folder.mkdir(exist_ok=True)
        return [Path(shutil.copy(clips(clip), folder / name)) for name in names]

    return make


def drop(widget: QWidget, *paths: Path | str) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, actions = Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(300, 300), actions, data, buttons, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(widget, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(
        widget, QDropEvent(QPointF(300, 300), actions, data, buttons, Qt.KeyboardModifier.NoModifier)
    )


def wait_seen(qtbot: Any, page: SubmitPage, count: int) -> None:
    def is_seen() -> bool:
        sources = page.model.sources
        return len(sources.sources) == count and not sources.is_busy

    qtbot.waitUntil(is_seen, timeout=PATIENCE)


def wait_planned(qtbot: Any, page: SubmitPage) -> None:
    def is_planned() -> bool:
        result = page.model.preview.result
        return result is not None and result.prepared is not None

    qtbot.waitUntil(is_planned, timeout=PATIENCE)


def visible_texts(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def row_texts(page: SubmitPage) -> list[str]:
    model = page.model.sources
    return [str(model.data(model.index(row))) for row in range(model.rowCount())]


def test_an_empty_page_says_what_to_do(page: SubmitPage) -> None:
    assert "Drop a clip or a frame sequence here" in visible_texts(page)
    assert page.drop_area.demo.isVisible()
    assert not page.submit.isEnabled()
    assert page.submit.toolTip() == "Drop a clip or a sequence first."


def test_a_dropped_clip_becomes_a_row_with_its_facts(qtbot: Any, page: SubmitPage, clips: Clips) -> None:
    drop(page, clips("surround"))
    wait_seen(qtbot, page, 1)
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
    wait_seen(qtbot, page, 3)
    assert [s.title for s in page.model.sources.sources] == ["shot.1001-1006#.dpx", "a.mp4", "b.mp4"]


def test_a_gap_is_named_in_the_row(qtbot: Any, page: SubmitPage, clips: Clips, tmp_path: Path) -> None:
    clips.sequence(tmp_path / "dpx", picture(12, size="64x48"))
    (tmp_path / "dpx" / "shot.1005.dpx").unlink()
    drop(page, tmp_path / "dpx")
    wait_seen(qtbot, page, 1)
    assert page.model.sources.sources[0].state is SourceState.REFUSED
    assert "frame 1005 is missing" in row_texts(page)[0]
    assert not page.submit.isEnabled()


@pytest.mark.parametrize("name", ["cut_mp4", "scratched", "empty", "text", "sound_only"])
def test_a_broken_file_is_refused_in_its_row_and_hinders_no_other(
    name: str, qtbot: Any, page: SubmitPage, clips: Clips, farm: PretendedFarm
) -> None:
    drop(page, clips(name), clips("prores"))
    wait_seen(qtbot, page, 2)
    broken, _ = page.model.sources.sources
    assert broken.state is SourceState.REFUSED
    assert str(clips(name)) in broken.trouble
    page.submit.click()
    qtbot.waitUntil(lambda: len(farm.sent) == 1, timeout=PATIENCE)


def test_a_sequence_asks_for_its_rate(qtbot: Any, page: SubmitPage, clips: Clips, tmp_path: Path) -> None:
    clips.sequence(tmp_path / "dpx", picture(12, size="64x48"))
    drop(page, tmp_path / "dpx")
    wait_seen(qtbot, page, 1)
    rate = page.form.layer.rate
    assert rate.isVisible()
    assert "no frame rate of its own" in rate.note.sentence
    assert not page.submit.isEnabled()
    qtbot.keyClicks(rate.box.lineEdit(), "23.976")
    qtbot.waitUntil(page.submit.isEnabled, timeout=PATIENCE)
    wait_planned(qtbot, page)
    assert str(page.model.preview.result.prepared.spec.source.video.rate) == "24000/1001"


def test_errors_stand_beside_their_fields_while_typing(qtbot: Any, page: SubmitPage, clips: Clips) -> None:
    drop(page, clips("h264"))
    wait_seen(qtbot, page, 1)
    job, layer = page.form.job, page.form.layer
    page.form.more_fold.button.click()
    cases = (
        (job.name.line, job.name, "bad name", "may hold only letters"),
        (job.fields["shot"].line, job.fields["shot"], "x y", "may hold only letters"),
        (layer.frames.line, layer.frames, "50-60", "are not in h264.mp4"),
        (layer.output.line, layer.output, "/nowhere/o.mp4", "The output folder /nowhere does not exist"),
        (page.form.more.fields["max_bitrate"].line, page.form.more.fields["max_bitrate"], "lots", "a bit rate like"),
    )
    for line, field, typed, said in cases:
        before = line.text()
        line.clear()
        qtbot.keyClicks(line, typed)
        qtbot.waitUntil(lambda f=field, s=said: s in f.note.sentence, timeout=PATIENCE)
        assert not page.submit.isEnabled()
        assert page.reason.sentence
        line.clear()
        line.textEdited.emit("")
        if before:
            qtbot.keyClicks(line, before)
        qtbot.waitUntil(lambda f=field: not f.note.isVisible() or f is job.name, timeout=PATIENCE)
    qtbot.waitUntil(page.submit.isEnabled, timeout=PATIENCE)


def test_the_form_has_only_what_the_preset_has(qtbot: Any, page: SubmitPage, clips: Clips) -> None:
    drop(page, clips("h264"))
    wait_seen(qtbot, page, 1)
    form, presets = page.form, page.model.presets.presets
    page.model.form.choose(presets["prores-422-hq"])
    assert {"profile", "audio_codec"} <= set(form.parameters.fields)
    assert not {"crf", "speed", "models"} & set(form.parameters.fields)
    page.model.form.choose(presets["vmaf-compare"])
    assert set(form.parameters.fields) == {"models", "metrics", "thresholds"}
    assert not form.layer.output.isVisible()
    assert form.layer.reference.isVisible()


def test_changed_values_reach_the_request_and_the_preset_stays(
    qtbot: Any, page: SubmitPage, clips: Clips, farm: PretendedFarm
) -> None:
    drop(page, clips("h264"))
    wait_seen(qtbot, page, 1)
    page.form.parameters.fields["crf"].box.setValue(30)
    page.form.parameters.fields["speed"].box.activated.emit(0)
    page.submit.click()
    qtbot.waitUntil(lambda: bool(farm.sent), timeout=PATIENCE)
    values = farm.sent[0].spec.preset.values
    assert (values["crf"], values["speed"]) == (30, "ultrafast")
    assert page.model.form.chosen.values["crf"] == 18


def test_thresholds_are_typed_checked_and_sent(qtbot: Any, page: SubmitPage, clips: Clips, farm: PretendedFarm) -> None:
    page.model.form.choose(page.model.presets.presets["h264-review-vmaf"])
    drop(page, clips("h264"))
    wait_seen(qtbot, page, 1)
    field = page.form.parameters.fields["thresholds"]
    qtbot.keyClicks(field.line, "mean >= 93.0, ssim.p1>=1")
    qtbot.waitUntil(lambda: "what is measured is vmaf, psnr_y" in field.note.sentence, timeout=PATIENCE)
    assert not page.submit.isEnabled()
    for _ in ", ssim.p1>=1":
        qtbot.keyClick(field.line, Qt.Key.Key_Backspace)
    qtbot.keyClicks(field.line, "5")
    assert field.line.text() == "mean >= 93.05"
    qtbot.waitUntil(page.submit.isEnabled, timeout=PATIENCE)
    page.submit.click()
    qtbot.waitUntil(lambda: bool(farm.sent), timeout=PATIENCE)
    assert farm.sent[0].spec.preset.values["thresholds"] == ("mean>=93.05",)
    assert [layer.name for layer in farm.sent[0].plan.layers] == ["encode", "compare", "summary"]


def test_thresholds_of_a_preset_are_shown_and_can_be_left_out(qtbot: Any, page: SubmitPage, clips: Clips) -> None:
    chosen = page.model.presets.presets["h264-review-vmaf"]
    page.model.form.choose(replace(chosen, values={**chosen.values, "thresholds": ("mean>=93", "p1>=80")}))
    drop(page, clips("h264"))
    wait_seen(qtbot, page, 1)
    field = page.form.parameters.fields["thresholds"]
    assert field.line.text() == "mean>=93, p1>=80"
    field.line.selectAll()
    qtbot.keyClick(field.line, Qt.Key.Key_Delete)
    assert page.model.form.request_of(page.model.form.current).values == {"thresholds": ""}


def test_a_bit_rate_takes_the_place_of_the_quality(qtbot: Any, page: SubmitPage, clips: Clips) -> None:
    drop(page, clips("h264"))
    wait_seen(qtbot, page, 1)
    page.model.form.set_value("bitrate", "4M")
    assert "crf" not in page.model.form.preset.values
    page.form.chunks.field.edited.emit("auto")
    assert "is never cut into chunks" in page.form.chunks.reason.sentence


def test_the_preview_is_what_prepare_plans(qtbot: Any, page: SubmitPage, clips: Clips) -> None:
    page.model.form.choose(page.model.presets.presets["h264-review-vmaf"])
    drop(page, clips("h264"))
    wait_planned(qtbot, page)
    page.form.details.fold.button.click()
    prepared = prepare(SubmitRequest("h264-review-vmaf", str(clips("h264"))), load_settings())
    shown = page.form.details.commands.toPlainText()
    for layer in prepared.plan.layers:
        for command in preview_commands(prepared.spec, layer.name):
            assert command[-1] in shown
            assert all(word in shown for word in command if " " not in word and "'" not in word)
    assert page.form.details.summary.sentence == "1 job · encode 1 · compare 1"
    assert prepared.spec.placement.name in page.form.job.name.note.sentence


def test_ctrl_enter_sends_from_a_text_field_and_enter_does_not(
    qtbot: Any, page: SubmitPage, clips: Clips, farm: PretendedFarm
) -> None:
    drop(page, clips("h264"))
    wait_seen(qtbot, page, 1)
    line = page.form.job.name.line
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.wait(50)
    assert not page.model.job_sender.is_busy
    told: list[Submitted] = []
    page.sent.connect(told.append)
    page.activateWindow()
    qtbot.keyClick(line, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE)
    assert told[0].job == "testing-default-alice_h264"
    assert "Sent: testing-default-alice_h264" in page.outcome.text()


def test_what_was_sent_can_be_shown_and_is_not_sent_twice(
    qtbot: Any, page: SubmitPage, clips: Clips, farm: PretendedFarm
) -> None:
    drop(page, clips("h264"))
    wait_seen(qtbot, page, 1)
    page.submit.click()
    qtbot.waitUntil(lambda: not page.model.job_sender.is_busy and bool(farm.sent), timeout=PATIENCE)
    asked: list[str] = []
    page.wants_monitor.connect(asked.append)
    page.outcome.linkActivated.emit("id-testing-default-alice_h264")
    page.sources.view.activated.emit(page.model.sources.index(0))
    assert asked == ["id-testing-default-alice_h264"] * 2
    assert not page.submit.isEnabled()
    assert page.reason.sentence.startswith("All is sent.")
    page.form.parameters.fields["crf"].box.setValue(20)
    qtbot.waitUntil(page.submit.isEnabled, timeout=PATIENCE)


def test_several_rows_are_one_job_each_and_a_failure_stays_with_its_sentence(
    qtbot: Any, page: SubmitPage, shots: Any, farm: PretendedFarm
) -> None:
    farm.refuses = {"testing-default-alice_sh020"}
    drop(page, *shots("sh010.mp4", "sh020.mp4", "sh030.mp4"))
    wait_seen(qtbot, page, 3)
    assert page.submit.text().replace("&", "") == "Submit 3 jobs"
    page.submit.click()
    qtbot.waitUntil(lambda: page.model.job_sender.total == 3 and not page.model.job_sender.is_busy, timeout=PATIENCE)
    assert [s.state for s in page.model.sources.sources] == [SourceState.SENT, SourceState.FAILED, SourceState.SENT]
    assert "The farm does not take testing-default-alice_sh020." in row_texts(page)[1]
    assert "2 of 3 sent" in page.outcome.text()


def test_a_farm_that_is_away_is_asked_once(qtbot: Any, page: SubmitPage, shots: Any, farm: PretendedFarm) -> None:
    farm.is_away = True
    drop(page, *shots("sh010.mp4", "sh020.mp4"))
    wait_seen(qtbot, page, 2)
    page.submit.click()
    qtbot.waitUntil(lambda: page.model.job_sender.total == 2 and not page.model.job_sender.is_busy, timeout=PATIENCE)
    assert [s.trouble for s in page.model.sources.sources] == ["No farm answers at farm:8443."] * 2


def test_a_file_that_is_there_is_replaced_only_when_ticked(
    qtbot: Any, page: SubmitPage, shots: Any, farm: PretendedFarm
) -> None:
    (shot,) = shots("sh010.mp4")
    (shot.parent / "sh010_h264-review.mp4").write_text("mine")
    drop(page, shot)
    wait_seen(qtbot, page, 1)
    qtbot.waitUntil(page.form.layer.replace.isVisible, timeout=PATIENCE)
    assert not page.submit.isEnabled()
    assert "tick" in page.form.layer.output.note.sentence
    page.form.layer.replace.click()
    qtbot.waitUntil(page.submit.isEnabled, timeout=PATIENCE)
    assert "will be replaced" in page.form.layer.output.note.sentence
    page.submit.click()
    qtbot.waitUntil(lambda: bool(farm.sent), timeout=PATIENCE)


def test_a_file_that_came_after_the_last_look_is_not_replaced_either(
    qtbot: Any, page: SubmitPage, shots: Any, farm: PretendedFarm
) -> None:
    (shot,) = shots("sh010.mp4")
    drop(page, shot)
    wait_seen(qtbot, page, 1)
    wait_planned(qtbot, page)
    (shot.parent / "sh010_h264-review.mp4").write_text("mine")
    page.submit.click()
    qtbot.waitUntil(lambda: page.model.sources.sources[0].state is SourceState.FAILED, timeout=PATIENCE)
    assert "is there already" in row_texts(page)[0]
    assert farm.sent == []


def test_sources_of_one_name_get_outputs_of_their_own(qtbot: Any, page: SubmitPage, shots: Any) -> None:
    drop(page, *shots("a.mp4", "a.mov"))
    wait_seen(qtbot, page, 2)
    outputs = [Path(path).name for path in page.model.form.outputs().values()]
    assert outputs == ["a_h264-review.mp4", "a_h264-review_2.mp4"]


def test_sound_and_reference_are_found_by_name(
    qtbot: Any, page: SubmitPage, clips: Clips, shots: Any, tmp_path: Path
) -> None:
    silent, made = shots("sh010.mp4", "sh010_web.mp4", clip="bframes")
    sound = Path(shutil.copy(clips("sound_only"), silent.parent / "sh010.wav"))
    drop(page, silent)
    wait_seen(qtbot, page, 1)
    wait_planned(qtbot, page)
    assert page.model.preview.result.prepared.spec.sound.path == str(sound)
    assert page.form.layer.audio.box.currentText() == "sh010.wav, found by its name"
    page.model.form.choose(page.model.presets.presets["vmaf-compare"])
    page.model.form.reset()
    drop(page, made)
    wait_seen(qtbot, page, 1)
    wait_planned(qtbot, page)
    assert page.model.preview.result.prepared.spec.reference.path == str(silent)


def test_a_reference_dropped_with_its_encode_is_no_job_of_its_own(
    qtbot: Any, page: SubmitPage, shots: Any, farm: PretendedFarm
) -> None:
    page.model.form.choose(page.model.presets.presets["vmaf-compare"])
    drop(page, *shots("sh010.mp4", "sh010_web.mp4"))
    wait_seen(qtbot, page, 2)
    qtbot.waitUntil(page.submit.isEnabled, timeout=PATIENCE)
    page.submit.click()
    qtbot.waitUntil(lambda: page.model.job_sender.total == 1 and not page.model.job_sender.is_busy, timeout=PATIENCE)
    assert [Path(p.spec.source.path).name for p in farm.sent] == ["sh010_web.mp4"]


def test_a_reference_that_does_not_fit_is_told_beside_it(
    qtbot: Any, page: SubmitPage, clips: Clips, shots: Any
) -> None:
    (made,) = shots("sh010_web.mp4")
    shutil.copy(clips("long_gop"), made.parent / "sh010.mp4")
    page.model.form.choose(page.model.presets.presets["vmaf-compare"])
    drop(page, made)
    wait_seen(qtbot, page, 1)
    qtbot.waitUntil(lambda: "48 frames" in page.form.layer.reference.note.sentence, timeout=PATIENCE)
    assert not page.submit.isEnabled()


def test_rows_are_removed_with_the_delete_key(qtbot: Any, page: SubmitPage, shots: Any) -> None:
    drop(page, *shots("a.mp4", "b.mp4"))
    wait_seen(qtbot, page, 2)
    page.sources.select((page.model.sources.sources[0].number,))
    page.activateWindow()
    page.sources.view.setFocus()
    qtbot.keyClick(page.sources.view, Qt.Key.Key_Delete)
    assert [s.title for s in page.model.sources.sources] == ["b.mp4"]
    page.sources.remove.click()
    assert page.drop_area.isVisible()


def test_cancel_goes_back_to_the_preset(qtbot: Any, page: SubmitPage, shots: Any) -> None:
    drop(page, *shots("a.mp4"))
    wait_seen(qtbot, page, 1)
    page.model.form.choose(page.model.presets.presets["h264-web"])
    page.model.form.set_value("crf", "40")
    page.model.form.set_place("shot", "sh010")
    page.cancel.click()
    form = page.model.form
    assert (form.chosen.name, form.values, form.place["shot"]) == ("h264-web", {}, "sh010")
    assert page.drop_area.isVisible()


def test_the_form_is_remembered_without_sending(qtbot: Any, make_page: Any, home: Path) -> None:
    first = make_page()
    first.model.form.choose(first.model.presets.presets["h264-web"])
    first.model.form.set_value("crf", "28")
    first.model.form.set_place("shot", "sh010")
    first.model.form.set_farm(priority=150, paused=True)
    qtbot.waitUntil(lambda: "sh010" in _text(home / "config" / "submit.json"), timeout=PATIENCE)
    form = make_page().model.form
    assert (form.chosen.name, form.preset.values["crf"], form.place["shot"]) == ("h264-web", 28, "sh010")
    assert (form.priority, form.paused) == (150, True)


def test_the_demo_clip_is_one_press_away(qtbot: Any, page: SubmitPage, farm: PretendedFarm) -> None:
    page.drop_area.demo.click()
    wait_seen(qtbot, page, 1)
    page.submit.click()
    qtbot.waitUntil(lambda: bool(farm.sent), timeout=PATIENCE)
    assert "/demo/" in farm.sent[0].spec.output


def test_the_window_goes_on_while_something_is_slow(qtbot: Any, make_page: Any, clips: Clips) -> None:
    def slow(text: str) -> Any:
        time.sleep(0.5)
        return SubmitBackend().read_source(text)

    page = make_page(read_source=slow)
    ticks: list[float] = []
    timer = QTimer(interval=10)
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
    timer.start()
    drop(page, clips("h264"))
    wait_seen(qtbot, page, 1)
    timer.stop()
    assert len(ticks) > 10
    assert max(b - a for a, b in zip(ticks, ticks[1:], strict=False)) < 0.4


def test_every_control_has_a_name_and_help(qtbot: Any, page: SubmitPage, clips: Clips) -> None:
    drop(page, clips("h264"))
    wait_seen(qtbot, page, 1)
    groups = (page.form.job, page.form.layer, page.form.parameters, page.form.more, page.form.farm.parameters)
    fields = [field for group in groups for field in group.fields.values()]
    assert len(fields) > 20
    for field in fields:
        assert field.editor.accessibleName()
        assert field.editor.toolTip()


def test_tab_goes_the_way_of_the_eye(qtbot: Any, page: SubmitPage, clips: Clips) -> None:
    drop(page, clips("h264"))
    wait_seen(qtbot, page, 1)
    page.form.more_fold.button.click()
    page.activateWindow()
    page.presets.tree.setFocus()
    way = []
    for _ in range(40):
        widget = QApplication.focusWidget()
        way.append(widget)
        if widget is page.submit:
            break
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
    wanted = [widget for widget in page.form.controls() if widget.isVisible() and widget.isEnabled()]
    assert [widget for widget in way if widget in wanted] == wanted
    assert way[-1] is page.submit


def test_a_farm_that_refuses_root_is_told_the_artist(qtbot: Any, page: SubmitPage, clips: Clips) -> None:
    drop(page, clips("h264"))
    wait_seen(qtbot, page, 1)
    page.model.form.set_place("user", "")
    page.model.user = "root"
    page.model.session.settings = load_settings(farm="127.0.0.1:1")
    page.model.session.farm_changed.emit()
    assert page.form.job.fields["user"].isVisible()
    page.model.session.settings = load_settings()
    page.model.session.farm_changed.emit()
    assert not page.form.job.fields["user"].isVisible()


def _text(path: Path) -> str:
    return path.read_text() if path.exists() else ""
