# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Which farm: the local one, started when it is needed, or a Cuebot."""

import os
import re
import socket
from dataclasses import replace
from functools import partial

from cueffmpeg_gui.api.ffmpeg import local_ffmpeg
from cueffmpeg_gui.errors import InputRefused, quoted
from cueffmpeg_gui.farm.address import FarmAddress, parse_address
from cueffmpeg_gui.farm.connection import FarmConnection, connect
from cueffmpeg_gui.localfarm import control
from cueffmpeg_gui.localfarm.settings import LOG_FORMATS, FarmSettings
from cueffmpeg_gui.settings import Settings

__all__ = [
    "FarmConnection",
    "connect_farm",
    "connect_running",
    "farm_identity",
    "local_farm_settings",
    "local_farm_status",
    "start_local_farm",
    "stop_local_farm",
    "submitting_uid",
]


def connect_farm(settings: Settings) -> FarmConnection:
    """The farm of the settings, ready for calls; the local farm is started if it does not run.

    Raises FarmUnreachable within seconds when no Cuebot answers.
    """
    if settings.is_local:
        return _connect_local(settings, str(start_local_farm(settings)))
    return connect(_cuebot(settings))


def connect_running(settings: Settings) -> FarmConnection | None:
    """As connect_farm, but a local farm that does not run stays so, and is None."""
    if not settings.is_local:
        return connect(_cuebot(settings))
    status = control.status(settings.home.local_farm)
    return _connect_local(settings, status.address) if status else None


def start_local_farm(settings: Settings, port: int = 0) -> control.LocalAddress:
    """Starts the local farm, or finds the running one. Raises CueffmpegError with the farm's own sentence."""
    return control.start(settings.home.local_farm, port=port, settings=local_farm_settings(settings))


def stop_local_farm(settings: Settings) -> bool:
    """Stops the local farm; whether one was running."""
    return control.stop(settings.home.local_farm)


def local_farm_status(settings: Settings) -> control.FarmStatus | None:
    """The running local farm, or None."""
    return control.status(settings.home.local_farm)


def farm_identity(settings: Settings) -> str:
    """What stands in a job folder for the farm it was sent to: a Cuebot's address, or whose local farm."""
    return f"{socket.gethostname()}:{settings.home.local_farm}" if settings.is_local else settings["farm"]


def local_farm_settings(settings: Settings) -> FarmSettings:
    """How the local farm shares this computer out; its frames use this computer's ffmpeg."""
    log_format = settings["local_rqd"]
    if log_format not in LOG_FORMATS:
        raise InputRefused(f"local_rqd is {quoted(log_format)}, but it must be one of {', '.join(LOG_FORMATS)}.")
    environment = (("CUEFFMPEG_FFMPEG", local_ffmpeg(settings)),)
    keep_days, keep_jobs = (_number(settings, name) for name in ("local_keep_days", "local_keep_jobs"))
    chosen = FarmSettings(log_format=log_format, frame_env=environment, keep_days=keep_days, keep_jobs=keep_jobs)
    cores = settings["local_cores"]
    if not cores:
        return chosen
    if not cores.isdigit() or int(cores) < 1:
        raise InputRefused(f"local_cores is {quoted(cores)}, but it must be a number of cores.")
    return replace(chosen, cores=int(cores))


def _number(settings: Settings, name: str) -> int:
    text = settings[name]
    if not re.fullmatch("[0-9]{1,6}", text):
        raise InputRefused(f"{name} is {quoted(text)}, but it must be a whole number; 0 stands for no limit.")
    return int(text)


def submitting_uid(settings: Settings) -> int | None:
    """The uid a spec carries: a Cuebot refuses 0, so root leaves it out there; the local farm takes its own user."""
    uid = os.getuid()
    if settings.is_local or uid != 0:
        return uid
    if settings.user == "root":
        raise InputRefused("A farm refuses jobs of user root; name the artist with --user.")
    return None


def _connect_local(settings: Settings, address: str) -> FarmConnection:
    """Both ends prove themselves with every call, and a farm that is started again is found again."""
    return connect(parse_address(address), find=partial(control.place, settings.home.local_farm))


def _cuebot(settings: Settings) -> FarmAddress:
    return parse_address(settings["farm"].split(",")[0])
