# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The life of a farm process: one per folder, resumed where an earlier one stopped, ended by TERM."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sqlite3
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import cueffmpeg_gui
from cueffmpeg_gui.errors import CueffmpegError
from cueffmpeg_gui.localfarm.rpc.farm import Farm
from cueffmpeg_gui.localfarm.rpc.server import HOST, serve
from cueffmpeg_gui.localfarm.run.dispatcher import Dispatcher
from cueffmpeg_gui.localfarm.run.frame_environment import provide_python
from cueffmpeg_gui.localfarm.run.frame_run import RunSettings
from cueffmpeg_gui.localfarm.run.orphans import clear_orphans
from cueffmpeg_gui.localfarm.settings import FarmCall
from cueffmpeg_gui.localfarm.state_file import (
    FarmStatus,
    answers,
    forget_state,
    lock_path,
    read_last_port,
    state_path,
    write_last_port,
    write_secret,
    write_state,
)
from cueffmpeg_gui.localfarm.store.database import Store
from cueffmpeg_gui.proof import new_secret

_log = logging.getLogger(__name__)

LAST_CALLS_SECONDS = 1.0
# Calls and frames that have not ended by then are left to the system, and to the next start.
LAST_SECONDS = 10.0
# How often the farm sees to it that its folder is still there.
LOOK_SECONDS = 5.0


def run_farm(call: FarmCall, on_ready: Callable[[str], None]) -> None:
    """Run the farm of a folder whose lock is held, until TERM or INT. on_ready(address) once it answers.

    Raises CueffmpegError when it cannot start.
    """
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    store = _open(call.root)
    try:
        _serve(call, store, stop, on_ready)
    finally:
        store.close()


def cannot_use(root: Path, error: Exception) -> CueffmpegError:
    """The sentence for a folder the system does not let the farm use: a full disk, missing rights."""
    return CueffmpegError(f"The local farm cannot use {root}: {getattr(error, 'strerror', None) or error}.")


def _open(root: Path) -> Store:
    try:
        state_path(root).unlink(missing_ok=True)
        for folder in ("logs", "runs"):
            (root / folder).mkdir(exist_ok=True)
        provide_python(root)
        return Store(root / "farm.db")
    except (OSError, sqlite3.Error) as error:
        raise cannot_use(root, error) from error


def _serve(call: FarmCall, store: Store, stop: threading.Event, on_ready: Callable[[str], None]) -> None:
    cleared = clear_orphans(store, call.root)
    if cleared:
        _log.info("%d frames of an earlier farm run again.", cleared)
    host = socket.gethostname()
    dispatcher = Dispatcher(store, RunSettings(call.settings, call.root, host, call.umask))
    root_allowed = os.getuid() == 0 and not call.settings.strict
    farm = Farm(store, dispatcher, call.settings, call.root, host, root_allowed)
    secret = new_secret()
    server, port = serve(farm, call.port, secret, read_last_port(call.root))
    try:
        _remember(call.root, secret, port)
        dispatcher.start()
        _announce(call, farm, f"{HOST}:{port}", on_ready)
        held = os.stat(lock_path(call.root))
        while not stop.wait(LOOK_SECONDS):
            if not _is_home(call.root, held):
                _log.error("%s is gone, so this farm ends.", call.root)
                break
    finally:
        _log.info("The farm is being stopped.")
        _end_in_time(call.root, dispatcher)
        server.stop(LAST_CALLS_SECONDS).wait()
        dispatcher.stop()
        forget_state(call.root)


def _is_home(root: Path, held: os.stat_result) -> bool:
    """Whether the folder is still there and this farm's; one whose storage does not answer may come back."""
    try:
        return os.path.samestat(os.stat(lock_path(root)), held)
    except FileNotFoundError:
        return False
    except OSError:
        return True


def _end_in_time(root: Path, dispatcher: Dispatcher) -> None:
    """However this farm hangs, it is gone soon, and what its frames started as well."""

    def leave() -> None:
        _log.error("The farm does not end by itself; it leaves now.")
        dispatcher.abandon()
        forget_state(root)
        os._exit(0)

    watch = threading.Timer(LAST_SECONDS, leave)
    watch.daemon = True
    watch.start()


def _remember(root: Path, secret: str, port: int) -> None:
    """The secret of this farm for its user's programs, and its port for the next farm."""
    try:
        write_secret(root, secret)
        write_last_port(root, port)
    except OSError as error:
        raise cannot_use(root, error) from error


def _announce(call: FarmCall, farm: Farm, address: str, on_ready: Callable[[str], None]) -> None:
    if not answers(address):
        raise CueffmpegError(f"The local farm does not answer at {address}.")
    settings = call.settings
    status = FarmStatus(
        address=address,
        pid=os.getpid(),
        version=cueffmpeg_gui.__version__,
        started=farm.started,
        slots=settings.cores,
        memory_kb=settings.memory_kb,
    )
    try:
        write_state(call.root, status)
    except OSError as error:
        raise cannot_use(call.root, error) from error
    _log.info("The farm %s answers at %s.", cueffmpeg_gui.__version__, address)
    on_ready(address)


def begin_log(path: Path) -> None:
    """Everything this process writes goes to its log from here on."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    sys.stdout.flush()
    sys.stderr.flush()
    os.dup2(handle, 1)
    os.dup2(handle, 2)
    os.close(handle)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s", force=True)
    logging.Formatter.converter = time.localtime
