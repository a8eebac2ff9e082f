# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Runs one ffmpeg of a layer: prints the exact command, then progress."""

from typing import Optional

from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.run import Outcome, run_ffmpeg
from cueffmpeg_gui.worker.report import progress_printer, say_command


def run_reported(
    argv: list[str], spec: JobSpec, layer: str, frames: FrameRange, *, total: int = 0, cwd: Optional[str] = None
) -> Outcome:
    """Runs `argv` for `frames`; `total` is how many pictures make 100 %, when they are not just these."""
    say_command(argv)
    return run_ffmpeg(
        argv,
        cwd=cwd,
        stall_seconds=60.0 * float(spec.preset.values["stall_minutes"]),
        on_progress=progress_printer(layer, str(frames), total or len(frames)),
    )
