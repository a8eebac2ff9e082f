# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The pictures in the window, used as a reviewer uses them: what is seen is held against ffmpeg's own decode."""

import subprocess
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from clips import Clips
from picture_pairs import SPOILED, make_pair, pair_of
from qtpy.QtCore import QPoint, QPointF, QRect, Qt
from qtpy.QtGui import QFontMetrics, QImage, QKeyEvent, QWheelEvent
from qtpy.QtWidgets import QApplication, QVBoxLayout, QWidget

from cueffmpeg_gui.api.review.pictures import PictureSource
from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.pictures.models.picture_text import TIMES
from cueffmpeg_gui.gui.pictures.models.thumbnails import ThumbnailLoader
from cueffmpeg_gui.gui.pictures.painting import fitted
from cueffmpeg_gui.gui.pictures.picture_view import PictureView
from cueffmpeg_gui.jobs.picture_pair import PicturePair
from cueffmpeg_gui.media.features import Features

Pixels = npt.NDArray[np.uint8]
TO_RGB = "scale=in_color_matrix=bt601:in_range=tv:out_range=pc:flags=bicubic+accurate_rnd+full_chroma_int,format=rgb24"
Show = Callable[..., PictureView]


@pytest.fixture(scope="module")
def pair(clips: Clips, tmp_path_factory: pytest.TempPathFactory) -> PicturePair:
    """60 frames: the reference with B-frames, the encode much coarser and with another rhythm of key frames."""
    encode = tmp_path_factory.mktemp("pair") / "encode.mp4"
    clips.run(["-i", str(clips("long_gop")), "-c:v", "libx264", "-crf", "40", "-g", "25", str(encode)])
    return pair_of(clips("long_gop"), encode)


@pytest.fixture
def show(qtbot: Any, tasks: Tasks) -> Show:
    """A view of a pair that shows a frame, with panes a little larger than the picture, at 1:1."""

    def make(pair: PicturePair | None, frame: int | None = None, size: tuple[int, int] = (960, 260)) -> PictureView:
        view = PictureView(tasks)
        qtbot.addWidget(view)
        view.resize(*size)
        view.show_pair(pair, "v012")
        view.show()
        if frame is not None:
            view.show_frame(frame)
            wait_for(qtbot, view, frame)
        return view

    return make


def wait_for(qtbot: Any, view: PictureView, frame: int) -> None:
    qtbot.waitUntil(lambda: shown_frame(view) == frame, timeout=20000)


def shown_frame(view: PictureView) -> int | None:
    return view.pictures.pictures.frame if view.pictures.pictures else None


def decoded(ffmpeg: str, path: str) -> Pixels:
    """All pictures of a 320x180 clip as RGB by ffmpeg itself."""
    command = [ffmpeg, "-v", "error", "-i", path, "-vf", TO_RGB, "-f", "rawvideo", "-"]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    return np.frombuffer(raw, np.uint8).reshape(-1, 180, 320, 3)


def seen(view: PictureView, pane: int = 0) -> Pixels:
    """What a pane shows of a 320x180 picture at 1:1, pixel by pixel, from the window itself."""
    left, top, width, height = (round(side) for side in view.canvas.viewport.area)
    assert (width, height) == (320, 180)
    corner = view.canvas.panes[pane].picture.topLeft() + QPoint(left, top)
    image = view.canvas.grab(QRect(corner.x(), corner.y(), width, height)).toImage()
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(180, image.bytesPerLine())
    return rows[:, : 320 * 3].reshape(180, 320, 3).copy()


def real_size(qtbot: Any, view: PictureView) -> None:
    qtbot.keyClick(view.canvas, Qt.Key.Key_Z)


def at(view: PictureView, x: float, y: float, pane: int = 0) -> QPoint:
    """The point of the canvas over a place of the picture, in fractions of its sides."""
    left, top, width, height = view.canvas.viewport.area
    corner = view.canvas.panes[pane].picture.topLeft()
    return corner + QPoint(round(left + x * width), round(top + y * height))


def wheel(view: PictureView, point: QPoint, steps: int) -> None:
    event = QWheelEvent(
        QPointF(point), QPointF(view.canvas.mapToGlobal(point)), QPoint(), QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.canvas, event)


def test_both_pictures_are_those_of_the_frame(qtbot: Any, show: Show, pair: PicturePair, ffmpeg: str) -> None:
    view = show(pair, 38)
    real_size(qtbot, view)
    reference, encode = decoded(ffmpeg, pair.reference.path), decoded(ffmpeg, pair.encode.path)
    assert np.array_equal(seen(view, 0), reference[37])
    assert np.array_equal(seen(view, 1), encode[37])


def test_arrow_keys_step_one_frame_and_tell_it(qtbot: Any, show: Show, pair: PicturePair, ffmpeg: str) -> None:
    view = show(pair, 30)
    real_size(qtbot, view)
    encode = decoded(ffmpeg, pair.encode.path)
    told: list[int] = []
    view.frame_stepped.connect(told.append)
    for key, frame in ((Qt.Key.Key_Right, 31), (Qt.Key.Key_Left, 30), (Qt.Key.Key_Left, 29)):
        qtbot.keyClick(view.canvas, key)
        wait_for(qtbot, view, frame)
        assert np.array_equal(seen(view, 1), encode[frame - 1])
    assert told == [31, 30, 29]


def test_steps_end_with_the_scores(qtbot: Any, show: Show, pair: PicturePair) -> None:
    view = show(pair, 60)
    told: list[int] = []
    view.frame_stepped.connect(told.append)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Right)
    view.show_frame(1)
    wait_for(qtbot, view, 1)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Left)
    assert (told, view.pictures.wanted) == ([], 1)


def test_captions_say_which_frame_is_shown_when_and_what_it_cost(show: Show, pair: PicturePair) -> None:
    view = show(pair, 26)
    captions = view.canvas.captions
    assert captions["reference"] == "reference 26 · 00:00:01:01"
    assert captions["encode"].startswith("encode 26 · I, ")
    assert captions["encode"].endswith("kB · v012")


def test_a_held_key_never_queues_up(qtbot: Any, show: Show, pair: PicturePair, monkeypatch: pytest.MonkeyPatch) -> None:
    view = show(pair, 1)
    read: list[int] = []
    real = PictureSource.encode

    def encode(self: PictureSource, frame: int, *rest: Any) -> Any:
        read.append(frame)
        return real(self, frame, *rest)

    monkeypatch.setattr(PictureSource, "encode", encode)
    for _ in range(40):
        QApplication.sendEvent(
            view.canvas, QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Right, Qt.KeyboardModifier(0))
        )
    wait_for(qtbot, view, 41)
    assert len(read) <= 3
    assert read[-1] == 41


def test_reading_happens_off_the_windows_thread(
    qtbot: Any, show: Show, pair: PicturePair, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = threading.current_thread(), []
    for name in ("reference", "encode", "near_reference", "near_encode", "explain"):
        real = getattr(PictureSource, name)

        def noted(*given: Any, real: Any = real) -> Any:
            there.append(threading.current_thread())
            return real(*given)

        monkeypatch.setattr(PictureSource, name, noted)
    view = show(pair, 20)
    qtbot.waitUntil(lambda: bool(view.pictures.reasons.notes), timeout=20000)
    assert len(there) == 5
    assert here not in there


def test_keys_and_buttons_choose_the_way_to_look(qtbot: Any, show: Show, pair: PicturePair) -> None:
    view = show(pair, 5)
    for key, name in (("2", "wipe"), ("3", "difference"), ("4", "flicker"), ("1", "side")):
        qtbot.keyClick(view.canvas, key)
        assert view.mode.name == name
        assert view.bar.buttons[name].isChecked()
    qtbot.mouseClick(view.bar.buttons["wipe"], Qt.MouseButton.LeftButton)
    assert view.mode.name == "wipe"


def test_keys_of_nobody_here_go_on_to_the_window(qtbot: Any, tasks: Tasks, pair: PicturePair) -> None:
    got: list[int] = []
    window = QWidget()
    window.keyPressEvent = lambda event: got.append(event.key())
    qtbot.addWidget(window)
    view = PictureView(tasks)
    QVBoxLayout(window).addWidget(view)
    view.show_pair(pair, "")
    window.show()
    qtbot.keyClick(view.canvas, Qt.Key.Key_Space)
    qtbot.keyClick(view.canvas, Qt.Key.Key_J)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert got == [Qt.Key.Key_Space, Qt.Key.Key_J, Qt.Key.Key_Control, Qt.Key.Key_Left]


def test_wipe_shows_the_reference_left_of_the_pointer_and_the_encode_right(
    qtbot: Any, show: Show, pair: PicturePair, ffmpeg: str
) -> None:
    view = show(pair, 12)
    qtbot.keyClick(view.canvas, "2")
    real_size(qtbot, view)
    reference, encode = decoded(ffmpeg, pair.reference.path)[11], decoded(ffmpeg, pair.encode.path)[11]
    for place in (0.25, 0.7):
        qtbot.mouseMove(view.canvas, at(view, place, 0.5))
        picture, line = seen(view), round(place * 320)
        assert np.array_equal(picture[:, : line - 2], reference[:, : line - 2])
        assert np.array_equal(picture[:, line + 3 :], encode[:, line + 3 :])


def test_difference_is_amplified_around_grey(qtbot: Any, show: Show, pair: PicturePair, ffmpeg: str) -> None:
    view = show(pair, 12)
    qtbot.keyClick(view.canvas, "3")
    real_size(qtbot, view)
    reference, encode = decoded(ffmpeg, pair.reference.path)[11], decoded(ffmpeg, pair.encode.path)[11]
    for choice, gain in enumerate((1, 4, 8, 16)):
        view.bar.gain.setCurrentIndex(choice)
        qtbot.waitUntil(lambda gain=gain: view.pictures.pictures.gain == gain)
        wanted = np.clip((encode.astype(int) - reference) * gain + 128, 0, 255)
        assert np.array_equal(seen(view), wanted)
        assert f"difference 12 · {TIMES}{gain} · grey: equal" in view.canvas.captions["difference"]
    qtbot.keyClick(view.canvas, Qt.Key.Key_Right)
    wait_for(qtbot, view, 13)
    assert view.pictures.pictures.gain == 16


def test_a_clip_less_itself_is_grey(qtbot: Any, show: Show, pair: PicturePair) -> None:
    view = show(replace(pair, encode=pair.reference), 12)
    qtbot.keyClick(view.canvas, "3")
    qtbot.waitUntil(lambda: view.pictures.pictures.gain == 4)
    real_size(qtbot, view)
    assert (seen(view) == 128).all()


def test_flicker_swaps_by_itself_and_by_hand(qtbot: Any, show: Show, pair: PicturePair, ffmpeg: str) -> None:
    view = show(pair, 12)
    qtbot.keyClick(view.canvas, "4")
    real_size(qtbot, view)
    reference, encode = decoded(ffmpeg, pair.reference.path)[11], decoded(ffmpeg, pair.encode.path)[11]
    qtbot.waitUntil(lambda: view.canvas.flicker_side == "encode")
    assert np.array_equal(seen(view), encode)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Space)
    assert not view.is_alternating
    assert np.array_equal(seen(view), reference)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Space)
    assert np.array_equal(seen(view), encode)
    qtbot.keyClick(view.canvas, "4")
    assert view.is_alternating
    qtbot.keyClick(view.canvas, "1")
    assert not view.is_alternating


def test_the_wheel_zooms_at_the_pointer_in_both_panes(qtbot: Any, show: Show, pair: PicturePair) -> None:
    view = show(pair, 12)
    for pane in (0, 1):
        point = at(view, 0.3, 0.6, pane)
        corner = view.canvas.panes[pane].picture.topLeft()
        before = view.canvas.viewport.place(*(point - corner).toTuple())
        wheel(view, point, 5)
        after = view.canvas.viewport.place(*(point - corner).toTuple())
        assert np.abs(np.subtract(before, after)).max() * 320 < 1
        assert view.canvas.viewport.zoom > view.canvas.viewport.fit
    wheel(view, at(view, 0.3, 0.6), -40)
    assert view.canvas.viewport.zoom is None


def test_a_drag_pans_and_a_double_click_fits(qtbot: Any, show: Show, pair: PicturePair) -> None:
    view = show(pair, 12)
    wheel(view, at(view, 0.5, 0.5), 8)
    before = view.canvas.viewport.middle
    start = view.canvas.panes[1].picture.center()
    qtbot.mousePress(view.canvas, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view.canvas, start + QPoint(40, 20))
    qtbot.mouseRelease(view.canvas, Qt.MouseButton.LeftButton, pos=start + QPoint(40, 20))
    _, _, width, height = view.canvas.viewport.area
    moved = view.canvas.viewport.middle
    assert np.allclose((before[0] - moved[0], before[1] - moved[1]), (40 / width, 20 / height), atol=1 / width)
    qtbot.mouseDClick(view.canvas, Qt.MouseButton.LeftButton, pos=start)
    assert view.canvas.viewport.zoom is None


def test_zoom_and_pan_stay_while_frames_and_ways_to_look_change(qtbot: Any, show: Show, pair: PicturePair) -> None:
    view = show(pair, 12)
    wheel(view, at(view, 0.2, 0.2), 8)
    zoom, middle = view.canvas.viewport.zoom, view.canvas.viewport.middle
    qtbot.keyClick(view.canvas, "2")
    qtbot.keyClick(view.canvas, Qt.Key.Key_Right)
    wait_for(qtbot, view, 13)
    assert (view.canvas.viewport.zoom, view.canvas.viewport.middle) == (zoom, middle)


def test_values_under_the_pointer_are_those_of_both_clips(
    qtbot: Any, show: Show, pair: PicturePair, ffmpeg: str
) -> None:
    view = show(pair, 12)
    real_size(qtbot, view)
    qtbot.mouseMove(view.canvas, at(view, 0.5, 0.25))
    reference, encode = view.canvas.values()
    for text, path in ((reference, pair.reference.path), (encode, pair.encode.path)):
        red, green, blue = decoded(ffmpeg, path)[11][45, 160]
        assert text.startswith("160, 45 · Y ")
        assert text.endswith(f"(8-bit) · RGB {red} {green} {blue}")
    qtbot.mouseMove(view.canvas, view.canvas.panes[0].caption.center())
    assert view.canvas.values() == ("", "")


def test_media_that_went_away_is_told_beside_the_picture_that_is_there(
    show: Show, pair: PicturePair, tmp_path: Path
) -> None:
    gone = replace(pair, encode=replace(pair.encode, path=str(tmp_path / "gone.mp4")))
    view = show(gone, 12)
    assert view.pictures.pictures.troubles == [
        f"{tmp_path}/gone.mp4 cannot be shown: No such file or directory; was it moved, or is it not made yet?"
    ]
    assert not isinstance(view.pictures.pictures.sides["reference"], str)


def test_a_film_that_is_made_while_one_waits_is_shown_when_the_frame_is_asked_again(
    qtbot: Any, show: Show, pair: PicturePair, tmp_path: Path
) -> None:
    made = tmp_path / "made.mp4"
    view = show(replace(pair, encode=replace(pair.encode, path=str(made))), 12)
    assert view.pictures.pictures.troubles
    made.write_bytes(Path(pair.encode.path).read_bytes())
    view.show_frame(12)
    qtbot.waitUntil(lambda: not view.pictures.pictures.troubles, timeout=20000)


def test_another_pair_takes_the_place_of_one_that_is_still_read(qtbot: Any, show: Show, pair: PicturePair) -> None:
    view = show(pair)
    view.show_frame(60)
    swapped = replace(pair, reference=pair.encode, encode=pair.reference)
    view.show_pair(swapped, "v013")
    view.show_frame(26)
    wait_for(qtbot, view, 26)
    assert view.canvas.captions["encode"].startswith("encode 26 · ")
    assert view.canvas.captions["encode"].endswith("v013")


def test_without_a_pair_a_sentence_says_so(show: Show, pair: PicturePair) -> None:
    view = show(pair, 12)
    view.show_pair(None, "")
    assert shown_frame(view) is None
    assert view.canvas.sentence == "No pictures: reference and encode of these scores are not known here."
    assert view.why.lines == []


def test_what_is_wrong_is_told_once_the_frame_rests(qtbot: Any, show: Show, clips: Clips, tmp_path: Path) -> None:
    recipe, _ = SPOILED["late"]
    view = show(make_pair(clips, tmp_path, recipe), 9)
    rows = {frame: (0.9 if frame != 9 else 0.2, 5.0) for frame in range(1, 17)}
    view.set_review(SimpleNamespace(features=Features(("vif_scale0", "motion2"), rows)))
    qtbot.waitUntil(lambda: len(view.why.lines) == 5, timeout=20000)
    assert view.why.lines[0] == "The encode looks 1 frame late: its picture 9 shows the reference's 8."
    assert view.why.lines[1].startswith(("Slow", "Medium", "Fast"))
    assert view.why.lines[2].split("-")[0] in "IPB"
    assert view.why.lines[3:] == [
        "VIF, finest detail: among the lowest (0.2, median 0.9)",
        "Motion: as usual (5, median 5)",
    ]


def test_a_pixel_that_is_not_square_is_shown_so(clips: Clips, show: Show) -> None:
    view = show(pair_of(clips("anamorphic"), clips("anamorphic")), 3)
    width, height = view.canvas.viewport.picture
    assert (round(width), height) == (341, 180)


def test_thumbnails_come_one_by_one_and_again_from_memory(
    qtbot: Any, tasks: Tasks, pair: PicturePair, ffmpeg: str
) -> None:
    loader = ThumbnailLoader(tasks, box=(80, 80))
    got: dict[int, tuple[QImage, QImage]] = {}
    loader.ready.connect(lambda frame, reference, encode: got.update({frame: (reference, encode)}))
    for frame in (50, 7, 33):
        loader.ask(pair, frame)
    qtbot.waitUntil(lambda: len(got) == 3, timeout=20000)
    encode = decoded(ffmpeg, pair.encode.path)[32].astype(float)
    image = got[33][1]
    assert (image.width(), image.height()) == (80, 45)
    colour = image.pixelColor(10, 30)
    assert np.abs(encode[120:124, 40:44].mean((0, 1)) - (colour.red(), colour.green(), colour.blue())).max() < 12
    got.clear()
    loader.ask(pair, 7)
    assert list(got) == [7]


def test_thumbnails_of_what_is_gone_are_empty(qtbot: Any, tasks: Tasks, pair: PicturePair, tmp_path: Path) -> None:
    loader = ThumbnailLoader(tasks)
    got: list[tuple[int, bool]] = []
    loader.ready.connect(lambda frame, *images: got.append((frame, any(image.isNull() for image in images))))
    loader.ask(replace(pair, encode=replace(pair.encode, path=str(tmp_path / "gone.mp4"))), 3)
    qtbot.waitUntil(lambda: got == [(3, True)], timeout=20000)
    loader.ask(pair, 5)
    qtbot.waitUntil(lambda: got[1:] == [(5, False)], timeout=20000)


def test_the_shuttle_shows_every_frame_and_stops_at_the_end_and_by_hand(
    qtbot: Any, show: Show, pair: PicturePair
) -> None:
    view, shown = show(pair, 52), []
    view.pictures.shown.connect(lambda: shown.append(shown_frame(view)))
    view.play(1)
    qtbot.waitUntil(lambda: view.shuttle.direction == 0, timeout=20000)
    assert shown == [*range(53, 61)]
    view.play(-1)
    wait_for(qtbot, view, 57)
    view.play(0)
    assert view.shuttle.direction == 0


def test_a_sentence_without_pictures_is_not_crossed_by_a_line(show: Show, pair: PicturePair) -> None:
    view = show(pair)
    image = view.canvas.grab().toImage()
    assert len({image.pixel(x, 30) for x in range(9, image.width() - 9)}) == 1


def test_a_narrow_strip_keeps_the_frames_number() -> None:
    metrics = QFontMetrics(QApplication.font())
    text = "encode 1121 · P, 12 kB · v012"
    room = metrics.horizontalAdvance("encode 1121 · P")
    assert fitted(text, metrics, metrics.horizontalAdvance(text) + 2) == text
    assert fitted(text, metrics, room).startswith("encode 1121")
    assert fitted(text, metrics, metrics.horizontalAdvance("encode 1121")) == "encode 1121"
    assert fitted(text, metrics, metrics.horizontalAdvance("…de 1121")).endswith("1121")
