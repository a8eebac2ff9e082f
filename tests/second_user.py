# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A program of a second user that wants to be taken for the farm's own, and says how it was answered.

`second_user.py call PORT [SOURCE_PORT] [mapped|ipv6]` calls the farm, `calls` does so for each line of standard input,
`squat PORT [TARGET]` answers in its place.
"""

import os
import socket
import struct
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import grpc
from opencue_proto import cue_pb2, job_pb2

USER = 65534
PATIENCE_SECONDS = 15.0
IP_LOCAL_PORT_RANGE = 51  # ip(7)


WAYS = {
    "plain": (socket.AF_INET, "127.0.0.1"),
    "mapped": (socket.AF_INET6, "::ffff:127.0.0.1"),
    "ipv6": (socket.AF_INET6, "::1"),
}


def dial(port: int, source: int, way: str) -> socket.socket:
    """A connection to the farm, from a source port that another user's connection elsewhere may have as well."""
    family, host = WAYS[way]
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        found = socket.socket(family)
        if source:
            found.setsockopt(socket.IPPROTO_IP, IP_LOCAL_PORT_RANGE, struct.pack("=I", source | source << 16))
        found.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("=ii", 1, 0))  # leaves the port at once
        try:
            found.connect((host, port))
            return found
        except ConnectionRefusedError:
            found.close()
            raise
        except OSError:
            # The connection of the port's last owner is not forgotten yet.
            found.close()
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def can_share_ports() -> bool:
    """Whether this kernel gives somebody another's source port (Linux since 6.3)."""
    with socket.socket() as tried:
        try:
            tried.setsockopt(socket.IPPROTO_IP, IP_LOCAL_PORT_RANGE, bytes(4))
        except OSError:
            return False
    return True


def pump(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            target.sendall(data)
    except OSError:
        pass


def call(port: int, source: int = 0, way: str = "plain") -> str:
    """How the farm answers a call that goes over such a connection."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def relay() -> None:
            here, _ = server.accept()
            try:
                there = dial(port, source, way)
            except OSError:
                server.close()
                here.close()
                return
            threading.Thread(target=pump, args=(there, here), daemon=True).start()
            pump(here, there)

        threading.Thread(target=relay, daemon=True).start()
        with grpc.insecure_channel(f"127.0.0.1:{server.getsockname()[1]}") as channel:
            return answer_of(channel)


def answer_of(channel: grpc.Channel) -> str:
    ask = channel.unary_unary(
        "/cue.CueInterface/GetSystemStats",
        request_serializer=cue_pb2.CueGetSystemStatsRequest.SerializeToString,
        response_deserializer=cue_pb2.CueGetSystemStatsResponse.FromString,
    )
    try:
        ask(cue_pb2.CueGetSystemStatsRequest(), timeout=20)
    except grpc.RpcError as error:
        return str(error.code().name)
    return "answered"


class Liar(grpc.GenericRpcHandler):  # type: ignore[misc]  # grpc has no types
    """Answers everything with a job that is done; with a target, passes the question on to the true farm first."""

    def __init__(self, target: str) -> None:
        self._target = target

    def service(self, details: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler:
        def answer(request: bytes, context: grpc.ServicerContext) -> bytes:
            if self._target:
                context.set_trailing_metadata(self._proof(details.method, request, context))
            job = job_pb2.Job(id="1", name="testing-default-alice_demo", state=job_pb2.FINISHED)
            job.job_stats.total_frames = job.job_stats.succeeded_frames = job.job_stats.total_layers = 1
            return job_pb2.JobGetJobsResponse(jobs=job_pb2.JobSeq(jobs=[job])).SerializeToString()

        return grpc.unary_unary_rpc_method_handler(answer)

    def _proof(self, method: str, request: bytes, context: grpc.ServicerContext) -> "list[tuple[str, str]]":
        with grpc.insecure_channel(self._target) as channel:
            future = channel.unary_unary(method).future(request, 20, metadata=context.invocation_metadata())
            return [(key, value) for key, value in future.trailing_metadata() if key.startswith("cueffmpeg")]


def squat(port: int, target: str) -> None:
    """Answers at the port until standard input ends."""
    server = grpc.server(ThreadPoolExecutor(4), handlers=[Liar(target)], options=[("grpc.so_reuseport", 0)])
    server.add_insecure_port(f"127.0.0.1:{port}")
    server.start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.read()
    server.stop(None).wait()


def call_by(words: Sequence[str]) -> str:
    """The words: PORT [SOURCE_PORT] [WAY]."""
    return call(int(words[0]), int(words[1]) if words[1:] else 0, words[2] if words[2:] else "plain")


def call_all() -> None:
    """Answers each line with how the farm answered."""
    for line in sys.stdin:
        sys.stdout.write(call_by(line.split()) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    os.setgroups([])
    os.setresgid(USER, USER, USER)
    os.setresuid(USER, USER, USER)
    trick, *more = sys.argv[1:]
    if trick == "squat":
        squat(int(more[0]), more[1] if more[1:] else "")
    elif trick == "calls":
        call_all()
    else:
        sys.stdout.write(call_by(more))
