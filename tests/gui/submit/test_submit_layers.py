# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""An EXR with layers in the form: the obvious one is told, any other can be chosen, and the picture shows it."""

from pathlib import Path
from typing import Any

import numpy as np
from drops import drop
from qtpy.QtGui import QImage
from still_files import exr, gradient, written
from submit_fakes import PATIENCE, PretendedFarm, wait_read

from cueffmpeg_gui.gui.submit.submit_page import SubmitPage

PICTURE = gradient() / 256


def layers(*names: str) -> dict[str, Any]:
    """Layers of which each but the last is flat."""
    flat = np.full_like(PICTURE, 0.25)
    pictures = {name: PICTURE if name == names[-1] else flat for name in names}
    return {f"{name}.{letter}": pictures[name][..., place] for name in names for place, letter in enumerate("RGB")}


def dropped(qtbot: Any, page: SubmitPage, folder: Path, *names: str) -> None:
    written(folder, ".exr", exr(layers(*names)))
    drop(page, folder)
    wait_read(qtbot, page, 1)
    page.model.form.set_source("rate", "24")


def shades(page: SubmitPage) -> int:
    """How many colours the row's picture has."""
    (source,) = page.model.sources.sources
    assert source.info
    assert source.info.thumbnail
    return len(np.unique(np.frombuffer(source.info.thumbnail.rgb, np.uint8)))


def colours(image: QImage) -> int:
    """How many colours the row's picture has on the screen."""
    return len({image.pixel(x, y) for x in range(10, 80) for y in range(8, 48)})


def test_another_layer_is_chosen_shown_and_sent(
    qtbot: Any, page: SubmitPage, farm: PretendedFarm, tmp_path: Path
) -> None:
    dropped(qtbot, page, tmp_path, "beauty", "spec")
    field = page.form.layer.layer
    assert field.isVisible()
    assert [field.box.itemText(place) for place in range(field.box.count())] == ["automatic: beauty", "beauty", "spec"]
    assert shades(page) == 1
    field.box.setCurrentIndex(2)
    field.box.activated.emit(2)
    before = page.sources.view.grab().toImage()
    qtbot.waitUntil(lambda: shades(page) > 10, timeout=PATIENCE)
    wait_read(qtbot, page, 1)
    qtbot.waitUntil(lambda: not page.model.why_not(), timeout=PATIENCE)
    page.submit.click()
    qtbot.waitUntil(lambda: len(farm.sent) == 1, timeout=PATIENCE)
    assert colours(page.sources.view.grab().toImage()) > colours(before)
    sequence = farm.sent[0].spec.source.sequence
    assert sequence
    assert (sequence.layer, sequence.layer_prefix) == ("spec", "spec")


def test_where_no_layer_is_obvious_one_has_to_be_chosen(qtbot: Any, page: SubmitPage, tmp_path: Path) -> None:
    dropped(qtbot, page, tmp_path, "diffuse", "spec")
    field = page.form.layer.layer
    assert "holds several layers (diffuse, spec)" in field.note.sentence
    assert not page.submit.isEnabled()
    field.box.activated.emit(1)
    wait_read(qtbot, page, 1)
    qtbot.waitUntil(lambda: not page.model.why_not(), timeout=PATIENCE)
    assert not field.note.sentence
