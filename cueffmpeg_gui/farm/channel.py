# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The way to a farm: a channel of its own, and for the local farm one that follows it to where it answers now."""

from collections.abc import Callable
from typing import Any, Optional

import grpc

from cueffmpeg_gui.farm.call_proof import Seal, make_seal

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


class LocalLine:
    """The way to the local farm: found anew by each call, since that farm may be started again at another port.

    `find` gives its address and secret as they are now, None while it does not run.
    """

    def __init__(self, find: Callable[[], Optional[tuple[str, str]]], address: str) -> None:
        self._find = find
        self._at = (address, "")
        self._channel = open_channel(address)
        self._closed = False

    def now(self, method: str) -> tuple[Any, Seal]:
        """The channel, and the seal of a call."""
        at, channel = self._find() or self._at, self._channel
        if at[0] != self._at[0] and not self._closed:
            # The old channel is not closed: another thread may be waiting for its answer, or its end.
            self._channel = channel = open_channel(at[0])
        self._at = at
        return channel, make_seal(at[1], at[0], method)

    def once(self) -> tuple[Any, Callable[[str], Seal]]:
        """A channel of its own that sends nothing twice, and what makes the seal of a call over it."""
        address, secret = self._find() or self._at
        return open_channel(address, again=False), lambda method: make_seal(secret, address, method)

    def close(self) -> None:
        """Ends it; calls fail from now on."""
        self._closed = True
        self._channel.close()


def open_channel(address: str, *, again: bool = True) -> Any:
    """A channel of its own to "HOST:PORT"; it connects when it is used, and again when it must.

    again: False keeps gRPC from sending a call a second time by itself, as it does when it takes the first for unseen.
    """
    options = (*CHANNEL_OPTIONS, *(() if again else (("grpc.enable_retries", 0),)))
    return grpc.insecure_channel(address, options=options)
