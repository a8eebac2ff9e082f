# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Which frame waits for which."""

import pytest

from cueffmpeg_gui.localfarm.spec.frame_ranges import chunk_frames
from cueffmpeg_gui.localfarm.store.depend_plan import ChunkedLayer, collapses, frame_by_frame, previous_frame


def layer(text: str, chunk: int = 1) -> ChunkedLayer:
    return ChunkedLayer(text, chunk, chunk_frames(text, chunk))


def test_frame_by_frame_depends() -> None:
    assert frame_by_frame(layer("1-3"), layer("2-4")) == [(2, 2), (3, 3)]
    assert frame_by_frame(layer("1-4"), layer("1-4", 2)) == [(1, 1), (2, 1), (3, 3), (4, 3)]
    assert frame_by_frame(layer("1-4", 2), layer("1-4")) == [(1, 1), (1, 2), (3, 3), (3, 4)]
    assert collapses(layer("1-4", 9), layer("1-4"))
    assert not collapses(layer("1-1"), layer("1-1"))
    with pytest.raises(ValueError, match="unable to find chunk"):
        frame_by_frame(layer("1-4"), layer("3-6", 2))


def test_previous_frame_depends() -> None:
    assert previous_frame(layer("1-3"), layer("1-3")) == [(2, 1), (3, 2)]
