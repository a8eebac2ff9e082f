# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The environment of a frame: what Cuebot and rqd give it, and the few things it needs on the artist's own computer."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path

from cueffmpeg_gui.localfarm.run.frame_order import RunOrder
from cueffmpeg_gui.localfarm.settings import FARM_MARK, FarmSettings

FIXED_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
# Passed to frames from the farm's own environment: where the user's home is, and which ffmpeg comes with the program.
INHERITED = ("HOME", "CUEFFMPEG_FFMPEG")


def frame_environment(
    order: RunOrder, settings: FarmSettings, root: Path, host: str, inherited: Mapping[str, str] = os.environ
) -> dict[str, str]:
    """Variables of one run. The python3 of the farm comes first in PATH, so a frame needs no other.

    Source: Cuebot's DispatchSupportService.prepareRqdRunFrame and rqd's setup_env_vars. A PATH of the job is dropped.
    """
    name = order.frame_name
    return {
        **{key: inherited[key] for key in INHERITED if key in inherited},
        **order.env,
        **dict(settings.frame_env),
        "PATH": os.pathsep.join([str(root / "bin"), *settings.frame_path, FIXED_PATH]),
        "TERM": "unknown",
        "USER": order.user,
        "LOGNAME": order.user,
        "mcp": "1",
        "show": order.show,
        "shot": order.shot,
        "jobid": order.job_name,
        "jobhost": host,
        "frame": name,
        "zframe": name,
        "logfile": str(order.log_file),
        "maxframetime": "0",
        "minspace": "200",
        "SP_NOMYCSHRC": "1",
        "CUE3": "True",
        "CUE_THREADS": str(order.threads),
        "CUE_MEMORY": str(order.memory),
        "CUE_GPUS": "0",
        "CUE_GPU_MEMORY": "0",
        "CUE_LOG_PATH": str(order.log_dir),
        "CUE_RANGE": order.frame_range,
        "CUE_CHUNK": str(order.chunk),
        "CUE_IFRAME": str(order.number),
        "CUE_LAYER": order.layer_name,
        "CUE_JOB": order.job_name,
        "CUE_FRAME": name,
        "CUE_SHOW": order.show,
        "CUE_SHOT": order.shot,
        "CUE_USER": order.user,
        "CUE_JOB_ID": order.job_id,
        "CUE_LAYER_ID": order.layer_id,
        "CUE_FRAME_ID": order.frame_id,
        "CUE_THREADABLE": str(int(order.threadable)),
        FARM_MARK: str(root),
    }


def provide_python(root: Path) -> None:
    """Put a `python3` into root/bin that is the one this farm runs on.

    A plain link is enough for an ordinary python; one of a virtual environment would forget that through a link.
    """
    folder = root / "bin"
    folder.mkdir(exist_ok=True)
    target, part = folder / "python3", folder / "python3.part"
    part.unlink(missing_ok=True)
    if sys.prefix == sys.base_prefix:
        part.symlink_to(sys.executable)
    else:
        part.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n', encoding="utf-8")
        part.chmod(0o700)
    os.replace(part, target)
