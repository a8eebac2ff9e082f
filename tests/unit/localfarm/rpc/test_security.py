# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Only the farm's own user is answered."""

import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from cueffmpeg_gui.localfarm import control
from cueffmpeg_gui.localfarm.rpc.security import REFUSAL, OwnUserOnly, owner, table_addresses

HEAD = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"


def line(address: str, state: str, uid: int) -> str:
    return (
        f"   0: {address} 0100007F:1F90 {state} 00000000:00000000 00:00000000 00000000 {uid:5d}        0 1 2 0 20 0 0\n"
    )


@pytest.mark.skipif(sys.byteorder != "little", reason="written for little-endian tables")
def test_addresses_as_the_kernel_writes_them() -> None:
    assert table_addresses("ipv4:127.0.0.1:8080") == {
        "/proc/net/tcp": "0100007F:1F90",
        "/proc/net/tcp6": "0000000000000000FFFF00000100007F:1F90",
    }
    assert table_addresses("ipv6:%5B::1%5D:8080") == {"/proc/net/tcp6": "00000000000000000000000001000000:1F90"}
    assert table_addresses("unix:/tmp/socket") == {}


@pytest.mark.skipif(sys.byteorder != "little", reason="written for little-endian tables")
def test_the_owner_is_read_from_the_table() -> None:
    tables = {
        "/proc/net/tcp": HEAD + line("0100007F:1F91", "01", 7) + line("0100007F:1F90", "06", 0),
        "/proc/net/tcp6": HEAD + line("0000000000000000FFFF00000100007F:1F90", "01", 1000),
    }
    assert owner("ipv4:127.0.0.1:8080", tables.__getitem__) == 1000
    assert owner("ipv4:127.0.0.1:8081", tables.__getitem__) == 7
    assert owner("ipv4:127.0.0.1:8082", tables.__getitem__) is None
    assert owner("nonsense", tables.__getitem__) is None


def test_whoever_cannot_be_told_is_refused() -> None:
    assert not OwnUserOnly().allows("ipv4:127.0.0.1:1")


CALL = """
import os, sys
import grpc
from opencue_proto import cue_pb2, cue_pb2_grpc
os.setgroups([])
os.setuid(int(sys.argv[2]))
with grpc.insecure_channel(sys.argv[1]) as channel:
    try:
        cue_pb2_grpc.CueInterfaceStub(channel).GetSystemStats(cue_pb2.CueGetSystemStatsRequest(), timeout=20)
        print("answered")
    except grpc.RpcError as error:
        print(error.code().name, error.details())
"""


def call_as(user: int, address: str) -> str:
    command = [sys.executable, "-c", CALL, address, str(user)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout.strip()


@pytest.mark.skipif(os.getuid() != 0, reason="only root can call as another user")
def test_another_user_is_refused(start: Callable[..., control.LocalAddress]) -> None:
    address = str(start())
    assert call_as(0, address) == "answered"
    assert call_as(65534, address) == f"PERMISSION_DENIED {REFUSAL}"
    assert call_as(0, address) == "answered"
