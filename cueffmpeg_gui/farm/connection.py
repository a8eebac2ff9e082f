# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A connection to one farm: every call goes through it, has a deadline, and fails with a sentence.

It has a channel of its own and leaves pycue's process-wide one alone: two farms at once are no problem, a call never
reaches the wrong one, and pycue's silent retries neither lengthen a deadline nor launch a job twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Optional

import grpc
from opencue_proto import cue_pb2

from cueffmpeg_gui.errors import FarmUnreachable
from cueffmpeg_gui.farm.address import DEFAULT_PORT, FarmAddress
from cueffmpeg_gui.farm.pycue import opencue
from cueffmpeg_gui.farm.wrapping import farm_errors
from cueffmpeg_gui.jobs.names import SERVICE_KEY

TIMEOUT_SECONDS = 4.0
# Calls under way at a time in call_many: few enough for a Cuebot's threads.
MANY = 32
CHANNEL_OPTIONS = (
    ("grpc.max_receive_message_length", 100 * 1024**2),
    ("grpc.max_send_message_length", 100 * 1024**2),
    # A farm is never behind a web proxy, and loopback least of all.
    ("grpc.enable_http_proxy", 0),
    # A farm that was started a moment ago must not be taken for down because it was down before.
    ("grpc.use_local_subchannel_pool", 1),
    ("grpc.initial_reconnect_backoff_ms", 200),
    ("grpc.max_reconnect_backoff_ms", 3000),
)


@dataclass(frozen=True)
class FarmConnection:
    """A farm to talk to. `channel` None means pycue's own channel, as CueGUI has set it up.

    `ours` remembers by job id which jobs are this program's (see monitor.list_jobs).
    """

    address: str
    timeout_seconds: float = TIMEOUT_SECONDS
    channel: Optional[Any] = None
    ours: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)

    def call(self, service: str, method: str, request: Any, timeout_seconds: Optional[float] = None) -> Any:
        """The answer to one RPC, e.g. ("job", "GetJobs", JobGetJobsRequest()).

        Raises FarmUnreachable (no answer within the seconds) or FarmRefused.
        """
        with farm_errors(self.address):
            try:
                stub = self._stub(service)
                return getattr(stub, method)(request, timeout=timeout_seconds or self.timeout_seconds)
            except ValueError as error:
                raise _closed(self.address) from error

    def call_for_service(self, service: str, method: str, request: Any, wanted: str) -> tuple[Any, bool]:
        """The answer to one RPC, and whether the farm left out the jobs of other services than `wanted`.

        The local farm does; a Cuebot cannot, and answers with all jobs. Raises as call() does.
        """
        if self.channel is None:
            return self.call(service, method, request), False
        told = ((SERVICE_KEY, wanted),)
        with farm_errors(self.address):
            try:
                ask = getattr(self._stub(service), method)
                answer, call = ask.with_call(request, timeout=self.timeout_seconds, metadata=told)
            except ValueError as error:
                raise _closed(self.address) from error
        return answer, told[0] in [tuple(pair) for pair in call.trailing_metadata() or ()]

    def call_many(self, service: str, method: str, requests: Sequence[Any]) -> list[Any]:
        """The answers to many requests, MANY of them under way at a time; None where the farm says NOT_FOUND.

        Each has its deadline. Raises as call() does.
        """
        answers: list[Any] = []
        for start in range(0, len(requests), MANY):
            with farm_errors(self.address):
                stub = getattr(self._stub(service), method)
                batch = requests[start : start + MANY]
                futures = [stub.future(request, timeout=self.timeout_seconds) for request in batch]
                answers += [_answer_or_none(future) for future in futures]
        return answers

    def ping(self) -> None:
        """Asks for a sign of life. Raises FarmUnreachable."""
        self.call("cue", "GetSystemStats", cue_pb2.CueGetSystemStatsRequest())

    def close(self) -> None:
        """Ends the connection; calls under way fail. pycue's own channel is left open."""
        if self.channel is not None:
            self.channel.close()

    def _stub(self, service: str) -> Any:
        # Not getStub: that would choose hosts and connect, which is CueGUI's to do.
        channel = self.channel or getattr(opencue.Cuebot, "RpcChannel", None)
        if channel is None:
            raise FarmUnreachable("CueGUI is not connected to a Cuebot; this goes on when it is.")
        return opencue.Cuebot.getService(service)(channel)


def _closed(address: str) -> FarmUnreachable:
    """What grpc's ValueError means: close() has closed the channel."""
    return FarmUnreachable(f"The connection to the farm at {address} is closed; connect again.")


def _answer_or_none(future: Any) -> Any:
    try:
        return future.result()
    except grpc.RpcError as error:
        if error.code() == grpc.StatusCode.NOT_FOUND:
            return None
        raise


def connect(address: FarmAddress, timeout_seconds: float = TIMEOUT_SECONDS) -> FarmConnection:
    """A connection to the farm at `address`, after it has answered once.

    Raises FarmUnreachable, at the latest after `timeout_seconds`; later calls have that deadline, too.
    """
    channel = grpc.insecure_channel(str(address), options=CHANNEL_OPTIONS)
    connection = FarmConnection(str(address), timeout_seconds, channel)
    try:
        connection.ping()
    except BaseException:
        connection.close()
        raise
    return connection


def cuegui_connection(timeout_seconds: float = TIMEOUT_SECONDS) -> FarmConnection:
    """The connection CueGUI already has: pycue's hosts and timeouts are not touched, calls still have a deadline."""
    return FarmConnection(cuegui_address() or "CueGUI's Cuebot", timeout_seconds)


def cuegui_address() -> str:
    """HOST:PORT of the Cuebot that CueGUI talks to (of several, that share one state, the first); "" for none."""
    host = next(iter(opencue.Cuebot.Hosts or ()), "")
    if not host or ":" in host:
        return str(host)
    return f"{host}:{opencue.Cuebot.Config.get('cuebot.grpc_port', DEFAULT_PORT)}"
