# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A given pair is looked at while it is prepared: its facts side by side, its faults, and nothing waits for it."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from clips import Clips
from drops import drop
from picture_pairs import SPOILED
from submit_fakes import PATIENCE, wait_read

from cueffmpeg_gui.api.submit.pair_preview import PairPreview
from cueffmpeg_gui.api.submit.submit import Prepared
from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.gui.submit.models.submit_backend import SubmitBackend
from cueffmpeg_gui.gui.submit.submit_page import SubmitPage

MakePage = Callable[..., SubmitPage]


@pytest.fixture
def late(clips: Clips, tmp_path: Path) -> tuple[Path, Path]:
    """An encode that is late, and its reference, which is found by its name."""
    recipe, _ = SPOILED["late"]
    encode, reference = tmp_path / "sh010_web.mp4", tmp_path / "sh010.mov"
    clips.run([*recipe.reference, *recipe.written, str(reference)])
    clips.run(["-i", str(reference), *recipe.encode, str(encode)])
    return encode, reference


def prepare_pair(qtbot: Any, page: SubmitPage, pair: tuple[Path, Path]) -> None:
    """Until the preview of the pair is made."""
    page.model.form.choose(page.model.presets.presets["vmaf-compare"])
    drop(page, pair[0])
    wait_read(qtbot, page, 1)
    qtbot.waitUntil(lambda: bool(page.model.preview.result and page.model.preview.result.prepared), timeout=PATIENCE)


def test_a_pair_at_fault_is_told_with_its_facts(qtbot: Any, page: SubmitPage, late: tuple[Path, Path]) -> None:
    prepare_pair(qtbot, page, late)
    box = page.form.details.pair
    qtbot.waitUntil(lambda: page.model.pair_look.found is not None, timeout=PATIENCE)
    assert box.isVisible()
    assert box.said.sentence.startswith("The encode is 1 frame late")
    assert box.said.property("role") == "error"
    rows = [[box.table.item(y, x).text() for x in range(4)] for y in range(box.table.rowCount())]
    assert ["size", "256x144", "256x144", ""] in rows
    assert page.model.why_not() == "", "a pair at fault may be sent"


def test_nothing_waits_for_the_look_and_one_pair_is_looked_at_once(
    qtbot: Any, make_page: MakePage, late: tuple[Path, Path]
) -> None:
    may_go_on, looked = threading.Event(), []

    def look(prepared: Prepared) -> PairPreview | None:
        looked.append(prepared)
        assert may_go_on.wait(PATIENCE / 1000)
        return SubmitBackend().look_at_pair(prepared)

    page = make_page(look_at_pair=look)
    prepare_pair(qtbot, page, late)
    qtbot.waitUntil(lambda: bool(looked), timeout=PATIENCE)
    assert page.form.details.pair.said.sentence == "The pair is being looked at …"
    assert page.model.why_not() == ""
    page.model.preview.renew()
    qtbot.waitUntil(lambda: page.model.preview.result is not None, timeout=PATIENCE)
    may_go_on.set()
    qtbot.waitUntil(lambda: page.model.pair_look.found is not None, timeout=PATIENCE)
    assert len(looked) == 1


def test_what_cannot_be_looked_at_leaves_a_sentence(qtbot: Any, make_page: MakePage, late: tuple[Path, Path]) -> None:
    def look(prepared: Prepared) -> PairPreview | None:
        raise InputRefused("The disk is away.")

    page = make_page(look_at_pair=look)
    prepare_pair(qtbot, page, late)
    qtbot.waitUntil(lambda: page.form.details.pair.said.sentence == "The disk is away.", timeout=PATIENCE)
    assert not page.form.details.pair.table.isVisible()


def test_a_row_without_a_given_pair_shows_none(qtbot: Any, page: SubmitPage, clips: Clips) -> None:
    drop(page, clips("h264"))
    wait_read(qtbot, page, 1)
    qtbot.waitUntil(lambda: page.model.preview.result is not None, timeout=PATIENCE)
    assert not page.form.details.pair.isVisible()
    assert not page.model.pair_look.is_looking
