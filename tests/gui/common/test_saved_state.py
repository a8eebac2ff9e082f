# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""State kept between runs of the window."""

from pathlib import Path
from typing import Any

import pytest

from cueffmpeg_gui.gui.common.saved_state import SUBMIT_FORM, WINDOW, SavedState, packed, read_state, unpacked
from cueffmpeg_gui.gui.common.tasks import Tasks


def test_the_newest_state_is_saved_after_the_last_change(qtbot: Any, tasks: Tasks, tmp_path: Path) -> None:
    saved = SavedState(tasks, tmp_path, SUBMIT_FORM)
    for number in range(5):
        saved.keep({"number": number})
    assert not (tmp_path / SUBMIT_FORM.name).exists()
    qtbot.waitUntil(lambda: read_state(tmp_path, SUBMIT_FORM).get("number") == 4)


@pytest.mark.parametrize("text", ["", "{", '{"schema": "another/1"}'])
def test_what_cannot_be_read_is_no_state(tmp_path: Path, text: str) -> None:
    (tmp_path / WINDOW.name).write_text(text)
    assert read_state(tmp_path, WINDOW) == {}


@pytest.mark.parametrize(("text", "data"), [(packed(b"\x00\xff"), b"\x00\xff"), ("?", b""), (None, b""), (7, b"")])
def test_binary_state_comes_back_from_text(text: object, data: bytes) -> None:
    assert unpacked(text) == data
