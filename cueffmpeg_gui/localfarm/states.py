# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The states of frames and jobs, with the numbers of OpenCue's job.proto (a test compares them)."""

from enum import IntEnum


class FrameState(IntEnum):
    WAITING = 0
    SETUP = 1
    RUNNING = 2
    SUCCEEDED = 3
    DEPEND = 4
    DEAD = 5
    EATEN = 6
    CHECKPOINT = 7


class JobState(IntEnum):
    PENDING = 0
    FINISHED = 1
    STARTUP = 2
    SHUTDOWN = 3
    POSTED = 4


class LayerType(IntEnum):
    PRE = 0
    POST = 1
    RENDER = 2
    UTIL = 3


class DependType(IntEnum):
    JOB_ON_JOB = 0
    JOB_ON_LAYER = 1
    JOB_ON_FRAME = 2
    LAYER_ON_JOB = 3
    LAYER_ON_LAYER = 4
    LAYER_ON_FRAME = 5
    FRAME_ON_JOB = 6
    FRAME_ON_LAYER = 7
    FRAME_ON_FRAME = 8
    FRAME_BY_FRAME = 9
    PREVIOUS_FRAME = 10
    LAYER_ON_SIM_FRAME = 11


# A frame in one of these needs nothing more: a job whose frames are all in them is FINISHED.
DONE = frozenset({FrameState.SUCCEEDED, FrameState.EATEN})

# Exit statuses Cuebot gives frames that did not end by themselves (its Dispatcher and FrameDaoJdbc).
NEVER_RAN = -1
FAILED_LAUNCH = 256
SKIP_RETRY = 286
CLEARED = 299
ORPHAN = 301
STOPPED_BY_HAND = 500  # plus the number of the state the frame was put in

# A start after one of these is not counted as a retry.
NOT_A_RETRY = (NEVER_RAN, SKIP_RETRY, FAILED_LAUNCH, CLEARED, ORPHAN, 302, 399)
