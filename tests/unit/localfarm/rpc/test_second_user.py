# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A second user of this computer, by every trick: neither answered by the farm, nor taken for it."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import grpc
import pytest
import second_user
from opencue_proto import cue_pb2, cue_pb2_grpc, job_pb2
from second_user import can_share_ports
from waiting import wait_for

from cueffmpeg_gui.errors import FarmUnreachable
from cueffmpeg_gui.farm.address import parse_address
from cueffmpeg_gui.farm.connection import FarmConnection, connect
from cueffmpeg_gui.localfarm import control
from cueffmpeg_gui.localfarm.state_file import is_held

pytestmark = pytest.mark.skipif(os.getuid() != 0, reason="only root can be two users")
PROGRAM = second_user.__file__
REFUSED = "PERMISSION_DENIED"
Start = Callable[..., control.LocalAddress]


def call_as_second(port: int, *more: str) -> str:
    command = [sys.executable, PROGRAM, "call", str(port), *more]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout.strip()


@contextmanager
def squatter(port: int, target: str = "") -> Iterator[None]:
    command = [sys.executable, PROGRAM, "squat", str(port), *([target] if target else [])]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        yield
        process.stdin.close()


def connect_own(root: Path) -> FarmConnection:
    at = control.place(root)
    assert at is not None
    return connect(parse_address(at[0]), find=partial(control.place, root))


def list_jobs(connection: FarmConnection) -> list[str]:
    answer = connection.call("job", "GetJobs", job_pb2.JobGetJobsRequest())
    return [job.name for job in answer.jobs.jobs]


def kill_farm(root: Path) -> None:
    status = control.status(root)
    assert status is not None
    os.kill(status.pid, signal.SIGKILL)
    wait_for(lambda: not is_held(root), "the farm's end")


@pytest.fixture(autouse=True)
def _ports_can_be_shared() -> None:
    if not can_share_ports():
        pytest.skip("this kernel gives nobody another's source port")


@pytest.mark.parametrize("family", ["plain", "mapped"])
@pytest.mark.parametrize("elsewhere", ["a listener", "the farm"])
def test_sharing_a_source_port_with_the_farms_user_is_of_no_use(start: Start, elsewhere: str, family: str) -> None:
    port = start().port
    with socket.create_server(("127.0.0.1", 0)) as listener:
        target = port if elsewhere == "the farm" else listener.getsockname()[1]
        with socket.create_connection(("127.0.0.1", target)) as own:
            source = own.getsockname()[1]
            if elsewhere == "the farm":
                own.close()  # whoever had the port a moment ago does not count
            answers = [call_as_second(port, str(source), family) for _ in range(3)]
    assert answers == [REFUSED] * 3


def test_a_verdict_is_not_kept_for_the_next_owner_of_a_port(start: Start) -> None:
    address = start()
    with grpc.insecure_channel(str(address)) as channel:
        stub = cue_pb2_grpc.CueInterfaceStub(channel)
        for _ in range(3):
            stub.GetSystemStats(cue_pb2.CueGetSystemStatsRequest(), timeout=20)
        sources = own_ports(address.port)
    assert sources
    assert [call_as_second(address.port, str(source)) for source in sources] == [REFUSED] * len(sources)


def own_ports(port: int) -> list[int]:
    """Source ports of connections to the farm."""
    tables = [Path("/proc/net", name).read_text().splitlines()[1:] for name in ("tcp", "tcp6")]
    ends = [line.split()[1:3] for table in tables for line in table]
    return [int(local[-4:], 16) for local, remote in ends if remote.endswith(f":{port:04X}")]


def test_no_moment_of_the_start_answers_a_second_user(start: Start, root: Path) -> None:
    port = start().port
    control.stop(root)
    answers: set[str] = set()
    done = threading.Event()

    def call_again_and_again() -> None:
        while not done.is_set():
            answers.add(call_as_second(port))

    callers = [threading.Thread(target=call_again_and_again) for _ in range(2)]
    for caller in callers:
        caller.start()
    assert start().port == port
    wait_for(lambda: REFUSED in answers, "a call of the second user after the start")
    done.set()
    for caller in callers:
        caller.join()
    assert answers <= {REFUSED, "UNAVAILABLE"}


def test_whoever_takes_a_dead_farms_port_is_not_believed(start: Start, root: Path) -> None:
    port = start().port
    connection = connect_own(root)
    assert list_jobs(connection) == []
    kill_farm(root)
    with squatter(port):
        with pytest.raises(FarmUnreachable):
            wait_for(lambda: list_jobs(connection), "a lie")
        with pytest.raises(FarmUnreachable, match="not this user's local farm"):
            connect_own(root)
        assert start().port != port
        assert list_jobs(connection) == []
    connection.close()


def test_a_question_that_is_passed_on_brings_back_no_proof(start: Start, root: Path) -> None:
    port = start().port
    connection = connect_own(root)
    kill_farm(root)
    with squatter(port):
        now = start()
    stale = connect_own(root)
    with squatter(port, str(now)):
        at = control.place(root)
        assert at is not None
        with pytest.raises(FarmUnreachable):
            connect(parse_address(f"127.0.0.1:{port}"), find=lambda: (f"127.0.0.1:{port}", at[1]))
    assert list_jobs(connection) == list_jobs(stale) == []
    connection.close()
    stale.close()
