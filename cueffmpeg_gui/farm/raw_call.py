# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A call as it goes over the line: bytes there and back, so that a proof can cover every one of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cueffmpeg_gui.farm.pycue import opencue


@dataclass(frozen=True)
class RawCall:
    """`send` is gRPC's multicallable: bytes go, and what comes back is a pair of the answer's bytes and its message."""

    send: Any
    to_bytes: Callable[[Any], bytes]


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
        def both(data: bytes) -> tuple[bytes, Any]:
            return data, response_deserializer(data)

        return RawCall(self._channel.unary_unary(path, response_deserializer=both, **more), request_serializer)
