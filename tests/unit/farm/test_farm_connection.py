# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Farms that are not there, that are mute, and that are something else."""

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import grpc
import pytest
from faulty_line import FAULTS, FaultyLine
from opencue_proto import job_pb2

from cueffmpeg_gui.errors import DatabaseAway, FarmRefused, FarmUnreachable, LineEnded
from cueffmpeg_gui.farm.address import FarmAddress
from cueffmpeg_gui.farm.connection import connect, cuegui_connection
from cueffmpeg_gui.farm.pycue import opencue
from cueffmpeg_gui.farm.wrapping import error_of, farm_errors

LAUNCHING = "Failed to launch and add job: "
PENDING = f"{LAUNCHING}The job testing-sh010-alice_demo is already pending"


@pytest.fixture
def mute() -> Iterator[FarmAddress]:
    """Takes connections, and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield FarmAddress("127.0.0.1", server.getsockname()[1])


class Silent(BaseHTTPRequestHandler):
    """Refuses every request, and logs none."""

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def web() -> Iterator[FarmAddress]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Silent) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield FarmAddress("127.0.0.1", server.server_port)
        server.shutdown()
        thread.join()


def test_nobody_there_is_said_with_the_address_and_the_way_out() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, not listening: nobody else can take the port
        address = FarmAddress("127.0.0.1", taken.getsockname()[1])
        with pytest.raises(FarmUnreachable, match=rf"No farm answers at {address} .*refused.*cueffmpeg farm start"):
            connect(address)


def test_a_mute_farm_is_given_up_at_the_deadline(mute: FarmAddress) -> None:
    with pytest.raises(FarmUnreachable, match=f"The farm at {mute} did not answer in time"):
        connect(mute, timeout_seconds=0.3)


def test_a_web_server_is_no_farm(web: FarmAddress) -> None:
    with pytest.raises(FarmUnreachable, match=f"No farm answers at {web}"):
        connect(web, timeout_seconds=2)


def test_a_web_proxy_is_not_asked(scripted: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "grpc_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    connect(scripted.address).close()


def test_an_unknown_host_is_unreachable() -> None:
    with pytest.raises(FarmUnreachable, match=r"nosuch\.invalid"):
        connect(FarmAddress("nosuch.invalid"), timeout_seconds=1)


def test_later_calls_have_the_deadline_too(scripted: Any) -> None:
    connection = connect(scripted.address, timeout_seconds=2)
    scripted.answers["GetJobs"] = (grpc.StatusCode.DEADLINE_EXCEEDED, "Deadline Exceeded")
    with pytest.raises(FarmUnreachable, match="did not answer in time"):
        connection.call("job", "GetJobs", job_pb2.JobGetJobsRequest())
    connection.close()


REMOVED = "Stream removed (RST_STREAM (Received RST_STREAM with error code {}))"


@pytest.mark.parametrize(
    ("code", "details", "is_over"),
    [
        (grpc.StatusCode.UNAVAILABLE, "Stream removed (Socket closed)", True),
        (grpc.StatusCode.UNAVAILABLE, "Stream removed (recvmsg:Connection reset by peer (104))", True),
        (grpc.StatusCode.UNAVAILABLE, "Stream removed (GOAWAY received; Error code: 2; Debug Text: )", True),
        (grpc.StatusCode.UNAVAILABLE, REMOVED.format(7), True),
        (grpc.StatusCode.INTERNAL, REMOVED.format(2), True),
        (grpc.StatusCode.CANCELLED, REMOVED.format(8), True),
        (grpc.StatusCode.RESOURCE_EXHAUSTED, REMOVED.format(11), True),
        (grpc.StatusCode.INTERNAL, "Exception deserializing response!", True),
        (grpc.StatusCode.DEADLINE_EXCEEDED, "Deadline Exceeded", False),
        (grpc.StatusCode.DEADLINE_EXCEEDED, "Stream removed (Deadline Exceeded)", False),
        (grpc.StatusCode.DEADLINE_EXCEEDED, "last error: Socket closed", False),
        (grpc.StatusCode.CANCELLED, "Channel closed!", False),
        (grpc.StatusCode.UNAVAILABLE, "Received http2 header with status: 504", False),
        (grpc.StatusCode.UNAVAILABLE, "keepalive watchdog timeout", False),
        (grpc.StatusCode.UNAVAILABLE, "failed to connect to all addresses; last error: Connection refused", False),
    ],
)
def test_what_an_ending_proves(code: grpc.StatusCode, details: str, is_over: bool) -> None:
    error = error_of(code, details, "farm:8443")
    assert type(error) is (LineEnded if is_over else FarmUnreachable)


def test_a_closed_connection_says_so(scripted: Any) -> None:
    connection = connect(scripted.address)
    connection.close()
    with pytest.raises(FarmUnreachable, match="is closed; connect again"):
        connection.call("job", "GetJobs", job_pb2.JobGetJobsRequest())


def test_pycue_is_left_as_it_is(scripted: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (opencue.Cuebot.Hosts, opencue.Cuebot.Timeout, opencue.Cuebot.RpcChannel)
    connect(scripted.address).close()
    assert (opencue.Cuebot.Hosts, opencue.Cuebot.Timeout, opencue.Cuebot.RpcChannel) == before


def test_inside_cuegui_its_own_channel_is_used(scripted: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    scripted.answers["GetJobs"] = lambda request: job_pb2.JobGetJobsResponse()
    with grpc.insecure_channel(str(scripted.address)) as channel:
        monkeypatch.setattr(opencue.Cuebot, "RpcChannel", channel)
        connection = cuegui_connection()
        connection.call("job", "GetJobs", job_pb2.JobGetJobsRequest())
        connection.close()
        connection.call("job", "GetJobs", job_pb2.JobGetJobsRequest())
    assert len(scripted.requests("GetJobs")) == 2


REFUSALS = [
    (grpc.StatusCode.INTERNAL, PENDING, "alice_demo is already pending. Give the job another name"),
    (
        grpc.StatusCode.INTERNAL,
        "Failed to launch and add job: Cannot launch jobs as root.",
        "as root. Submit as another",
    ),
    (
        grpc.StatusCode.INTERNAL,
        "Failed to launch and add job: The nosuch does not exist. "
        "Please contact administrator of your OpenCue deployment to have this show created.",
        "refused: there is no show nosuch. Name a show",
    ),
    (grpc.StatusCode.NOT_FOUND, "Job not found", "does not know such a job"),
    (grpc.StatusCode.NOT_FOUND, "Incorrect result size: expected 1, actual 0", "does not know such a job"),
    (grpc.StatusCode.INTERNAL, "Failed to launch and add job: Incorrect result size: expected 1", "know the facility"),
    (grpc.StatusCode.PERMISSION_DENIED, "This farm belongs to bob.", "refused: This farm belongs to bob."),
    (grpc.StatusCode.UNIMPLEMENTED, "", "is it a Cuebot"),
    (grpc.StatusCode.UNKNOWN, "", "it gave no reason."),
]


@pytest.mark.parametrize(("code", "details", "words"), REFUSALS)
def test_a_refusal_is_a_sentence_with_a_way_out(code: grpc.StatusCode, details: str, words: str) -> None:
    error = error_of(code, details, "farm:1")
    assert isinstance(error, FarmRefused)
    assert words in str(error)
    assert "farm:1" in str(error)
    assert str(error).endswith((".", "?"))


def test_pycue_errors_are_turned_too() -> None:
    with (
        pytest.raises(FarmRefused, match="refused: The job testing-sh010-alice_demo is already"),
        farm_errors("farm:1"),
    ):
        raise opencue.exception.CueInternalErrorException(f"Server caught an internal exception. {PENDING}")
    with pytest.raises(FarmUnreachable), farm_errors("farm:1"):
        raise opencue.exception.ConnectionException("Unable to contact grpc server.")


BROKEN = {"OPENCUE_CONFIG_FILE": "][", "OUTLINE_CONFIG_FILE": "no section", "OL_CONFIG": "]"}


@pytest.mark.parametrize("module", ["pycue", "pyoutline"])
def test_broken_user_files_break_nothing(module: str, tmp_path: Any, monkeypatch: Any) -> None:
    for name, text in BROKEN.items():
        (tmp_path / name).write_text(text)
        monkeypatch.setenv(name, str(tmp_path / name))
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OUTLINE_OUTLINE_SPEC_VERSION", "0.1")
    code = (
        "import os; before = dict(os.environ)\n"
        f"import cueffmpeg_gui.farm.{module}\n"
        "[e.pop('GRPC_POLL_STRATEGY', None) for e in (os.environ, before)]; assert dict(os.environ) == before\n"
        "import sys; outline = sys.modules.get('outline')\n"
        "assert not outline or outline.config.get('outline', 'spec_version') == '1.15'\n"
        "assert not outline or '' not in outline.modules.__path__\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_many_calls_keep_their_order_and_mark_what_is_gone(scripted: Any, make_job: Callable[..., Any]) -> None:
    def layers(request: Any) -> Any:
        return job_pb2.JobGetLayersResponse(layers=job_pb2.LayerSeq(layers=[job_pb2.Layer(name=request.job.name)]))

    scripted.answers["GetLayers"] = layers
    connection = connect(scripted.address)
    requests = [job_pb2.JobGetLayersRequest(job=job_pb2.Job(name=str(n))) for n in range(100)]
    answers = connection.call_many("job", "GetLayers", requests)
    assert [answer.layers.layers[0].name for answer in answers] == [str(n) for n in range(100)]
    scripted.answers["GetLayers"] = (grpc.StatusCode.NOT_FOUND, "Job not found")
    assert connection.call_many("job", "GetLayers", requests[:2]) == [None, None]
    connection.close()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_broken_line_is_never_the_farms_no(scripted: Any, fault: str) -> None:
    scripted.answers["GetJobs"] = lambda request: job_pb2.JobGetJobsResponse(
        jobs=job_pb2.JobSeq(jobs=[job_pb2.Job(id="7" * 36, name="demo" * 9)])
    )
    line = FaultyLine(scripted.address.port, fault, dies=True, trigger=b"break here")
    connection = connect(FarmAddress("127.0.0.1", line.port), timeout_seconds=0.7)
    request = job_pb2.JobGetJobsRequest(r=job_pb2.JobSearchCriteria(substr=["break here"]))
    for ask in (
        lambda: connection.call("job", "GetJobs", request),
        lambda: connection.call_many("job", "GetJobs", [request]),
    ):
        with pytest.raises(FarmUnreachable) as raised:
            ask()
        assert str(line.port) in str(raised.value)
        assert str(raised.value).endswith(".")
    connection.close()
    line.close()


LINE_WORDS = [
    (grpc.StatusCode.INTERNAL, "Received RST_STREAM with error code 2"),
    (grpc.StatusCode.UNKNOWN, "Stream removed"),
    (grpc.StatusCode.INTERNAL, "Exception deserializing response!"),
    (grpc.StatusCode.RESOURCE_EXHAUSTED, "Stream removed (RST_STREAM (Received RST_STREAM with error code 11))"),
    (grpc.StatusCode.UNKNOWN, "Stream removed (Failed parsing HTTP/2 (Frame size 9301556 is larger than max))"),
]


@pytest.mark.parametrize(("code", "details"), LINE_WORDS)
def test_the_words_of_grpc_for_a_broken_line(code: grpc.StatusCode, details: str) -> None:
    assert isinstance(error_of(code, details, "farm:1"), FarmUnreachable)


@pytest.mark.parametrize(
    "details",
    [
        f"{LAUNCHING}Could not roll back JDBC transaction; nested exception: Connection is closed",
        f"{LAUNCHING}Could not open JDBC Connection for transaction; nested exception is java.sql.SQLException",
        "java.sql.SQLTransientConnectionException: HikariPool-1 - Connection is not available, request timed out.",
        "An I/O error occurred while sending to the backend.; nested exception is org.postgresql.util.PSQLException",
    ],
)
def test_a_cuebot_that_has_lost_its_database_does_not_say_no(details: str) -> None:
    error = error_of(grpc.StatusCode.INTERNAL, details, "farm:1")
    assert type(error) is DatabaseAway
    assert str(error) == "The farm at farm:1 has lost its database; try again when it is back."


def test_what_a_database_refuses_is_a_no() -> None:
    details = "PreparedStatementCallback; SQL [INSERT]; ERROR: value too long; org.postgresql.util.PSQLException"
    assert isinstance(error_of(grpc.StatusCode.INTERNAL, details, "farm:1"), FarmRefused)
