# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Who calls: loopback is open to every user of the computer, the farm is not."""

from __future__ import annotations

import os
import re
import socket
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import grpc

_IPV4_TABLE, _IPV6_TABLE = "/proc/net/tcp", "/proc/net/tcp6"
_MAPPED = bytes(10) + b"\xff\xff"  # before an IPv4 address in an IPv6 socket
_PEER = re.compile(r"ipv([46]):\[?([^\]]+?)\]?:(\d+)")
_ESTABLISHED = "01"
_LOOKS = 3  # the kernel's table may miss a line while it changes
_FRESH_SECONDS = 1.0
REFUSAL = "This local farm belongs to another user of this computer."


def table_addresses(peer: str) -> dict[str, str]:
    """gRPC's name of a peer → the kernel's tables it may stand in, and how it is written there.

    The kernel writes addresses as 32-bit words of this computer's byte order, in hexadecimal; an IPv4 peer may be
    found among the IPv6 sockets.
    """
    match = _PEER.fullmatch(unquote(peer))
    if not match:
        return {}
    family = socket.AF_INET if match[1] == "4" else socket.AF_INET6
    try:
        packed = socket.inet_pton(family, match[2].partition("%")[0])
    except OSError:
        return {}
    mapped = _MAPPED + packed if match[1] == "4" else packed
    port = f":{int(match[3]):04X}"
    found = {_IPV6_TABLE: _words(mapped) + port}
    if mapped.startswith(_MAPPED):
        found[_IPV4_TABLE] = _words(mapped[len(_MAPPED) :]) + port
    return found


def _words(packed: bytes) -> str:
    starts = range(0, len(packed), 4)
    return "".join(f"{int.from_bytes(packed[start : start + 4], sys.byteorder):08X}" for start in starts)


def _read_table(path: str) -> str:
    try:
        return Path(path).read_text()
    except OSError:
        return ""


def owner(peer: str, read_table: Callable[[str], str] = _read_table) -> int | None:
    """User id of the process at the other end of a loopback connection; None if it is not found."""
    addresses = table_addresses(peer)
    for _ in range(_LOOKS):
        for path, address in addresses.items():
            for line in read_table(path).splitlines()[1:]:
                fields = line.split()
                if fields[1] == address and fields[3] == _ESTABLISHED:
                    return int(fields[7])
    return None


class OwnUserOnly(grpc.ServerInterceptor):  # type: ignore[misc]  # grpc has no types
    """Refuses calls of other users. Root may call a user's farm; root's own farm answers root alone.

    Only on Linux can the other end be identified; elsewhere every local caller is answered.
    """

    def __init__(self, allowed: frozenset[int] | None = None) -> None:
        self._allowed = frozenset({os.getuid(), 0}) if allowed is None else allowed
        self._can_tell = os.path.exists(_IPV4_TABLE)
        self._seen: dict[str, tuple[float, bool]] = {}
        self._lock = threading.Lock()

    def intercept_service(self, continuation: Callable[[Any], Any], details: Any) -> Any:
        handler = continuation(details)
        if handler is None or not self._can_tell:
            return handler
        return grpc.unary_unary_rpc_method_handler(
            self._guarded(handler.unary_unary), handler.request_deserializer, handler.response_serializer
        )

    def _guarded(self, answer: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
        def guarded(request: Any, context: Any) -> Any:
            if not self.allows(context.peer()):
                context.abort(grpc.StatusCode.PERMISSION_DENIED, REFUSAL)
            return answer(request, context)

        return guarded

    def allows(self, peer: str) -> bool:
        """A verdict is believed for a moment only: the port may be another user's next."""
        now = time.monotonic()
        with self._lock:
            known = self._seen.get(peer)
            if known and now - known[0] < _FRESH_SECONDS:
                return known[1]
        verdict = owner(peer) in self._allowed
        with self._lock:
            self._seen = {name: seen for name, seen in self._seen.items() if now - seen[0] < _FRESH_SECONDS}
            self._seen[peer] = (now, verdict)
        return verdict
