# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What becomes of a frame when its process has ended."""

import pytest

from cueffmpeg_gui.localfarm.states import FrameState
from cueffmpeg_gui.localfarm.store.frame_outcome import FrameRules, RunEnd, next_state, split_status


@pytest.mark.parametrize(
    ("code", "rust", "python"),
    [
        (0, (0, 0), (0, 0)),
        (2, (2, 0), (2, 0)),
        (143, (1, 15), (143, 0)),
        (254, (1, 126), (254, 0)),
        (-9, (1, 9), (137, 0)),
    ],
)
def test_exit_codes(code: int, rust: tuple[int, int], python: tuple[int, int]) -> None:
    assert (split_status(code, "rust"), split_status(code, "python")) == (rust, python)


@pytest.mark.parametrize(
    ("status", "signal", "rules", "state"),
    [
        (0, 0, FrameRules(0, 1, False), FrameState.SUCCEEDED),
        (1, 0, FrameRules(0, 1, False), FrameState.WAITING),
        (1, 0, FrameRules(1, 1, False), FrameState.DEAD),
        (1, 0, FrameRules(0, 1, True), FrameState.EATEN),
        (256, 0, FrameRules(0, 1, False), FrameState.DEAD),
        (286, 0, FrameRules(5, 1, False), FrameState.WAITING),
        (33, 0, FrameRules(1, 1, False), FrameState.WAITING),
        (33, 0, FrameRules(3, 1, False), FrameState.DEAD),
        (137, 0, FrameRules(0, 0, False), FrameState.DEAD),
        (1, 119, FrameRules(2, 1, False), FrameState.WAITING),
        (1, 0, FrameRules(0, 1, False, timeout=1), FrameState.DEAD),
    ],
)
def test_what_becomes_of_a_frame(status: int, signal: int, rules: FrameRules, state: FrameState) -> None:
    assert next_state(RunEnd(status, signal, 90.0), rules) is state
