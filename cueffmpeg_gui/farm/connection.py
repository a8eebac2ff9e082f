# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A connection to one farm: every call goes through it, has a deadline, and fails with a sentence.

It has a channel of its own and leaves pycue's process-wide one alone: two farms at once are no problem, a call never
reaches the wrong one, and pycue's silent retries neither lengthen a deadline nor launch a job twice.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any, Optional

import grpc
from opencue_proto import cue_pb2

from cueffmpeg_gui.errors import FarmUnreachable, LineEnded, NeverSent
from cueffmpeg_gui.farm.address import DEFAULT_PORT, FarmAddress
from cueffmpeg_gui.farm.call_proof import Seal
from cueffmpeg_gui.farm.channel import LocalLine, open_channel
from cueffmpeg_gui.farm.pycue import opencue
from cueffmpeg_gui.farm.raw_call import RawCall, raw_call
from cueffmpeg_gui.farm.wrapping import farm_errors
from cueffmpeg_gui.jobs.names import SERVICE_KEY

TIMEOUT_SECONDS = 4.0
# Calls under way at a time in call_many: few enough for a Cuebot's threads.
MANY = 32
# What is asked for a sign of life.
PING = ("cue", "GetSystemStats")


@dataclass(frozen=True)
class _Asked:
    """A request that is ready to be sent."""

    call: RawCall
    body: bytes
    seal: Optional[Seal]

    def metadata(self, *more: tuple[str, str]) -> Optional[tuple[tuple[str, str], ...]]:
        """What goes with it."""
        return (*(self.seal.metadata(self.body) if self.seal else ()), *more) or None


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

    def call_once(self, service: str, method: str, request: Any, timeout_seconds: float) -> Any:
        """As call(), for what must not arrive twice, nor unseen: over a line of its own that has answered just before.

        Raises NeverSent when that line does not answer, so that the request stayed here; FarmUnreachable, of the kind
        that tells whether it may still arrive; FarmRefused.
        """
        channel, sealing = self.line.once() if self.line else (open_channel(self.address, again=False), None)

        def asked(service: str, method: str, request: Any) -> _Asked:
            call = raw_call(channel, service, method)
            return _Asked(call, call.to_bytes(request), sealing(method) if sealing else None)

        try:
            try:
                _send(self.address, asked(*PING, cue_pb2.CueGetSystemStatsRequest()), self.timeout_seconds)
            except FarmUnreachable as error:
                raise NeverSent(str(error)) from None
            return _send(self.address, asked(service, method, request), timeout_seconds)[0]
        finally:
            channel.close()

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
                asked = [self._asked(service, method, request) for request in requests[start : start + MANY]]
                futures = [
                    one.call.send.future(one.body, timeout=self.timeout_seconds, metadata=one.metadata())
                    for one in asked
                ]
                answers += map(_answer_or_none, asked, futures, repeat(self.address))
        return answers

    def ping(self) -> None:
        """Asks for a sign of life. Raises FarmUnreachable."""
        self.call(*PING, cue_pb2.CueGetSystemStatsRequest())

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
        return _send(self.address, self._asked(service, method, request), timeout, told)

    def _asked(self, service: str, method: str, request: Any) -> _Asked:
        channel, seal = self.line.now(method) if self.line else (self.channel, None)
        channel = channel or getattr(opencue.Cuebot, "RpcChannel", None)
        if channel is None:
            raise FarmUnreachable("CueGUI is not connected to a Cuebot; this goes on when it is.")
        call = raw_call(channel, service, method)
        return _Asked(call, call.to_bytes(request), seal)


def _send(address: str, asked: _Asked, timeout: float, told: tuple[tuple[str, str], ...] = ()) -> tuple[Any, Any]:
    """The answer, and the call with what came beside the answer."""
    with farm_errors(address):
        try:
            answer, ended = asked.call.send.with_call(asked.body, timeout=timeout, metadata=asked.metadata(*told))
        except ValueError as error:
            raise _closed(address) from error
        except grpc.RpcError as error:
            if asked.seal:
                asked.seal.check_refusal(error)
            raise
        return _checked(asked, answer, ended, address), ended


def _closed(address: str) -> FarmUnreachable:
    """What grpc's ValueError means: close() has closed the channel."""
    return FarmUnreachable(f"The connection to the farm at {address} is closed; connect again.")


def _checked(asked: _Asked, answer: Optional[tuple[bytes, Any]], ended: Any, address: str) -> Any:
    if answer is None:  # the end of the answer came, but not the answer
        raise LineEnded(f"The answer of the farm at {address} was lost on its way; try again.")
    body, message = answer
    if asked.seal:
        asked.seal.check(ended, body)
    return message


def _answer_or_none(asked: _Asked, future: Any, address: str) -> Any:
    try:
        return _checked(asked, future.result(), future, address)
    except grpc.RpcError as error:
        if asked.seal:
            asked.seal.check_refusal(error)
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
