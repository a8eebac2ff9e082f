# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""A Cuebot out of thin air, in a process of its own: many jobs, one of many frames; slow or mute when told to.

`python benchmarks/big_farm.py JOBS FRAMES MOOD_FILE` prints its port. The mood file holds the seconds each answer
takes; "mute" answers nothing.
"""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import grpc
from opencue_proto import cue_pb2, job_pb2

CHANGING_JOBS = 50
CHANGING_FRAMES = 1000
NEVER = 3600.0


class BigFarm:
    """The answers. Each list of jobs differs from the one before in a few jobs."""

    def __init__(self, jobs: int, frames: int, mood: Path) -> None:
        self._mood = mood
        self._turn = 0
        self._jobs = [self._job(number) for number in range(jobs, 0, -1)]
        self._frames = [
            job_pb2.Frame(id=f"f{n}", name=f"{n:05}-encode", number=n, layer_name="encode", state=job_pb2.WAITING)
            for n in range(1, frames + 1)
        ]

    def answer(self, method: str) -> Any:
        """A handler for an RPC, None for one that is not known here."""
        handlers = {
            "GetSystemStats": (cue_pb2.CueGetSystemStatsRequest, lambda _: cue_pb2.CueGetSystemStatsResponse()),
            "GetJobs": (job_pb2.JobGetJobsRequest, self._get_jobs),
            "GetLayers": (job_pb2.JobGetLayersRequest, self._get_layers),
            "GetUpdatedFrames": (job_pb2.JobGetUpdatedFramesRequest, self._get_clock),
            "GetFrames": (job_pb2.JobGetFramesRequest, self._get_frames),
        }
        if method not in handlers:
            return None
        request, respond = handlers[method]

        def handle(asked: Any, context: grpc.ServicerContext) -> Any:
            mood = self._mood.read_text().strip()
            time.sleep(NEVER if mood == "mute" else float(mood))
            return respond(asked)

        return grpc.unary_unary_rpc_method_handler(
            handle, request.FromString, lambda message: message.SerializeToString()
        )

    def _job(self, number: int) -> Any:
        stats = job_pb2.JobStats(total_layers=1, total_frames=len("frames"), waiting_frames=6)
        return job_pb2.Job(
            id=f"j{number}",
            name=f"testing-sh{number:05}-alice_comp_v{number % 30:03}",
            show="testing",
            shot=f"sh{number:05}",
            user="alice",
            state=job_pb2.PENDING,
            start_time=1_700_000_000 + number,
            log_dir="/nowhere",
            job_stats=stats,
        )

    def _get_jobs(self, _: Any) -> Any:
        self._turn += 1
        for step in range(CHANGING_JOBS):
            job = self._jobs[(self._turn * CHANGING_JOBS + step) % len(self._jobs)]
            job.job_stats.succeeded_frames = self._turn % 6
            job.job_stats.waiting_frames = 6 - self._turn % 6
        return job_pb2.JobGetJobsResponse(jobs=job_pb2.JobSeq(jobs=self._jobs))

    def _get_layers(self, request: Any) -> Any:
        stats = job_pb2.LayerStats(total_frames=len(self._frames), waiting_frames=len(self._frames))
        layer = job_pb2.Layer(
            id=f"l{request.job.id}",
            name="encode",
            services=["cueffmpeg"],
            range=f"1-{len(self._frames)}",
            chunk_size=1,
            layer_stats=stats,
        )
        return job_pb2.JobGetLayersResponse(layers=job_pb2.LayerSeq(layers=[layer]))

    def _get_clock(self, _: Any) -> Any:
        return job_pb2.JobGetUpdatedFramesResponse(state=job_pb2.PENDING, server_time=int(time.time()))

    def _get_frames(self, request: Any) -> Any:
        asked = request.req
        if asked.states.frame_states:
            return job_pb2.JobGetFramesResponse()
        every = self._frames
        if asked.change_date:
            start = self._turn * CHANGING_FRAMES % len(every)
            every = every[start : start + CHANGING_FRAMES]
            for frame in every:
                frame.state = job_pb2.SUCCEEDED if frame.state == job_pb2.WAITING else job_pb2.WAITING
        page = every[(asked.page - 1) * asked.limit : asked.page * asked.limit]
        return job_pb2.JobGetFramesResponse(frames=job_pb2.FrameSeq(frames=page))


class Handlers(grpc.GenericRpcHandler):
    """Leads every RPC to the farm."""

    def __init__(self, farm: BigFarm) -> None:
        self._farm = farm

    def service(self, details: Any) -> Any:
        return self._farm.answer(details.method.rpartition("/")[2])


def main() -> None:
    jobs, frames, mood = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    options = [("grpc.so_reuseport", 0), ("grpc.max_send_message_length", 1 << 27)]
    server = grpc.server(ThreadPoolExecutor(64), options=options)
    server.add_generic_rpc_handlers((Handlers(BigFarm(jobs, frames, mood)),))
    print(server.add_insecure_port("127.0.0.1:0"), flush=True)
    server.start()
    server.wait_for_termination()


if __name__ == "__main__":
    main()
