# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Values the farm tests share, and a server that answers as a Cuebot would where no whole farm is needed."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import grpc
import pytest
from opencue_proto import cue_pb2, cue_pb2_grpc, job_pb2, job_pb2_grpc

from cueffmpeg_gui.farm.address import FarmAddress
from cueffmpeg_gui.farm.status import FrameCounts, JobStatus
from cueffmpeg_gui.jobs.plan import Depend, LayerPlan, Plan
from cueffmpeg_gui.jobs.spec import JobSpec, Placement, PresetUse
from cueffmpeg_gui.media.colour import Colour
from cueffmpeg_gui.media.facts import ClipFacts, VideoFacts
from cueffmpeg_gui.media.frames import FrameRange

NAME = "testing-sh010-alice_demo"
ONE = Fraction(1)


@pytest.fixture
def spec() -> JobSpec:
    tags = Colour("bt709", "bt709", "bt709", "tv")
    video = VideoFacts(
        0, "h264", 320, 180, 0, ONE, Fraction(24), 100, True, False, "yuv420p", 8, False, False, tags, Fraction(0)
    )
    clip = ClipFacts("/shots/a b.mov", "mov", 1, 1, Fraction(100, 24), video)
    place = Placement(NAME, "testing", "sh010", "alice", priority=42)
    preset = PresetUse("h264-review-vmaf", 1, "encode_compare", "built-in", {})
    return JobSpec(place, preset, clip, FrameRange(1001, 1100), "/shots/out.mp4")


@pytest.fixture
def plan() -> Plan:
    frames, whole = FrameRange(1001, 1100), FrameRange(1001, 1001)
    layers = (
        LayerPlan("encode", frames, 24, 2, 700),
        LayerPlan("join", whole, 1, 1, 512),
        LayerPlan("compare", frames, 30, 1, 512),
    )
    return Plan(layers, (Depend("join", "encode"), Depend("compare", "join")), ())


@pytest.fixture
def make_job() -> Callable[..., JobStatus]:
    """A JobStatus with the given frame counts; every other fact may be given, too."""

    def make(total: int = 0, **given: Any) -> JobStatus:
        states = {
            state: given.pop(state, 0) for state in ("waiting", "running", "succeeded", "depend", "dead", "eaten")
        }
        facts = {
            "id": "1",
            "name": NAME,
            "show": "testing",
            "shot": "sh010",
            "user": "alice",
            "facility": "local",
            "state": "PENDING",
            "paused": False,
            "priority": 1,
            "log_dir": "/logs",
            "loki_url": "",
            "start": 1,
            "stop": 0,
            "layer_count": 2,
        }
        return JobStatus(**{**facts, **given}, counts=FrameCounts(total, **states))

    return make


@dataclass
class Scripted:
    """Answers: RPC name → a function of the request, or a (code, details) to refuse with. `asked` are the requests."""

    answers: dict[str, Any] = field(default_factory=dict)
    asked: list[tuple[str, Any]] = field(default_factory=list)
    address: FarmAddress = field(default=FarmAddress("127.0.0.1"))

    def answer(self, method: str, request: Any, context: grpc.ServicerContext) -> Any:
        self.asked.append((method, request))
        script = self.answers.get(method, (grpc.StatusCode.UNIMPLEMENTED, f"{method} is not scripted"))
        if isinstance(script, tuple):
            context.abort(*script)
        return script(request)

    def requests(self, method: str) -> list[Any]:
        return [request for asked, request in self.asked if asked == method]


def _servicer(base: type, scripted: Scripted) -> Any:
    def handler(name: str) -> Any:
        return lambda self, request, context: scripted.answer(name, request, context)

    names = [name for name in dir(base) if name[0].isupper()]
    return type("Servicer", (base,), {name: handler(name) for name in names})()


@pytest.fixture
def scripted() -> Iterator[Scripted]:
    """A server on loopback that says what a test tells it to."""
    made = Scripted({"GetSystemStats": lambda request: cue_pb2.CueGetSystemStatsResponse()})
    with ThreadPoolExecutor(4) as threads:
        server = grpc.server(threads, options=[("grpc.so_reuseport", 0)])
        job_pb2_grpc.add_JobInterfaceServicer_to_server(_servicer(job_pb2_grpc.JobInterfaceServicer, made), server)
        cue_pb2_grpc.add_CueInterfaceServicer_to_server(_servicer(cue_pb2_grpc.CueInterfaceServicer, made), server)
        made.address = FarmAddress("127.0.0.1", server.add_insecure_port("127.0.0.1:0"))
        server.start()
        yield made
        server.stop(None).wait()


@pytest.fixture
def frames_answer() -> Callable[[int], Callable[[Any], Any]]:
    """A GetFrames of `count` frames, paged as Cuebot pages, that minds names, states and layers of no request."""

    def make(count: int) -> Callable[[Any], Any]:
        every = [
            job_pb2.Frame(id=str(n), number=n, name=f"{n:04d}-encode", layer_name="encode", state=job_pb2.DEAD)
            for n in range(1, count + 1)
        ]

        def answer(request: Any) -> Any:
            start = (request.req.page - 1) * request.req.limit
            page = every[start : start + min(request.req.limit, 1000)]
            return job_pb2.JobGetFramesResponse(frames=job_pb2.FrameSeq(frames=page))

        return answer

    return make
