# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Nothing of ours may raise into CueGUI: an error becomes a line in its log, and one in the dock."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Optional, TypeVar

import cuegui.Logger

from cueffmpeg_gui.errors import CueffmpegError

if TYPE_CHECKING:
    from typing import ParamSpec

    Given = ParamSpec("Given")

Result = TypeVar("Result")
logger = cuegui.Logger.getLogger(__file__)


def guarded(show: str = "") -> Callable[[Callable[Given, Result]], Callable[Given, Optional[Result]]]:
    """Decorates a slot. `show` names the method that shows a sentence; without it only the log has it."""

    def decorate(slot: Callable[Given, Result]) -> Callable[Given, Optional[Result]]:
        @functools.wraps(slot)
        def run(*args: Given.args, **kwargs: Given.kwargs) -> Optional[Result]:
            try:
                return slot(*args, **kwargs)
            except Exception as error:
                logger.warning("cueffmpeg: %s failed", slot.__qualname__, exc_info=True)
                if show:
                    getattr(args[0], show)(_sentence(error))
                return None

        return run

    return decorate


def _sentence(error: Exception) -> str:
    if isinstance(error, CueffmpegError):
        return str(error)
    return f"Something unexpected happened ({type(error).__name__}: {error}); CueGUI's log has more."
