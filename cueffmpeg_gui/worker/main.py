# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Entry of worker.pyz: ``python3 worker.pyz FOLDER LAYER FRAME``. Maps every end to an exit code and a last line.

``python3 worker.pyz doctor`` says instead whether this host can do the work.
"""

import signal
import sys
import traceback
from collections.abc import Callable
from types import FrameType
from typing import Optional

from cueffmpeg_gui.errors import (
    Cancelled,
    CueffmpegError,
    FrameFailed,
    HostNotFit,
    InputRefused,
    OutputRejected,
    StorageAway,
    TemporaryTrouble,
)
from cueffmpeg_gui.jobs.folder import JobDocument
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.worker.audio import run_audio
from cueffmpeg_gui.worker.compare import run_compare
from cueffmpeg_gui.worker.doctor import run_doctor
from cueffmpeg_gui.worker.encode import run_encode
from cueffmpeg_gui.worker.failure import TEMPORARY
from cueffmpeg_gui.worker.join import run_join
from cueffmpeg_gui.worker.own_digest import check_worker
from cueffmpeg_gui.worker.report import linger, past_stopping, say
from cueffmpeg_gui.worker.storage import run_patiently
from cueffmpeg_gui.worker.summary import run_summary
from cueffmpeg_gui.worker.views import check_views

LAYERS: dict[str, Callable[[str, JobSpec, int], None]] = {
    "encode": run_encode,
    "audio": run_audio,
    "join": run_join,
    "compare": run_compare,
    "summary": run_summary,
}
# Those that read pictures through a view.
SEEING = ("encode", "compare")
# Never above 100 (rqds read those as signals), never 33 (Cuebot reads it as out of memory).
UNEXPECTED, TEMPORARY_EXIT = 1, 75
EXITS: dict[type[CueffmpegError], int] = {
    InputRefused: 2,
    FrameFailed: 3,
    OutputRejected: 4,
    HostNotFit: 5,
    TemporaryTrouble: TEMPORARY_EXIT,
    StorageAway: TEMPORARY_EXIT,
}


def main() -> None:
    """Runs the frame of the command line and exits."""
    signal.signal(signal.SIGTERM, _cancel)
    code = run_frame(sys.argv[1:])
    past_stopping()
    linger()
    sys.exit(code)


def run_frame(arguments: list[str]) -> int:
    """Does what the arguments say; returns the exit code. The last line of a failure is "error: " and one sentence."""
    try:
        _work(arguments)
    except CueffmpegError as error:
        return _fail(str(error), EXITS.get(type(error), UNEXPECTED))
    except Cancelled:
        return _fail("The farm stopped this frame.", TEMPORARY_EXIT)
    except OSError as error:
        code = TEMPORARY_EXIT if error.errno in TEMPORARY else UNEXPECTED
        return _fail(f"{error.filename or 'A file'} could not be used: {error.strerror}.", code)
    except Exception as error:
        for line in traceback.format_exc().splitlines():
            say(line)
        return _fail(f"Something unexpected happened ({type(error).__name__}: {error}).", UNEXPECTED)
    return 0


def _work(arguments: list[str]) -> None:
    if arguments == ["doctor"]:
        run_doctor()
        return
    folder, layer, frame = _read_arguments(arguments)
    run_patiently(folder, lambda job: _run_layer(folder, job, layer, frame))


def _run_layer(folder: str, job: JobDocument, layer: str, frame: int) -> None:
    check_worker(job.worker)
    if layer in SEEING:
        check_views(folder, job.spec)
    if layer not in [planned.name for planned in job.plan.layers]:
        raise InputRefused(f"The job {folder} has no layer {layer}.")
    for note in job.plan.notes:
        say(f"note: {note}")
    LAYERS[layer](folder, job.spec, frame)


def _read_arguments(arguments: list[str]) -> tuple[str, str, int]:
    if len(arguments) != 3 or arguments[1] not in LAYERS or not arguments[2].removeprefix("-").isdigit():
        raise InputRefused(f"Call it with a job folder, a layer ({', '.join(LAYERS)}) and a frame number, or: doctor.")
    return arguments[0], arguments[1], int(arguments[2])


def _fail(sentence: str, code: int) -> int:
    say("error: " + sentence)
    return code


def _cancel(number: int, frame: Optional[FrameType]) -> None:
    raise Cancelled
