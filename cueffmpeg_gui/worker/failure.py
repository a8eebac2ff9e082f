# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""From how ffmpeg ended to a sentence that says what to do."""

import errno

from cueffmpeg_gui.errors import FrameFailed, StorageAway, TemporaryTrouble
from cueffmpeg_gui.media.run import Outcome
from cueffmpeg_gui.worker.report import say

FULL = (errno.ENOSPC, errno.EDQUOT)
TEMPORARY = (*FULL, errno.EIO, errno.ESTALE, errno.ENOTCONN)
# ffmpeg exits with the low byte of the negative errno (ffmpeg 5 and newer).
TEMPORARY_EXITS = {256 - number: number for number in TEMPORARY if number < 128}
SHOWN_LINES = 12


def missed_frames(outcome: Outcome, expected: int) -> bool:
    """Whether ffmpeg was content but gave another number of frames, as after a seek that was not exact."""
    return outcome.returncode == 0 and outcome.progress.frame != expected


def explain_ffmpeg(outcome: Outcome, source: str, expected: int) -> None:
    """Returns when ffmpeg did all it was asked for; raises FrameFailed or TemporaryTrouble otherwise."""
    if outcome.returncode == 0 and outcome.progress.ended and outcome.progress.frame == expected:
        return
    _say_errors(outcome)
    done = outcome.progress.frame
    if outcome.returncode == 0:
        raise FrameFailed(f"{source} gave {done} of {expected} frames: it is damaged or ends early; replace it.")
    raise FrameFailed(f"ffmpeg stopped after {done} of {expected} frames of {source}: {outcome.reason}.")


def explain_sound(outcome: Outcome, source: str) -> None:
    """As explain_ffmpeg, for a run without pictures."""
    if outcome.returncode == 0 and outcome.progress.ended:
        return
    _say_errors(outcome)
    raise FrameFailed(f"ffmpeg could not encode the sound of {source}: {outcome.reason}.")


def _say_errors(outcome: Outcome) -> None:
    for line in outcome.errors[-SHOWN_LINES:]:
        say("  " + line)
    if outcome.returncode in TEMPORARY_EXITS and not outcome.stalled:
        kind = TemporaryTrouble if TEMPORARY_EXITS[outcome.returncode] in FULL else StorageAway
        raise kind(f"ffmpeg could not go on: {outcome.reason}; free the disk or mount it, then retry.")
