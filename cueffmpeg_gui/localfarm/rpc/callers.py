# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Whose socket is at the other end of a loopback connection, by the kernel's tables of sockets."""

from __future__ import annotations

import re
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

IPV4_TABLE, _IPV6_TABLE = "/proc/net/tcp", "/proc/net/tcp6"
_MAPPED = bytes(10) + b"\xff\xff"  # before an IPv4 address in an IPv6 socket
_PEER = re.compile(r"ipv([46]):\[?([^\]]+?)\]?:(\d+)")
_ESTABLISHED = "01"
_NO_INODE = "0"  # of a socket that no process holds: the kernel calls that root's
_LOOKS = 3  # the kernel's table may miss a line while it changes


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
        found[IPV4_TABLE] = _words(mapped[len(_MAPPED) :]) + port
    return found


def _words(packed: bytes) -> str:
    starts = range(0, len(packed), 4)
    return "".join(f"{int.from_bytes(packed[start : start + 4], sys.byteorder):08X}" for start in starts)


def _read_table(path: str) -> str:
    try:
        return Path(path).read_text()
    except OSError:
        return ""


def owner(peer: str, farm: str, read_table: Callable[[str], str] = _read_table) -> int | None:
    """User id of the process whose socket leads from `peer` to `farm`, both as gRPC names them.

    Both ends must fit: others may share the peer's port on their way to somewhere else. None if there is no such
    socket, or in doubt: more than one, or one that no process holds.
    """
    ends = table_addresses(peer), table_addresses(farm)
    for _ in range(_LOOKS):
        sockets = {found for path in ends[0].keys() & ends[1].keys() for found in _between(path, ends, read_table)}
        if sockets:
            user, inode = sockets.pop()
            return None if sockets or inode == _NO_INODE else user
    return None


def _between(
    path: str, ends: tuple[dict[str, str], dict[str, str]], read_table: Callable[[str], str]
) -> Iterator[tuple[int, str]]:
    wanted = [ends[0][path], ends[1][path], _ESTABLISHED]
    for line in read_table(path).splitlines()[1:]:
        fields = line.split()
        if fields[1:4] == wanted:
            yield int(fields[7]), fields[9]
