# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A client of Cuebot's protocol as plain as can be: stubs, a job spec by hand, and waiting for things to happen."""

import itertools
import os
import time
from collections.abc import Sequence
from typing import Any, Self
from xml.sax.saxutils import escape

import grpc
from opencue_proto import cue_pb2_grpc, host_pb2_grpc, job_pb2, job_pb2_grpc, show_pb2_grpc
from waiting import wait_for

CALL_SECONDS = 30.0
_HEAD = (
    '<?xml version="1.0"?>\n<!DOCTYPE spec PUBLIC "SPI Cue  Specification Language" '
    '"http://localhost:8080/spcue/dtd/cjsl-1.15.dtd">\n'
)
_numbers = itertools.count(1)


def layer(name: str, command: str, frames: str = "1-1", chunk: int = 1, **more: str) -> str:
    """XML of a layer of one core; more: further elements, in the order of the grammar."""
    parts = {"cores": "1.0", "threadable": "False", "memory": "256m"} | more
    tail = "".join(f"<{key}>{value}</{key}>" for key, value in parts.items())
    return (
        f'<layer name="{name}" type="Render"><cmd>{escape(command)}</cmd><range>{frames}</range><chunk>{chunk}</chunk>'
        f"{tail}<env/><services><service>cueffmpeg</service></services></layer>"
    )


def spec(name: str, layers: Sequence[str], depends: Sequence[tuple[str, str, str]] = (), **job: str) -> str:
    """A whole job spec. depends: (type, waiting layer, layer waited for); job: further elements of the job."""
    settings = {"paused": "False", "priority": "10", "maxretries": "1"} | job
    head = "".join(f"<{key}>{value}</{key}>" for key, value in settings.items())
    depend_texts = "".join(_depend(name, *depend) for depend in depends)
    return (
        f"{_HEAD}<spec><facility>local</facility><show>testing</show><shot>sh010</shot><user>artist</user>"
        f'<uid>1500</uid><job name="{name}">{head}<env/><layers>{"".join(layers)}</layers></job>'
        f"<depends>{depend_texts}</depends></spec>"
    )


def _depend(job: str, kind: str, waiting: str, on: str) -> str:
    target = f"<onframe>{on}</onframe>" if kind == "LAYER_ON_SIM_FRAME" else f"<onlayer>{on}</onlayer>"
    kind, any_frame = ("LAYER_ON_LAYER", "True") if kind == "LAYER_ON_ANY_FRAME" else (kind, "False")
    return (
        f'<depend type="{kind}" anyframe="{any_frame}"><depjob>{job}</depjob><deplayer>{waiting}</deplayer>'
        f"<onjob>{job}</onjob>{target}</depend>"
    )


class CueClient:
    """Stubs of one farm."""

    def __init__(self, address: str, is_local: bool) -> None:
        self.address = address
        self.is_local = is_local
        self._channel = grpc.insecure_channel(address)
        self.jobs = job_pb2_grpc.JobInterfaceStub(self._channel)
        self.layers = job_pb2_grpc.LayerInterfaceStub(self._channel)
        self.frames = job_pb2_grpc.FrameInterfaceStub(self._channel)
        self.shows = show_pb2_grpc.ShowInterfaceStub(self._channel)
        self.hosts = host_pb2_grpc.HostInterfaceStub(self._channel)
        self.cue = cue_pb2_grpc.CueInterfaceStub(self._channel)
        self._launched: list[Any] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for job in self._launched:
            self.kill(job)
        self._channel.close()

    def unique(self, name: str) -> str:
        """A job name nobody has used before."""
        return f"testing-sh010-artist_{name}_{os.getpid()}_{int(time.time())}_{next(_numbers)}"

    def launch_text(self, text: str) -> Any:
        answer = self.jobs.LaunchSpecAndWait(job_pb2.JobLaunchSpecAndWaitRequest(spec=text), timeout=CALL_SECONDS)
        self._launched += answer.jobs.jobs
        return answer.jobs.jobs[0]

    def launch(self, name: str, layers: Sequence[str], depends: Sequence[tuple[str, str, str]] = (), **job: str) -> Any:
        return self.launch_text(spec(self.unique(name), layers, depends, **job))

    def kill(self, job: Any) -> None:
        request = job_pb2.JobKillRequest(job=job, username="artist", pid="1", host_kill="h", reason="end of the test")
        self.jobs.Kill(request, timeout=CALL_SECONDS)

    def job(self, job: Any) -> Any:
        return self.jobs.GetJob(job_pb2.JobGetJobRequest(id=job.id), timeout=CALL_SECONDS).job

    def get_layers(self, job: Any) -> list[Any]:
        request = job_pb2.JobGetLayersRequest(job=job)
        return list(self.jobs.GetLayers(request, timeout=CALL_SECONDS).layers.layers)

    def get_frames(self, job: Any, page: int = 1, limit: int = 1000, **criteria: Any) -> list[Any]:
        wanted = job_pb2.FrameSearchCriteria(page=page, limit=limit, **criteria)
        request = job_pb2.JobGetFramesRequest(job=job, req=wanted)
        return list(self.jobs.GetFrames(request, timeout=CALL_SECONDS).frames.frames)

    def states(self, job: Any) -> dict[str, str]:
        return {frame.name: job_pb2.FrameState.Name(frame.state) for frame in self.get_frames(job)}

    def on_frames(self, call: str, job: Any, *names: str) -> None:
        """Call RetryFrames and the like on frames of a job."""
        request_type = getattr(job_pb2, f"Job{call}Request")
        fields = {"username": "artist", "pid": "1", "host_kill": "h", "reason": "test"} if call == "KillFrames" else {}
        request = request_type(job=job, req=job_pb2.FrameSearchCriteria(frames=names), **fields)
        getattr(self.jobs, call)(request, timeout=CALL_SECONDS)

    def wait_states(self, job: Any, **wanted: str) -> dict[str, str]:
        """Wait until frames are in these states; names as in n0001_layer=STATE."""
        names = {key[1:].replace("_", "-", 1): state for key, state in wanted.items()}

        def reached() -> dict[str, str] | None:
            states = self.states(job)
            return states if all(states[name] == state for name, state in names.items()) else None

        return wait_for(reached, lambda: f"{names}, but {self.states(job)}") or {}

    def wait_finished(self, job: Any) -> Any:
        return wait_for(lambda: self.job(job).state == job_pb2.FINISHED and self.job(job), "the job ends")
