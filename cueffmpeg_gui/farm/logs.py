# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Where a frame's log lies. Logs are files on storage that farm and user share; there is no RPC for them."""

import os
from dataclasses import dataclass
from typing import Optional

from cueffmpeg_gui.errors import InputRefused
from cueffmpeg_gui.farm.rqd_log import Footer, RqdLogReader, last_error, last_progress
from cueffmpeg_gui.farm.status import JobStatus
from cueffmpeg_gui.farm.tail import LogTail

# rqd numbers the earlier tries of a frame: .1 is the oldest. The Rust rqd keeps the most.
MOST_TRIES = 100
# The last lines of a frame are within these.
LAST_BYTES = 256 * 1024


def log_path(job: JobStatus, frame_name: str) -> str:
    """The log of a frame's newest try, by opencue.util.logPath's rule.

    Raises InputRefused for a job that logs to Loki.
    """
    if job.loki_url:
        raise InputRefused(
            f"The logs of {job.name} go to Loki ({job.loki_url}) and are no files that could be read here; "
            "its scores are in the job folder."
        )
    return os.path.join(job.log_dir, f"{job.name}.{frame_name}.rqlog")


def earlier_tries(path: str) -> list[str]:
    """The logs of a frame's earlier tries, the oldest first."""
    paths = []
    for number in range(1, MOST_TRIES + 1):
        if not os.path.exists(f"{path}.{number}"):
            break
        paths.append(f"{path}.{number}")
    return paths


def existing_log(path: str) -> str:
    """The path, when there is a log; raises InputRefused saying why there may be none."""
    if not os.path.isfile(path):
        raise InputRefused(f"There is no log {path}: it is not written yet, or its storage is not mounted here.")
    return path


@dataclass(frozen=True)
class LogEnd:
    """What one log holds: the frame's own output, and rqd's footer when the frame has ended."""

    output: list[bytes]
    footer: Optional[Footer]

    @property
    def error(self) -> Optional[str]:
        """The worker's last error, a sentence."""
        return last_error(self.output)

    @property
    def progress(self) -> Optional[str]:
        """The worker's last progress line."""
        return last_progress(self.output)


def read_log_end(path: str) -> LogEnd:
    """The end of a log, however long it is: what the frame said last. Raises InputRefused when it is not there."""
    tail = LogTail(existing_log(path), LAST_BYTES)
    lines = tail.read() + tail.rest()
    reader = RqdLogReader(midway=tail.skipped > 0)
    return LogEnd(reader.feed(lines), reader.footer)
