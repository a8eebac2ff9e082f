# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A second user of this computer, by six tricks and many times: never answered, and never believed."""

import os
import signal
import socket
import subprocess
import sys
from collections import Counter
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

from .losses import Losses

pytestmark = pytest.mark.skipif(os.getuid() != 0, reason="only root can be two users")
LONG = [pytest.mark.long, pytest.mark.timeout(3600)]
EACH = pytest.mark.parametrize("calls", [3, pytest.param(50, marks=LONG)])
REFUSED, NOBODY = "PERMISSION_DENIED", "UNAVAILABLE"


class Stranger:
    """A program of the second user that calls when it is told."""

    def __init__(self) -> None:
        command = [sys.executable, second_user.__file__, "calls"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def call(self, *words: object) -> str:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(" ".join(map(str, words)) + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().strip()

    def end(self) -> None:
        self._process.communicate()


@pytest.fixture(scope="module")
def stranger() -> Iterator[Stranger]:
    made = Stranger()
    yield made
    made.end()


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "farm"
    control.stop(tmp_path / "farm")


@pytest.fixture
def start(root: Path) -> Callable[[], int]:
    """Starts the farm; its port."""
    return lambda: control.start(root, settings=control.FarmSettings(cores=1)).port


@pytest.fixture
def _shared_ports() -> None:
    if not can_share_ports():
        pytest.skip("this kernel gives nobody another's source port")


@pytest.mark.usefixtures("_shared_ports")
@pytest.mark.parametrize("way", ["plain", "mapped"])
@EACH
def test_a_shared_source_port(
    calls: int, way: str, start: Callable[[], int], stranger: Stranger, losses: Losses
) -> None:
    port = start()
    trick = {"plain": "shared source port", "mapped": "mapped IPv4"}[way]
    with losses.attack(f"a second user: {trick}") as tally, socket.create_server(("127.0.0.1", 0)) as listener:
        for _ in range(calls):
            with socket.create_connection(listener.getsockname()) as own:
                answer = stranger.call(port, own.getsockname()[1], way)
            tally.check(answer == REFUSED, "refused", answer)


@pytest.mark.usefixtures("_shared_ports")
@EACH
def test_a_verdict_of_the_ports_last_owner(
    calls: int, start: Callable[[], int], stranger: Stranger, losses: Losses
) -> None:
    port = start()
    with losses.attack("a second user: cached verdict") as tally:
        for _ in range(calls):
            source = own_call(port)
            answer = stranger.call(port, source)
            tally.check(answer in (REFUSED, NOBODY), "refused" if answer == REFUSED else "no connection", answer)


def own_call(port: int) -> int:
    """A call of the farm's own user; the source port it came from."""
    before = set(sources(port))
    with grpc.insecure_channel(f"127.0.0.1:{port}", options=[("grpc.use_local_subchannel_pool", 1)]) as channel:
        cue_pb2_grpc.CueInterfaceStub(channel).GetSystemStats(cue_pb2.CueGetSystemStatsRequest(), timeout=20)
        return next(iter(set(sources(port)) - before))


def sources(port: int) -> list[int]:
    """Source ports of connections to the farm."""
    tables = [Path("/proc/net", name).read_text().splitlines()[1:] for name in ("tcp", "tcp6")]
    ends = [line.split()[1:4] for table in tables for line in table]
    return [int(local[-4:], 16) for local, remote, _ in ends if remote.endswith(f":{port:04X}")]


@EACH
def test_ipv6(calls: int, start: Callable[[], int], stranger: Stranger, losses: Losses) -> None:
    port = start()
    with losses.attack("a second user: IPv6") as tally:
        for _ in range(calls):
            answer = stranger.call(port, 0, "ipv6")
            tally.check(answer in (REFUSED, NOBODY), "refused" if answer == REFUSED else "nobody there", answer)


@EACH
def test_the_moment_of_the_start(
    calls: int, start: Callable[[], int], root: Path, stranger: Stranger, losses: Losses
) -> None:
    port = start()
    with losses.attack("a second user: start race") as tally:
        for _ in range(calls):
            control.stop(root)
            command = [sys.executable, "-m", "cueffmpeg_gui.localfarm", "--detach", f"--root={root}", "--port=0"]
            answers = Counter[str]()
            with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as starting:
                while starting.poll() is None:
                    answers[stranger.call(port)] += 1
            answers[stranger.call(port)] += 1
            tally.check(
                set(answers) <= {REFUSED, NOBODY}, "refused" if answers[REFUSED] else "nobody there", str(answers)
            )


@contextmanager
def squatter(port: int) -> Iterator[None]:
    command = [sys.executable, second_user.__file__, "squat", str(port)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        yield
        process.stdin.close()


@EACH
def test_a_squatted_port(calls: int, start: Callable[[], int], root: Path, losses: Losses) -> None:
    port = start()
    at = control.place(root)
    status = control.status(root)
    assert at is not None
    assert status is not None
    connection = connect(parse_address(at[0]), find=partial(control.place, root))
    os.kill(status.pid, signal.SIGKILL)
    wait_for(lambda: not is_held(root), "the farm's end")
    questions = (partial(ask, connection), partial(ask_once, connection), lambda: ask_anew(root, at[0]))
    with squatter(port), losses.attack("a second user: squatted port") as tally:
        for number in range(calls):
            try:
                questions[number % len(questions)]()
                tally.losses.append("a lie was believed")
            except FarmUnreachable:
                tally.held("not believed")
    connection.close()


def ask(connection: FarmConnection) -> None:
    connection.call("job", "GetJobs", job_pb2.JobGetJobsRequest())


def ask_once(connection: FarmConnection) -> None:
    connection.call_once("job", "LaunchSpecAndWait", job_pb2.JobLaunchSpecAndWaitRequest(spec="x"), 4)


def ask_anew(root: Path, address: str) -> None:
    connect(parse_address(address), find=partial(control.place, root)).close()
