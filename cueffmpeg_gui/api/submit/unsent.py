# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Job folders whose submit was cut short: noted while a job is sent, and gone once the farm says it never came."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import time
from dataclasses import dataclass

from cueffmpeg_gui.errors import FarmRefused, FarmUnreachable, InputRefused
from cueffmpeg_gui.farm.connection import FarmConnection
from cueffmpeg_gui.farm.launch import find_launched
from cueffmpeg_gui.jobs.runs import is_dead, this_run
from cueffmpeg_gui.media.documents import from_plain, read_json, to_plain, write_json

SCHEMA = "cueffmpeg.sending/1"
NOTES = ".sending"
# What a farm was sent it may still be at work on, and lines hold things back: for minutes, if not for hours.
SETTLED_SECONDS = 24 * 3600.0


@dataclass(frozen=True)
class Sending:
    """A job that is being sent: its folder, which farm it goes to, and the process that sends it."""

    folder: str
    farm: str
    run: str


def note_sending(root: str, folder: str, farm: str) -> None:
    """Notes that a folder's job is on its way; where that cannot be written, its folder may stay for ever."""
    with contextlib.suppress(OSError):
        os.makedirs(os.path.join(root, NOTES), exist_ok=True)
        write_json(_path(root, folder), SCHEMA, to_plain(Sending(folder, farm, this_run())))


def forget_sending(root: str, folder: str) -> None:
    """It is known what became of it."""
    with contextlib.suppress(OSError):
        os.unlink(_path(root, folder))


def clear_unsent(root: str, farm: str, connection: FarmConnection) -> None:
    """Removes the folders that dead submits to this farm left, if the farm has no such jobs. Asks once about each."""
    for sending in _left(root, farm):
        try:
            is_there = find_launched(connection, os.path.basename(sending.folder), sending.folder)
        except (FarmUnreachable, FarmRefused):
            return
        if not is_there:
            shutil.rmtree(sending.folder, ignore_errors=True)
        forget_sending(root, sending.folder)


def _left(root: str, farm: str) -> list[Sending]:
    found = []
    with contextlib.suppress(OSError), os.scandir(os.path.join(root, NOTES)) as entries:
        for entry in entries:
            with contextlib.suppress(InputRefused, ValueError):
                sending = from_plain(Sending, read_json(entry.path, SCHEMA), entry.path)
                is_old = time.time() - entry.stat().st_mtime >= SETTLED_SECONDS
                is_inside = os.path.commonpath([root, os.path.normpath(sending.folder)]) == root
                if is_old and is_inside and sending.farm == farm and is_dead(sending.run):
                    found.append(sending)
    return found


def _path(root: str, folder: str) -> str:
    return os.path.join(root, NOTES, f"{hashlib.sha256(os.fsencode(folder)).hexdigest()[:24]}.json")
