# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Jobs on a farm under test: specs by hand, the stubs that launch them, waiting for their end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from xml.sax.saxutils import escape

import grpc
from opencue_proto import job_pb2, job_pb2_grpc
from waiting import wait_for

from cueffmpeg_gui.localfarm import control

Start = Callable[..., control.LocalAddress]
SPEC = """<?xml version="1.0"?>
<!DOCTYPE spec PUBLIC "SPI Cue  Specification Language" "http://localhost:8080/spcue/dtd/cjsl-1.15.dtd">
<spec><facility>local</facility><show>{show}</show><shot>sh010</shot><user>{user}</user>{uid}<job name="{name}">
<paused>False</paused><layers>{layers}</layers></job></spec>"""
LAYER = """<layer name="{name}" type="Render"><cmd>{command}</cmd><range>{frames}</range><chunk>{chunk}</chunk>
<cores>{cores}</cores><memory>{memory}</memory></layer>"""


def layer(command: str, frames: str = "1", name: str = "one", **given: str) -> str:
    """A layer; given: chunk, cores, memory."""
    values = {"chunk": "1", "cores": "1.0", "memory": "256m"} | given
    return LAYER.format(name=name, command=escape(command), frames=frames, **values)


@contextmanager
def jobs_of(address: control.LocalAddress) -> Iterator[Any]:
    with grpc.insecure_channel(str(address)) as channel:
        yield job_pb2_grpc.JobInterfaceStub(channel)


def launch(
    jobs: Any, *layers: str, name: str = "test", show: str = "testing", user: str = "artist", uid: str = ""
) -> Any:
    text = SPEC.format(name=name, show=show, user=user, uid=uid, layers="".join(layers))
    return jobs.LaunchSpecAndWait(job_pb2.JobLaunchSpecAndWaitRequest(spec=text)).jobs.jobs[0]


def frames_of(jobs: Any, job: Any) -> list[Any]:
    wanted = job_pb2.FrameSearchCriteria(page=1, limit=1000)
    return list(jobs.GetFrames(job_pb2.JobGetFramesRequest(job=job, req=wanted)).frames.frames)


def wait_finished(jobs: Any, job: Any) -> None:
    wait_for(lambda: jobs.GetJob(job_pb2.JobGetJobRequest(id=job.id)).job.state == job_pb2.FINISHED, "the job ends")
