# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""How a run ended, and what becomes of its frame (Cuebot's FrameCompleteHandler.determineFrameState)."""

from __future__ import annotations

from dataclasses import dataclass

from cueffmpeg_gui.localfarm.states import FAILED_LAUNCH, SKIP_RETRY, FrameState

MEMORY_FAILURE = 33
MEMORY_STATUSES = frozenset({MEMORY_FAILURE, 137})
SHELL_SIGNAL_BASE = 128
RETRY_FOREVER_SIGNAL = 119
LONGEST_RETRIED_RUN = 12 * 3600
# Cuebot retries out-of-memory ends for ever; on one computer nothing would ever change, so only this often.
EXTRA_MEMORY_RETRIES = 2


@dataclass(frozen=True)
class RunEnd:
    """exit_status and exit_signal as rqd reports them; seconds it ran; max_rss in KB; idle: since its last output."""

    exit_status: int
    exit_signal: int
    seconds: float
    max_rss: int = 0
    idle: float = 0.0


@dataclass(frozen=True)
class FrameRules:
    """What decides beside the end itself: retries used and allowed, and timeouts in minutes (0 = none)."""

    retries: int
    max_retries: int
    auto_eat: bool
    timeout: int = 0
    timeout_llu: int = 0


def split_status(code: int, log_format: str) -> tuple[int, int]:
    """Python's returncode → (exit_status, exit_signal) as the rqd of that log format reports it.

    The Rust rqd turns codes above 128 into signals; the Python rqd turns signals into codes above 128.
    """
    if log_format == "python":
        return (code, 0) if code >= 0 else (SHELL_SIGNAL_BASE - code, 0)
    if code < 0:
        return 1, -code
    return (1, code - SHELL_SIGNAL_BASE) if code > SHELL_SIGNAL_BASE else (code, 0)


def next_state(end: RunEnd, rules: FrameRules) -> FrameState:
    """State of a frame whose run ended by itself or was killed as a frame."""
    if end.exit_status == 0:
        return FrameState.SUCCEEDED
    if end.exit_status == SKIP_RETRY:
        return FrameState.WAITING
    if rules.auto_eat:
        return FrameState.EATEN
    if end.exit_status == FAILED_LAUNCH or _took_too_long(end, rules):
        return FrameState.DEAD
    extra = EXTRA_MEMORY_RETRIES if rules.max_retries and _retried_beyond(end) else 0
    return FrameState.WAITING if rules.retries < rules.max_retries + extra else FrameState.DEAD


def is_memory_failure(end: RunEnd) -> bool:
    return end.exit_status in MEMORY_STATUSES or end.exit_signal == MEMORY_FAILURE


def _retried_beyond(end: RunEnd) -> bool:
    return is_memory_failure(end) or end.exit_signal == RETRY_FOREVER_SIGNAL


def _took_too_long(end: RunEnd, rules: FrameRules) -> bool:
    return (
        end.seconds > LONGEST_RETRIED_RUN
        or (rules.timeout > 0 and end.seconds > rules.timeout * 60)
        or (rules.timeout_llu > 0 and end.idle > rules.timeout_llu * 60)
    )
