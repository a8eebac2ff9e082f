# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Thumbnails of a pair."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from picture_helpers import PATIENCE, decoded
from qtpy.QtGui import QImage

from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.pictures.models.thumbnails import ThumbnailLoader
from cueffmpeg_gui.jobs.picture_pair import PicturePair


def test_thumbnails_come_one_by_one_and_again_from_memory(
    qtbot: Any, tasks: Tasks, pair: PicturePair, ffmpeg: str
) -> None:
    loader = ThumbnailLoader(tasks, box=(80, 80))
    got: dict[int, tuple[QImage, QImage]] = {}
    loader.ready.connect(lambda frame, reference, encode: got.update({frame: (reference, encode)}))
    for frame in (50, 7, 33):
        loader.ask(pair, frame)
    qtbot.waitUntil(lambda: len(got) == 3, timeout=PATIENCE)
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
    qtbot.waitUntil(lambda: got == [(3, True)], timeout=PATIENCE)
    loader.ask(pair, 5)
    qtbot.waitUntil(lambda: got[1:] == [(5, False)], timeout=PATIENCE)
