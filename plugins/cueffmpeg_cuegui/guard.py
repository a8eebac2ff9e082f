# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Nothing of ours may raise into CueGUI: what goes wrong becomes a line in its log, and one in the dock."""

import functools

import cuegui.Logger

from cueffmpeg_gui.errors import CueffmpegError

logger = cuegui.Logger.getLogger(__file__)


def guarded(tell=None):
    """Decorates a slot. `tell` names the method that shows a sentence; without it only the log has it."""

    def decorate(slot):
        @functools.wraps(slot)
        def run(*args, **given):
            try:
                return slot(*args, **given)
            except Exception as error:
                logger.warning("cueffmpeg: %s failed", slot.__qualname__, exc_info=True)
                if tell:
                    getattr(args[0], tell)(_sentence(error))
                return None

        return run

    return decorate


def _sentence(error):
    if isinstance(error, CueffmpegError):
        return str(error)
    return f"Something unexpected happened ({type(error).__name__}: {error}); CueGUI's log has more."
