# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What a farm says about a job, its layers and its frames: snapshots, and what they mean."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Optional

from cueffmpeg_gui.jobs.plan import SERVICE, WAIT_AND_WORK

LOST = ("DEAD", "EATEN")
# The states of frames that may be picked by hand for an action.
ACTION_STATES = {
    "kill": ("RUNNING",),
    "retry": ("DEAD", "EATEN", "SUCCEEDED", "RUNNING"),
    "eat": ("DEAD", "WAITING", "DEPEND", "RUNNING", "CHECKPOINT"),
    "mark_done": ("DEAD", "EATEN", "WAITING", "DEPEND"),
}
LAST_NUMBER = re.compile(r"(?<=-)[0-9]+$")
# The second is that of jobs of earlier versions.
OUR_COMMANDS = (
    re.compile(re.escape(f'/bin/sh -c "{WAIT_AND_WORK}"') + r" (?P<folder>/\S+) \S+ #IFRAME#"),
    re.compile(r"python3 (?P<folder>/\S+)/worker\.pyz (?P=folder) \S+ #IFRAME#"),
)


@dataclass(frozen=True)
class FrameCounts:
    """How many cue frames are in which state. States that are rarer (SETUP, CHECKPOINT) are only in `total`."""

    total: int
    waiting: int
    running: int
    succeeded: int
    depend: int
    dead: int
    eaten: int

    @property
    def runnable(self) -> int:
        """Frames that run or will without being retried."""
        return self.total - self.succeeded - self.depend - self.lost

    @property
    def lost(self) -> int:
        """Frames that failed, given up or not."""
        return self.dead + self.eaten


@dataclass(frozen=True)
class JobStatus:
    """A job. `state` is PENDING, FINISHED, STARTUP, SHUTDOWN or POSTED.

    Times are seconds since 1970, 0 for "not yet".
    """

    id: str
    name: str
    show: str
    shot: str
    user: str
    facility: str
    state: str
    paused: bool
    priority: int
    log_dir: str
    loki_url: str
    start: int
    stop: int
    layer_count: int
    counts: FrameCounts

    @property
    def is_finished(self) -> bool:
        """Whether the farm is done with it: succeeded, or killed; nothing of it runs any more."""
        return self.state == "FINISHED"


@dataclass(frozen=True)
class LayerStatus:
    """A layer. `range` and `chunk` as the farm has them; a cue frame's number is its chunk's first frame."""

    id: str
    name: str
    services: tuple[str, ...]
    command: str
    range: str
    chunk: int
    cores: float
    memory_kb: int
    counts: FrameCounts

    @property
    def is_ours(self) -> bool:
        """Whether this program sent it: it carries the service cueffmpeg, and a farm keeps that in first place."""
        return self.services[:1] == (SERVICE,)

    def last_of(self, number: int) -> int:
        """The last frame of the chunk that begins at `number`; a range that is no plain one cuts no chunk short."""
        last = number + max(1, self.chunk) - 1
        digits = LAST_NUMBER.search(self.range)
        return max(number, min(last, int(digits.group()))) if digits else last


@dataclass(frozen=True)
class FrameStatus:
    """A cue frame. `state` is WAITING, SETUP, RUNNING, SUCCEEDED, DEPEND, DEAD, EATEN or CHECKPOINT.

    `last_resource` is "host/cores/gpus". Times are seconds since 1970, 0 for "not yet".
    """

    id: str
    name: str
    number: int
    layer: str
    state: str
    exit_status: int
    retry_count: int
    start: int
    stop: int
    last_resource: str

    @property
    def is_lost(self) -> bool:
        """Whether it failed, given up or not."""
        return self.state in LOST

    def takes(self, action: str) -> bool:
        """Whether one of ACTION_STATES is for it in its state."""
        return self.state in ACTION_STATES[action]


def outcome(job: JobStatus) -> str:
    """ "running", "succeeded", "failed" or "stopped".

    failed: a frame is dead or eaten, and no other can run any more (frames that wait for it never will).
    stopped: the job was killed. Cuebot calls a killed job FINISHED and leaves its frames as they were.
    """
    counts = job.counts
    if not job.is_finished:
        return "failed" if counts.lost and not counts.runnable else "running"
    if counts.total and counts.succeeded == counts.total:
        return "succeeded"
    return "failed" if counts.lost and counts.lost + counts.succeeded == counts.total else "stopped"


def job_folder_of(command: str) -> Optional[str]:
    """The job folder in a layer's command, None when the command is not this program's."""
    match = next(filter(None, (ours.fullmatch(command) for ours in OUR_COMMANDS)), None)
    return match.group("folder") if match else None


def job_folder_in(layers: Iterable[LayerStatus]) -> Optional[str]:
    """The job folder of the job with these layers, None for another program's job."""
    return next(filter(None, (job_folder_of(layer.command) for layer in layers)), None)
