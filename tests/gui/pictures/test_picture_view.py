# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The pictures in the window, used as a reviewer uses them: what is seen is held against ffmpeg's own decode."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from clips import Clips
from picture_helpers import PATIENCE, decoded, real_size, seen, shown_frame, wait_for_frame
from picture_pairs import SPOILED, make_pair, pair_of
from qtpy.QtCore import Qt
from qtpy.QtGui import QFontMetrics, QKeyEvent
from qtpy.QtWidgets import QApplication

from cueffmpeg_gui.api.review.pictures import PictureSource
from cueffmpeg_gui.gui.pictures.painting import fitted
from cueffmpeg_gui.gui.pictures.picture_view import PictureView
from cueffmpeg_gui.jobs.picture_pair import PicturePair
from cueffmpeg_gui.media.features import Features

Show = Callable[..., PictureView]


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
        wait_for_frame(qtbot, view, frame)
        assert np.array_equal(seen(view, 1), encode[frame - 1])
    assert told == [31, 30, 29]


def test_steps_end_with_the_scores(qtbot: Any, show: Show, pair: PicturePair) -> None:
    view = show(pair, 60)
    told: list[int] = []
    view.frame_stepped.connect(told.append)
    qtbot.keyClick(view.canvas, Qt.Key.Key_Right)
    view.show_frame(1)
    wait_for_frame(qtbot, view, 1)
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
    wait_for_frame(qtbot, view, 41)
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
    qtbot.waitUntil(lambda: bool(view.pictures.reasons.notes), timeout=PATIENCE)
    assert len(there) == 5
    assert here not in there


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
    qtbot.waitUntil(lambda: not view.pictures.pictures.troubles, timeout=PATIENCE)


def test_another_pair_takes_the_place_of_one_that_is_still_read(qtbot: Any, show: Show, pair: PicturePair) -> None:
    view = show(pair)
    view.show_frame(60)
    swapped = replace(pair, reference=pair.encode, encode=pair.reference)
    view.show_pair(swapped, "v013")
    view.show_frame(26)
    wait_for_frame(qtbot, view, 26)
    assert view.canvas.captions["encode"].startswith("encode 26 · ")
    assert view.canvas.captions["encode"].endswith("v013")


def test_without_a_pair_a_sentence_says_so(show: Show, pair: PicturePair) -> None:
    view = show(pair, 12)
    view.show_pair(None, "")
    assert shown_frame(view) is None
    assert view.canvas.sentence == "No pictures: reference and encode of these scores are not known here."
    assert view.explanation.lines == []


def test_what_is_wrong_is_told_once_the_frame_rests(qtbot: Any, show: Show, clips: Clips, tmp_path: Path) -> None:
    recipe, _ = SPOILED["late"]
    view = show(make_pair(clips, tmp_path, recipe), 9)
    rows = {frame: (0.9 if frame != 9 else 0.2, 5.0) for frame in range(1, 17)}
    view.set_review(SimpleNamespace(features=Features(("vif_scale0", "motion2"), rows)))
    qtbot.waitUntil(lambda: len(view.explanation.lines) == 5, timeout=PATIENCE)
    assert view.explanation.lines[0] == "The encode looks 1 frame late: its picture 9 shows the reference's 8."
    assert view.explanation.lines[1].startswith(("Slow", "Medium", "Fast"))
    assert view.explanation.lines[2].split("-")[0] in "IPB"
    assert view.explanation.lines[3:] == [
        "VIF, finest detail: among the lowest (0.2, median 0.9)",
        "Motion: as usual (5, median 5)",
    ]


def test_a_pixel_that_is_not_square_is_shown_so(clips: Clips, show: Show) -> None:
    view = show(pair_of(clips("anamorphic"), clips("anamorphic")), 3)
    width, height = view.canvas.viewport.picture
    assert (round(width), height) == (341, 180)


def test_the_shuttle_shows_every_frame_and_stops_at_the_end_and_by_hand(
    qtbot: Any, show: Show, pair: PicturePair
) -> None:
    view, shown = show(pair, 52), []
    view.pictures.shown.connect(lambda: shown.append(shown_frame(view)))
    view.play(1)
    qtbot.waitUntil(lambda: view.playback.direction == 0, timeout=PATIENCE)
    assert shown == [*range(53, 61)]
    view.play(-1)
    wait_for_frame(qtbot, view, 57)
    view.play(0)
    assert view.playback.direction == 0


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
