# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A pair of clips, and a view that shows it."""

from collections.abc import Callable
from typing import Any

import pytest
from clips import Clips
from picture_helpers import wait_for_frame
from picture_pairs import pair_of

from cueffmpeg_gui.gui.common.tasks import Tasks
from cueffmpeg_gui.gui.pictures.picture_view import PictureView
from cueffmpeg_gui.jobs.picture_pair import PicturePair


@pytest.fixture(scope="session")
def pair(clips: Clips, tmp_path_factory: pytest.TempPathFactory) -> PicturePair:
    """60 frames: the reference with B-frames, the encode much coarser and with another rhythm of key frames."""
    encode = tmp_path_factory.mktemp("pair") / "encode.mp4"
    clips.run(["-i", str(clips("long_gop")), "-c:v", "libx264", "-crf", "40", "-g", "25", str(encode)])
    return pair_of(clips("long_gop"), encode)


@pytest.fixture
def show(qtbot: Any, tasks: Tasks) -> Callable[..., PictureView]:
    """A view of a pair that shows a frame, with panes a little larger than the picture, at 1:1."""

    def make(pair: PicturePair | None, frame: int | None = None, size: tuple[int, int] = (960, 260)) -> PictureView:
        view = PictureView(tasks)
        qtbot.addWidget(view)
        view.resize(*size)
        view.show_pair(pair, "v012")
        view.show()
        if frame is not None:
            view.show_frame(frame)
            wait_for_frame(qtbot, view, frame)
        return view

    return make
