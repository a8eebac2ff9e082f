# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A call as it goes over the line: bytes there and back, so that a proof can cover every one of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]  # it has none

from cueffmpeg_gui.farm.pycue import opencue
from cueffmpeg_gui.farm.wrapping import damaged_answer


@dataclass(frozen=True)
class RawCall:
    """`send` is gRPC's multicallable of bytes; the others make them of a request, and an answer of them."""

    send: Any
    to_bytes: Callable[[Any], bytes]
    from_bytes: Callable[[bytes], Any]

    def read(self, answer: bytes, address: str) -> Any:
        """The message. Raises FarmUnreachable for what is none."""
        try:
            return self.from_bytes(answer)
        except DecodeError:
            raise damaged_answer(address) from None


def raw_call(channel: Any, service: str, method: str) -> RawCall:
    """The call `method` of pycue's service ("job") over a channel."""
    # Not getStub: that would choose hosts and connect, which is CueGUI's to do.
    found: RawCall = getattr(opencue.Cuebot.getService(service)(_BytesChannel(channel)), method)
    return found


class _BytesChannel:
    """What a stub takes for a channel."""

    def __init__(self, channel: Any) -> None:
        self._channel = channel

    def unary_unary(self, path: str, request_serializer: Any, response_deserializer: Any, **more: Any) -> RawCall:
        return RawCall(self._channel.unary_unary(path, **more), request_serializer, response_deserializer)
