# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A farm that only pretends, and what tests of the submit page wait for and read."""

from typing import Any

from qtpy.QtWidgets import QLabel, QWidget

from cueffmpeg_gui.api.submit.submit import Prepared, Submitted
from cueffmpeg_gui.errors import FarmRefused, FarmUnreachable
from cueffmpeg_gui.gui.submit.submit_page import SubmitPage
from cueffmpeg_gui.settings import Settings

PATIENCE = 20000


class PretendedFarm:
    """Takes jobs, or refuses those of some names."""

    def __init__(self) -> None:
        self.sent: list[Prepared] = []
        self.refuses: set[str] = set()
        self.is_away = False

    def submit(self, prepared: Prepared, settings: Settings) -> Submitted:
        name = prepared.spec.placement.name
        if self.is_away:
            raise FarmUnreachable("No farm answers at farm:8443.")
        if name in self.refuses:
            raise FarmRefused(f"The farm does not take {name}.")
        self.sent.append(prepared)
        return Submitted(name, f"id-{name}", prepared.folder, prepared.spec.output, ("encode",))


def wait_read(qtbot: Any, page: SubmitPage, count: int) -> None:
    """Until there are so many rows, all of them read."""

    def is_read() -> bool:
        sources = page.model.sources
        return len(sources.sources) == count and not sources.is_busy

    qtbot.waitUntil(is_read, timeout=PATIENCE)


def wait_planned(qtbot: Any, page: SubmitPage) -> None:
    """Until the preview of the current row is there."""

    def is_planned() -> bool:
        result = page.model.preview.result
        return result is not None and result.prepared is not None

    qtbot.waitUntil(is_planned, timeout=PATIENCE)


def visible_texts(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def row_texts(page: SubmitPage) -> list[str]:
    model = page.model.sources
    return [str(model.data(model.index(row))) for row in range(model.rowCount())]
