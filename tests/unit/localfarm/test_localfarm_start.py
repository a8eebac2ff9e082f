# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A local farm that ends while it is started is a farm that cannot be reached, not an unexpected error."""

import os
import signal
from pathlib import Path

import pytest

from cueffmpeg_gui.errors import FarmUnreachable
from cueffmpeg_gui.localfarm import control
from cueffmpeg_gui.localfarm.state_file import read_state


def test_a_farm_that_is_killed_straight_after_its_start_is_unreachable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    launch = control._launch

    def launch_and_kill(root: Path, *rest: object) -> None:
        launch(root, *rest)  # type: ignore[arg-type]
        state = read_state(root)
        assert state is not None
        os.kill(state.pid, signal.SIGKILL)
        while control.is_held(root):
            os.sched_yield()

    monkeypatch.setattr(control, "_launch", launch_and_kill)
    with pytest.raises(FarmUnreachable, match="started but does not answer"):
        control.start(tmp_path / "farm")
