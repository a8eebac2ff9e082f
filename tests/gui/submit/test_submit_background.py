# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What the submit page does in the background is done once, and for the newest request."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from clips import Clips
from drops import drop
from submit_fakes import PATIENCE, wait_read

from cueffmpeg_gui.api.submit.submit import Prepared
from cueffmpeg_gui.gui.submit.models.submit_backend import SubmitBackend
from cueffmpeg_gui.gui.submit.submit_page import SubmitPage

MakePage = Callable[..., SubmitPage]


@pytest.fixture
def may_go_on() -> threading.Event:
    """Until it is set, what the page asks for takes its time."""
    return threading.Event()


def test_of_many_changes_only_the_newest_is_planned(
    qtbot: Any, make_page: MakePage, clips: Clips, may_go_on: threading.Event
) -> None:
    planned: list[Any] = []

    def prepare(request: Any, settings: Any) -> Prepared:
        planned.append(request.values.get("crf"))
        assert may_go_on.wait(PATIENCE / 1000)
        return SubmitBackend().prepare(request, settings)

    page = make_page(prepare=prepare)
    drop(page, clips("h264"))
    wait_read(qtbot, page, 1)
    qtbot.waitUntil(lambda: planned == [None], timeout=PATIENCE)
    preview = page.model.preview
    for crf in ("30", "31", "32"):
        page.model.form.set_value("crf", crf)
        qtbot.waitUntil(lambda: not preview._timer.isActive(), timeout=PATIENCE)
    assert planned == [None]
    may_go_on.set()
    qtbot.waitUntil(lambda: preview.result is not None, timeout=PATIENCE)
    assert planned == [None, "32"]
    assert preview.result.request.submit_request.values["crf"] == "32"


def test_a_row_that_is_being_checked_is_not_checked_again(
    qtbot: Any, make_page: MakePage, shots: Any, may_go_on: threading.Event
) -> None:
    checked: list[str] = []

    def check_place(output: str, *given: Any) -> bool:
        checked.append(output)
        assert may_go_on.wait(PATIENCE / 1000)
        return SubmitBackend().check_place(output, *given)

    page = make_page(check_place=check_place)
    first, second = shots("a.mp4", "b.mp4")
    drop(page, first)
    qtbot.waitUntil(lambda: len(checked) == 1, timeout=PATIENCE)
    drop(page, second)
    wait_read(qtbot, page, 2)
    qtbot.waitUntil(lambda: not page.model.checks._timer.isActive(), timeout=PATIENCE)
    may_go_on.set()
    qtbot.waitUntil(page.submit.isEnabled, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not page.model.checks._latest.is_busy and len(checked) > 1, timeout=PATIENCE)
    assert [path.rsplit("/", 1)[1] for path in checked] == ["a_h264-review.mp4", "b_h264-review.mp4"]
