# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A line to a farm that breaks when a job is sent over it: once, in a way of choice, before or after it arrives."""

import contextlib
import random
import socket
import struct
import threading
import time
from collections.abc import Callable

# What a job spec holds and no other request does.
SPEC = b"<spec>"
GOAWAY = struct.pack(">HBBBIII", 0, 8, 7, 0, 0, 0, 2)


def cut(client: socket.socket, answer: bytes) -> None:
    client.close()


def reset(client: socket.socket, answer: bytes) -> None:
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("=ii", 1, 0))
    client.close()


def dropped(client: socket.socket, answer: bytes) -> None:
    client.shutdown(socket.SHUT_RDWR)


def garbage(client: socket.socket, answer: bytes) -> None:
    client.sendall(random.Random(7).randbytes(max(len(answer), 64)))


def zeros(client: socket.socket, answer: bytes) -> None:
    client.sendall(bytes(max(len(answer), 64)))


def half(client: socket.socket, answer: bytes) -> None:
    client.sendall(answer[: len(answer) // 2])
    client.close()


def damaged(client: socket.socket, answer: bytes) -> None:
    client.sendall(bytes(byte ^ 0x55 if place > 20 else byte for place, byte in enumerate(answer)))


def goaway(client: socket.socket, answer: bytes) -> None:
    client.sendall(GOAWAY)
    client.close()


def web(client: socket.socket, answer: bytes) -> None:
    client.sendall(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")


def stream_reset(code: int) -> Callable[[socket.socket, bytes], None]:
    def send(client: socket.socket, answer: bytes) -> None:
        # The streams a client opens are odd; a reset of one that is not there is ignored.
        for stream in range(1, 12, 2):
            client.sendall(struct.pack(">HBBBII", 0, 4, 3, 0, stream, code))

    return send


def silence(client: socket.socket, answer: bytes) -> None:
    """Nothing, for ever."""


def half_open(client: socket.socket, answer: bytes) -> None:
    client.shutdown(socket.SHUT_WR)


def slow(client: socket.socket, answer: bytes) -> None:
    """The answer's beginning, a byte at a time, and no end."""
    for byte in answer[:20]:
        client.sendall(bytes((byte,)))
        time.sleep(0.01)


def headless(client: socket.socket, answer: bytes) -> None:
    """The answer without its first frame's head."""
    client.sendall(answer[9:] or bytes(9))
    client.shutdown(socket.SHUT_RDWR)


def twice(client: socket.socket, answer: bytes) -> None:
    client.sendall(answer + answer)
    client.shutdown(socket.SHUT_RDWR)


def shuffled(client: socket.socket, answer: bytes) -> None:
    client.sendall(answer[::-1] or bytes(range(64)))


def flipped(client: socket.socket, answer: bytes) -> None:
    """The answer with one letter of a name changed, and its own end."""
    place = answer.rfind(b"testing-")
    client.sendall(answer[:place] + b"r" + answer[place + 1 :] if place >= 0 else answer)


FAULTS: dict[str, Callable[[socket.socket, bytes], None]] = {
    "cut": cut,
    "reset": reset,
    "garbage": garbage,
    "zeros": zeros,
    "half": half,
    "damaged": damaged,
    "goaway": goaway,
    "web": web,
    "internal": stream_reset(2),
    "refused stream": stream_reset(7),
    "cancel": stream_reset(8),
    "calm": stream_reset(11),
    "silence": silence,
    "dropped": dropped,
    "half open": half_open,
    "slow": slow,
    "shuffled": shuffled,
    "headless": headless,
}
# These bring an answer: that of the farm and more, or one that looks like it.
ANSWERING: dict[str, Callable[[socket.socket, bytes], None]] = {"twice": twice, "flipped": flipped}


class FaultyLine:
    """Listens on loopback and leads to a farm's port. `reaches` says whether the farm gets the job at all.

    `dies` lets nobody through any more afterwards. `count` is how many jobs, or what else holds the `trigger`, were
    sent over it.
    """

    def __init__(
        self, target: int, fault: str, *, reaches: bool = True, dies: bool = False, trigger: bytes = SPEC
    ) -> None:
        self._trigger = trigger
        self._target, self._reaches, self._dies = target, reaches, dies
        self._fault = {**FAULTS, **ANSWERING}[fault]
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        self.count = 0
        self.is_broken = threading.Event()
        self._held: list[tuple[socket.socket, bytes]] = []
        self._open: list[socket.socket] = [self._server]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        for one in self._open:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)  # ends what other threads wait for
            one.close()

    def deliver(self) -> None:
        """Lets what was held back go on to the farm."""
        for farm, data in self._held:
            with contextlib.suppress(OSError):
                farm.sendall(data)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._server.accept()
                if self._dies and self.count:
                    client.close()
                    continue
                farm = socket.create_connection(("127.0.0.1", self._target))
            except OSError:
                return
            self._open += [client, farm]
            struck = threading.Event()
            threading.Thread(target=self._up, args=(client, farm, struck), daemon=True).start()
            threading.Thread(target=self._down, args=(client, farm, struck), daemon=True).start()

    def _up(self, client: socket.socket, farm: socket.socket, struck: threading.Event) -> None:
        try:
            while data := client.recv(65536):
                if self._trigger in data:
                    self.count += 1
                    if self.count == 1:
                        struck.set()
                        if not self._reaches:
                            self._held.append((farm, data))
                            self._break(client, b"")
                            return
                farm.sendall(data)
        except OSError:
            pass
        farm.close()

    def _down(self, client: socket.socket, farm: socket.socket, struck: threading.Event) -> None:
        try:
            while data := farm.recv(65536):
                if not struck.is_set():
                    client.sendall(data)
                elif len(data) > 64:  # smaller ones are HTTP/2's own
                    self._break(client, data)
                    return
        except OSError:
            pass
        if not struck.is_set():
            client.close()

    def _break(self, client: socket.socket, answer: bytes) -> None:
        self._fault(client, answer)
        self.is_broken.set()
