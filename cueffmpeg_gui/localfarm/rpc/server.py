# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The gRPC server: which service answers under which name, on loopback only, for one user only."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc

from cueffmpeg_gui.errors import CueffmpegError
from cueffmpeg_gui.localfarm.rpc.call_dispatch import CallTable
from cueffmpeg_gui.localfarm.rpc.farm import Farm
from cueffmpeg_gui.localfarm.rpc.farm_interface import CueService, FacilityService, HostService, ShowService
from cueffmpeg_gui.localfarm.rpc.job_interface import JobService
from cueffmpeg_gui.localfarm.rpc.layer_interface import FrameService, LayerService
from cueffmpeg_gui.localfarm.rpc.security import OwnUserOnly

HOST = "127.0.0.1"
THREADS = 16
_OPTIONS = [
    ("grpc.so_reuseport", 0),
    ("grpc.max_receive_message_length", 104857600),
    ("grpc.max_send_message_length", 104857600),
]


def call_table(farm: Farm) -> CallTable:
    return CallTable(
        {
            "cue.CueInterface": CueService(),
            "job.JobInterface": JobService(farm),
            "job.LayerInterface": LayerService(farm),
            "job.FrameInterface": FrameService(farm),
            "show.ShowInterface": ShowService(farm),
            "facility.FacilityInterface": FacilityService(),
            "host.HostInterface": HostService(farm),
        },
        farm.store.trouble.sentence,
    )


def serve(farm: Farm, port: int, secret: str = "", last_port: int = 0) -> tuple[Any, int]:
    """Bind and start; returns (server, port). Raises CueffmpegError if the port is taken.

    port: 0 takes `last_port`, where clients of an earlier farm look for it, or else a free one. secret: see security.
    """
    guard = OwnUserOnly(secret)
    server = grpc.server(
        ThreadPoolExecutor(THREADS, thread_name_prefix="call"),
        handlers=[call_table(farm)],
        interceptors=[guard],
        options=_OPTIONS,
    )
    bound = _bind(server, port) if port else _bind(server, last_port) or _bind(server, 0)
    if not bound:
        raise CueffmpegError(f"Port {port} of this computer is in use; ask for another one, or for none.")
    guard.address = f"{HOST}:{bound}"
    server.start()
    return server, bound


def _bind(server: Any, port: int) -> int:
    """The port that was bound, 0 if it is taken."""
    try:
        return int(server.add_insecure_port(f"{HOST}:{port}"))
    except RuntimeError:
        return 0
