# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The one way a test waits: until something is so, never for a fixed time."""

import time
from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")
PATIENCE_SECONDS = 180.0  # a busy machine is slow, and a real farm may notice an end only seconds later
PAUSE_SECONDS = 0.02


def wait_for(
    condition: Callable[[], Answer], what: str | Callable[[], object] = "", seconds: float = PATIENCE_SECONDS
) -> Answer:
    """The first true answer of condition. what: what was waited for, said when it did not come in time."""
    deadline = time.monotonic() + seconds
    while not (answer := condition()):
        if time.monotonic() > deadline:
            raise AssertionError(f"It did not happen within {seconds:.0f} s: {what() if callable(what) else what}")
        time.sleep(PAUSE_SECONDS)
    return answer
