# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What tests of the Review page wait for and read."""

from typing import Any

from cueffmpeg_gui.gui.review.review_page import ReviewPage

PATIENCE = 60_000


def wait_for_encodes(qtbot: Any, page: ReviewPage, count: int) -> None:
    """Until so many encodes are there and drawn."""
    view = page.panes.curve
    qtbot.waitUntil(
        lambda: len(page.items.items) == count and view.model.is_settled and not view._is_due, timeout=PATIENCE
    )


def table(page: ReviewPage) -> list[dict[str, str]]:
    """The numbers as they are read."""
    numbers = page.panes.numbers
    names = [numbers.horizontalHeaderItem(x).text() for x in range(numbers.columnCount())]
    return [{name: numbers.item(y, x).text() for x, name in enumerate(names)} for y in range(numbers.rowCount())]
