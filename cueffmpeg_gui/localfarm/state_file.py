# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The farm's folder as others see it: who holds the lock, and where the holder answers."""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

MAX_PORT = 65536
STATE_SCHEMA = "cueffmpeg.farm/1"


@dataclass(frozen=True)
class FarmStatus:
    """A farm that runs. address: "127.0.0.1:PORT"; started: seconds since 1970; slots: cores; memory in KB."""

    address: str
    pid: int
    version: str
    started: float
    slots: int
    memory_kb: int


def lock_path(root: Path) -> Path:
    return root / "farm.lock"


def state_path(root: Path) -> Path:
    return root / "farm.json"


def log_path(root: Path) -> Path:
    return root / "farm.log"


def take_lock(root: Path) -> IO[str] | None:
    """The lock of the folder, held until the file is closed or the process ends; None if another process holds it."""
    handle = open(lock_path(root), "a", encoding="utf-8")  # noqa: SIM115  held for life
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        handle.close()
        return None
    return handle


def is_held(root: Path) -> bool:
    """Whether a living process holds the lock; the file alone proves nothing."""
    try:
        handle = open(lock_path(root), encoding="utf-8")  # noqa: SIM115  closed below
    except OSError:
        return False
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


def write_state(root: Path, status: FarmStatus) -> None:
    """Write farm.json in one step: readers see all of it or none."""
    text = json.dumps({"schema": STATE_SCHEMA, **asdict(status)}, indent=1)
    _replace(state_path(root), text)


def forget_state(root: Path) -> None:
    """Removes farm.json when it is this process's; the folder may be another farm's since."""
    status = read_state(root)
    if status is not None and status.pid == os.getpid():
        state_path(root).unlink(missing_ok=True)


def write_secret(root: Path, secret: str) -> None:
    """For programs of the same user only."""
    _replace(root / "farm.secret", secret)


def read_secret(root: Path) -> str:
    """The secret of the farm that runs or ran last; "" where there is none."""
    return _read(root / "farm.secret")


def write_last_port(root: Path, port: int) -> None:
    _replace(root / "farm.port", str(port))


def read_last_port(root: Path) -> int:
    """The port of the farm that ran last, 0 if it is not known."""
    text = _read(root / "farm.port")
    return int(text) if text.isdecimal() and int(text) < MAX_PORT else 0


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""


def _replace(path: Path, text: str) -> None:
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    with open(part, "w", encoding="utf-8", opener=_private) as file:
        file.write(text)
    os.replace(part, path)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_EXCL | os.O_NOFOLLOW, 0o600)


def read_state(root: Path) -> FarmStatus | None:
    """What farm.json says, true or stale; None when it is not there or of another schema."""
    try:
        fields = json.loads(state_path(root).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(fields, dict) or fields.pop("schema", None) != STATE_SCHEMA:
        return None
    return FarmStatus(**fields)


def answers(address: str, timeout: float = 1.0) -> bool:
    """Whether something listens at the address."""
    host, _, port = address.rpartition(":")
    try:
        with socket.create_connection((host, int(port)), timeout):
            return True
    except OSError:
        return False


def running_farm(root: Path) -> FarmStatus | None:
    """The farm that runs in this folder and listens; None if none does (yet)."""
    if not is_held(root):
        return None
    status = read_state(root)
    return status if status and answers(status.address) else None


@contextmanager
def private_umask() -> Iterator[int]:
    """Everything the farm itself makes is for its user alone; gives the mask the user has, which is for frames."""
    before = os.umask(0o077)
    try:
        yield before
    finally:
        os.umask(before)
