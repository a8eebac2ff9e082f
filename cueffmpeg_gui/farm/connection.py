# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A connection to one farm: every call goes through it, has a deadline, and fails with a sentence.

It has a channel of its own and leaves pycue's process-wide one alone: two farms at once are no problem, a call never
reaches the wrong one, and pycue's silent retries neither lengthen a deadline nor launch a job twice.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Optional

import grpc
from opencue_proto import cue_pb2

from cueffmpeg_gui.errors import FarmUnreachable
from cueffmpeg_gui.farm.address import DEFAULT_PORT, FarmAddress
from cueffmpeg_gui.farm.call_proof import Seal
from cueffmpeg_gui.farm.channel import LocalLine, open_channel
from cueffmpeg_gui.farm.pycue import opencue
from cueffmpeg_gui.farm.wrapping import farm_errors
from cueffmpeg_gui.jobs.names import SERVICE_KEY

TIMEOUT_SECONDS = 4.0
# Calls under way at a time in call_many: few enough for a Cuebot's threads.
MANY = 32


@dataclass(frozen=True)
class FarmConnection:
    """A farm to talk to. `channel` None means pycue's own channel, as CueGUI has set it up.

    `ours` remembers by job id which jobs are this program's (see monitor.list_jobs). `line` leads to the local farm.
    """

    address: str
    timeout_seconds: float = TIMEOUT_SECONDS
    channel: Optional[Any] = None
    ours: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)
    line: Optional[LocalLine] = field(default=None, compare=False, repr=False)

    def call(self, service: str, method: str, request: Any, timeout_seconds: Optional[float] = None) -> Any:
        """The answer to one RPC, e.g. ("job", "GetJobs", JobGetJobsRequest()).

        Raises FarmUnreachable (no answer within the seconds) or FarmRefused.
        """
        answer, _ = self._call(service, method, request, timeout_seconds or self.timeout_seconds)
        return answer

    def call_for_service(self, service: str, method: str, request: Any, wanted: str) -> tuple[Any, bool]:
        """The answer to one RPC, and whether the farm left out the jobs of other services than `wanted`.

        The local farm does; a Cuebot cannot, and answers with all jobs. Raises as call() does.
        """
        if self.channel is None and self.line is None:
            return self.call(service, method, request), False
        told = (SERVICE_KEY, wanted)
        answer, call = self._call(service, method, request, self.timeout_seconds, (told,))
        return answer, told in [tuple(pair) for pair in call.trailing_metadata() or ()]

    def call_many(self, service: str, method: str, requests: Sequence[Any]) -> list[Any]:
        """The answers to many requests, MANY of them under way at a time; None where the farm says NOT_FOUND.

        Each has its deadline. Raises as call() does.
        """
        answers: list[Any] = []
        for start in range(0, len(requests), MANY):
            with farm_errors(self.address):
                ask, seal = self._asking(service, method)
                send = partial(ask.future, metadata=_metadata(seal))
                futures = [send(request, timeout=self.timeout_seconds) for request in requests[start : start + MANY]]
                answers += [_answer_or_none(future, seal, self.address) for future in futures]
        return answers

    def ping(self) -> None:
        """Asks for a sign of life. Raises FarmUnreachable."""
        self.call("cue", "GetSystemStats", cue_pb2.CueGetSystemStatsRequest())

    def close(self) -> None:
        """Ends the connection; calls under way fail. pycue's own channel is left open."""
        if self.line is not None:
            self.line.close()
        if self.channel is not None:
            self.channel.close()

    def _call(
        self, service: str, method: str, request: Any, timeout: float, told: tuple[tuple[str, str], ...] = ()
    ) -> tuple[Any, Any]:
        """The answer, and the call with what came beside the answer."""
        with farm_errors(self.address):
            try:
                ask, seal = self._asking(service, method)
                answer, call = ask.with_call(request, timeout=timeout, metadata=_metadata(seal, *told))
            except ValueError as error:
                raise _closed(self.address) from error
            except grpc.RpcError as error:
                if seal:
                    seal.check_refusal(error)
                raise
            return _checked(answer, call, seal, self.address), call

    def _asking(self, service: str, method: str) -> tuple[Any, Optional[Seal]]:
        """What sends a request, and the seal it needs."""
        channel, seal = self.line.now(method) if self.line else (self.channel, None)
        # Not getStub: that would choose hosts and connect, which is CueGUI's to do.
        channel = channel or getattr(opencue.Cuebot, "RpcChannel", None)
        if channel is None:
            raise FarmUnreachable("CueGUI is not connected to a Cuebot; this goes on when it is.")
        return getattr(opencue.Cuebot.getService(service)(channel), method), seal


def _closed(address: str) -> FarmUnreachable:
    """What grpc's ValueError means: close() has closed the channel."""
    return FarmUnreachable(f"The connection to the farm at {address} is closed; connect again.")


def _metadata(seal: Optional[Seal], *more: tuple[str, str]) -> Optional[tuple[tuple[str, str], ...]]:
    return (*(seal.metadata if seal else ()), *more) or None


def _checked(answer: Any, call: Any, seal: Optional[Seal], address: str) -> Any:
    if seal:
        seal.check(call)
    if answer is None:  # the end of the answer came, but not the answer
        raise FarmUnreachable(f"The answer of the farm at {address} was lost on its way; try again.")
    return answer


def _answer_or_none(future: Any, seal: Optional[Seal], address: str) -> Any:
    try:
        return _checked(future.result(), future, seal, address)
    except grpc.RpcError as error:
        if seal:
            seal.check_refusal(error)
        if error.code() == grpc.StatusCode.NOT_FOUND:
            return None
        raise


def connect(
    address: FarmAddress,
    timeout_seconds: float = TIMEOUT_SECONDS,
    find: Optional[Callable[[], Optional[tuple[str, str]]]] = None,
) -> FarmConnection:
    """A connection to the farm at `address`, after it has answered once. find: of the local farm; see LocalLine.

    Raises FarmUnreachable, at the latest after `timeout_seconds`; later calls have that deadline, too.
    """
    line = LocalLine(find, str(address)) if find else None
    channel = None if line else open_channel(str(address))
    connection = FarmConnection(str(address), timeout_seconds, channel, line=line)
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
