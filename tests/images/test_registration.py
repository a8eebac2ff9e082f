# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What registering does to a farm: once everything, then nothing, then only what differs."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent import futures
from pathlib import Path
from typing import Any

import grpc
import pytest
from opencue_proto import cue_pb2, cue_pb2_grpc, limit_pb2, limit_pb2_grpc, service_pb2, service_pb2_grpc

REGISTER = Path(__file__).parents[2] / "docker" / "sandbox" / "register.py"
CUEBOT = os.environ.get("CUEFFMPEG_TEST_CUEBOT", "")


class Stats(cue_pb2_grpc.CueInterfaceServicer):
    def GetSystemStats(self, request: Any, context: Any) -> Any:  # noqa: N802
        return cue_pb2.CueGetSystemStatsResponse()


class Services(service_pb2_grpc.ServiceInterfaceServicer):
    """The services of a farm."""

    def __init__(self) -> None:
        self.known: dict[str, Any] = {}

    def GetService(self, request: Any, context: Any) -> Any:  # noqa: N802
        if request.name not in self.known:
            context.abort(grpc.StatusCode.NOT_FOUND, "no such service")
        return service_pb2.ServiceGetServiceResponse(service=self.known[request.name])

    def CreateService(self, request: Any, context: Any) -> Any:  # noqa: N802
        assert request.data.name not in self.known
        self.known[request.data.name] = request.data
        return service_pb2.ServiceCreateServiceResponse(service=request.data)

    def Update(self, request: Any, context: Any) -> Any:  # noqa: N802
        self.known[request.service.name] = request.service
        return service_pb2.ServiceUpdateResponse()


class Limits(limit_pb2_grpc.LimitInterfaceServicer):
    """The limits of a farm."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}

    def GetAll(self, request: Any, context: Any) -> Any:  # noqa: N802
        return limit_pb2.LimitGetAllResponse(limits=[self._limit(name) for name in self.known])

    def Get(self, request: Any, context: Any) -> Any:  # noqa: N802
        return limit_pb2.LimitGetResponse(limit=self._limit(request.id))

    def _limit(self, name: str) -> Any:
        return limit_pb2.Limit(id=name, name=name, max_value=self.known[name])

    def Create(self, request: Any, context: Any) -> Any:  # noqa: N802
        assert request.name not in self.known
        self.known[request.name] = request.max_value
        return limit_pb2.LimitCreateResponse()

    def SetMaxValue(self, request: Any, context: Any) -> Any:  # noqa: N802
        self.known[request.name] = request.max_value
        return limit_pb2.LimitSetMaxValueResponse()


class Farm:
    """As much of a Cuebot as registering needs."""

    def __init__(self) -> None:
        self.services, self.limits = Services(), Limits()
        self.server = grpc.server(futures.ThreadPoolExecutor(2), options=[("grpc.so_reuseport", 0)])
        cue_pb2_grpc.add_CueInterfaceServicer_to_server(Stats(), self.server)
        service_pb2_grpc.add_ServiceInterfaceServicer_to_server(self.services, self.server)
        limit_pb2_grpc.add_LimitInterfaceServicer_to_server(self.limits, self.server)
        self.address = f"127.0.0.1:{self.server.add_insecure_port('127.0.0.1:0')}"
        self.server.start()


@pytest.fixture
def farm() -> Iterator[Farm]:
    made = Farm()
    yield made
    made.server.stop(0).wait()


def register(address: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(REGISTER), address, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def told(address: str, *arguments: str) -> list[str]:
    done = register(address, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_first_time_makes_service_and_limit(farm: Farm) -> None:
    assert told(farm.address, "--limit", "reads=12") == [
        "service cueffmpeg: made",
        "limit reads: made, 12 frames at once",
    ]
    service = farm.services.known["cueffmpeg"]
    assert (service.min_cores, service.min_memory, list(service.tags)) == (100, 512 * 1024, ["general"])
    assert farm.limits.known == {"reads": 12}


def test_the_second_time_changes_nothing_and_a_third_what_differs(farm: Farm) -> None:
    told(farm.address, "--limit", "reads=12")
    assert told(farm.address, "--limit", "reads=12") == [
        "service cueffmpeg: as wanted",
        "limit reads: as wanted, 12 frames at once",
    ]
    assert told(farm.address, "--tag", "ffmpeg", "--limit", "reads=6") == [
        "service cueffmpeg: changed",
        "limit reads: changed, 6 frames at once",
    ]
    assert list(farm.services.known["cueffmpeg"].tags) == ["ffmpeg"]
    assert farm.limits.known == {"reads": 6}


def test_a_limit_without_a_number_is_refused_before_anything_is_done(farm: Farm) -> None:
    refused = register(farm.address, "--limit", "reads=many")
    assert refused.returncode == 2
    assert "'reads=many' is not NAME=FRAMES" in refused.stderr
    assert farm.services.known == {}


@pytest.mark.skipif(not CUEBOT, reason="CUEFFMPEG_TEST_CUEBOT names no Cuebot")
def test_a_real_cuebot_is_left_as_it_is_the_second_time() -> None:
    told(CUEBOT, "--limit", "cueffmpeg_test=3")
    assert told(CUEBOT, "--limit", "cueffmpeg_test=3") == [
        "service cueffmpeg: as wanted",
        "limit cueffmpeg_test: as wanted, 3 frames at once",
    ]
