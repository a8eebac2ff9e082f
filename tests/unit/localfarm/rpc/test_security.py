# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Only the farm's own user is answered."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import grpc
import pytest
from farm_jobs import jobs_of, launch, layer
from opencue_proto import cue_pb2, cue_pb2_grpc, job_pb2

from cueffmpeg_gui.errors import LineEnded
from cueffmpeg_gui.farm.call_proof import make_seal
from cueffmpeg_gui.localfarm import control
from cueffmpeg_gui.localfarm.rpc.callers import owner, table_addresses
from cueffmpeg_gui.localfarm.rpc.security import REFUSAL, OwnUserOnly
from cueffmpeg_gui.proof import ANSWER_KEY, CALL_KEY, answer_text, call_text

FARM = "ipv4:127.0.0.1:9000"
TO_FARM, TO_MAPPED_FARM = "0100007F:2328", "0000000000000000FFFF00000100007F:2328"
HEAD = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"


def line(address: str, state: str, uid: int, to: str = TO_FARM, inode: int = 1) -> str:
    return f"   0: {address} {to} {state} 00000000:00000000 00:00000000 00000000 {uid:5d} 0 {inode} 2 0 20 0 0\n"


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
        "/proc/net/tcp6": HEAD + line("0000000000000000FFFF00000100007F:1F90", "01", 1000, TO_MAPPED_FARM),
    }
    assert owner("ipv4:127.0.0.1:8080", FARM, tables.__getitem__) == 1000
    assert owner("ipv6:[::ffff:127.0.0.1]:8080", FARM, tables.__getitem__) == 1000
    assert owner("ipv4:127.0.0.1:8081", FARM, tables.__getitem__) == 7
    assert owner("ipv4:127.0.0.1:8082", FARM, tables.__getitem__) is None
    assert owner("nonsense", FARM, tables.__getitem__) is None


PEER = "0100007F:1F90"
IN_DOUBT = {
    "the same port on its way to somewhere else": line(PEER, "01", 1000, "0100007F:1F99"),
    "two sockets that fit": line(PEER, "01", 1000) + line(PEER, "01", 0, inode=2),
    "a socket that no process holds": line(PEER, "01", 0, inode=0),
    "a connection that is ending": line(PEER, "04", 0),
    "nothing": "",
}


@pytest.mark.skipif(sys.byteorder != "little", reason="written for little-endian tables")
@pytest.mark.parametrize("lines", IN_DOUBT.values(), ids=IN_DOUBT)
def test_in_doubt_nobody_is_named(lines: str) -> None:
    tables = {"/proc/net/tcp": HEAD + lines, "/proc/net/tcp6": HEAD}
    assert owner("ipv4:127.0.0.1:8080", FARM, tables.__getitem__) is None


@pytest.mark.skipif(sys.byteorder != "little", reason="written for little-endian tables")
def test_of_two_users_with_one_port_the_one_who_calls_is_named() -> None:
    tables = {
        "/proc/net/tcp": HEAD + line(PEER, "01", 0, "0100007F:1F99") + line(PEER, "01", 1000, inode=2),
        "/proc/net/tcp6": HEAD,
    }
    assert owner("ipv4:127.0.0.1:8080", FARM, tables.__getitem__) == 1000


def test_whoever_cannot_be_told_is_refused() -> None:
    assert not OwnUserOnly().allows("ipv4:127.0.0.1:1")


CALL = """
import os, sys
import grpc
from opencue_proto import cue_pb2_grpc
os.setgroups([])
os.setuid(int(sys.argv[2]))
with grpc.insecure_channel(sys.argv[1]) as channel:
    try:
        channel.unary_unary("/job.JobInterface/GetJobs")(bytes.fromhex(sys.argv[3]), timeout=20)
        print("answered")
    except grpc.RpcError as error:
        print(error.code().name, error.details())
"""


def call_as(user: int, address: str, body: bytes = b"") -> str:
    command = [sys.executable, "-c", CALL, address, str(user), body.hex()]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout.strip()


@pytest.mark.skipif(os.getuid() != 0, reason="only root can call as another user")
def test_another_user_is_refused(start: Callable[..., control.LocalAddress]) -> None:
    address = str(start())
    assert call_as(0, address) == "answered"
    assert call_as(65534, address) == f"PERMISSION_DENIED {REFUSAL}"
    assert call_as(0, address) == "answered"


def test_the_secret_is_the_users_alone(start: Callable[..., control.LocalAddress], root: Path) -> None:
    start()
    assert (root / "farm.secret").stat().st_mode & 0o777 == 0o600
    assert root.stat().st_mode & 0o777 == 0o700
    first = control.place(root)
    control.stop(root)
    start()
    second = control.place(root)
    assert first is not None
    assert second is not None
    assert first[0] == second[0]
    assert first[1] != second[1]


def test_call_and_answer_prove_themselves(start: Callable[..., control.LocalAddress], root: Path) -> None:
    start()
    at = control.place(root)
    assert at is not None
    address, secret = at
    with grpc.insecure_channel(address) as channel:
        ask = cue_pb2_grpc.CueInterfaceStub(channel).GetSystemStats
        request = cue_pb2.CueGetSystemStatsRequest()
        good = call_text(secret, address, "GetSystemStats", "1")
        answer, call = ask.with_call(request, timeout=20, metadata=[(CALL_KEY, good)])
        proof = dict(call.trailing_metadata())[ANSWER_KEY]
        assert proof == answer_text(secret, address, "GetSystemStats", "1", answer.SerializeToString())
        wrong = [
            call_text(secret, address, "Kill", "1"),
            call_text(secret, "127.0.0.1:1", "GetSystemStats", "1"),
            call_text("", address, "GetSystemStats", "1"),
            call_text(secret, address, "GetSystemStats", "1", b"another request"),
            proof,
            "",
        ]
        for text in wrong:
            with pytest.raises(grpc.RpcError) as refused:
                ask(request, timeout=20, metadata=[(CALL_KEY, text)])
            assert refused.value.code() == grpc.StatusCode.PERMISSION_DENIED


@pytest.mark.skipif(os.getuid() != 0, reason="only root can call as another user")
@pytest.mark.parametrize("body", [b"\xff" * 9, b"\x0a\xff\xff\xff\xff\x0f", b"\x0a" * 30001])
def test_a_strangers_request_is_not_even_read(start: Callable[..., control.LocalAddress], body: bytes) -> None:
    address = str(start())
    assert call_as(65534, address, body) == f"PERMISSION_DENIED {REFUSAL}"
    assert call_as(0, address, body).startswith("INVALID_ARGUMENT")


def test_not_a_bit_of_an_answer_or_a_request_changes_unseen(
    start: Callable[..., control.LocalAddress], root: Path
) -> None:
    with jobs_of(start()) as jobs:
        launch(jobs, layer("/bin/true"))
    at = control.place(root)
    assert at is not None
    seal = make_seal(at[1], at[0], "GetJobs")
    request = job_pb2.JobGetJobsRequest(r=job_pb2.JobSearchCriteria(include_finished=True)).SerializeToString()
    with grpc.insecure_channel(at[0]) as channel:
        ask = channel.unary_unary("/job.JobInterface/GetJobs")
        answer, call = ask.with_call(request, timeout=20, metadata=seal.metadata(request))
        assert b"testing-sh010-artist_test" in answer
        seal.check(call, answer)
        for place in range(0, len(answer), 7):
            changed = bytes(byte ^ (at == place) for at, byte in enumerate(answer))
            with pytest.raises(LineEnded, match="damaged on its way"):
                seal.check(call, changed)
        with pytest.raises(LineEnded):
            seal.check(call, None)
        with pytest.raises(grpc.RpcError) as refused:
            ask(request[:-1] + b"\0", timeout=20, metadata=make_seal(at[1], at[0], "GetJobs").metadata(request))
        assert refused.value.code() == grpc.StatusCode.PERMISSION_DENIED
