# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The local farm with many finished jobs and one of many frames: what lists, polls and `status` cost.

`python benchmarks/many_jobs.py --jobs 10000 --frames 100000 --clients 50`. Goals: `jobs` in 1 s, polls in 100 ms
(median), `status` in 2 s. The rows are made by the store's own launch, in a folder that is removed at the end.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import grpc
from opencue_proto import job_pb2, job_pb2_grpc

from cueffmpeg_gui.localfarm import control
from cueffmpeg_gui.localfarm.spec.parser import parse_spec
from cueffmpeg_gui.localfarm.store.database import Store
from cueffmpeg_gui.localfarm.store.launch import launch
from cueffmpeg_gui.settings import find_home

POLL_SECONDS = 2.0
SPEC = """<?xml version="1.0"?>
<!DOCTYPE spec PUBLIC "SPI Cue  Specification Language" "http://localhost:8080/spcue/dtd/cjsl-1.15.dtd">
<spec><facility>local</facility><show>testing</show><shot>bench</shot><user>artist</user><job name="job_{number:06d}">
<paused>True</paused><layers>{layers}</layers></job></spec>"""
LAYER = """<layer name="{name}" type="Render">
<cmd>python3 /jobs/{number}/worker.pyz /jobs/{number} {name} #IFRAME#</cmd>
<range>1-{frames}</range><chunk>1</chunk><cores>1.0</cores><memory>256m</memory>
<services><service>cueffmpeg</service></services></layer>"""
FINISHED = """UPDATE frame SET state = 3, exit_status = 0, started = 1, stopped = 2, host = 'here', cores = 100;
UPDATE layer SET started = 1, stopped = 2, success_count = 1; UPDATE job SET state = 1, stopped = submitted;"""


def make_jobs(root: Path, jobs: int, frames: int) -> str:
    """Fill the folder of a farm that does not run; the id of the job of many frames, which is paused."""
    root.mkdir(mode=0o700)
    store = Store(root / "farm.db")
    with store.transaction() as db:
        for number in range(jobs):
            _launch(store, number, encode=4, compare=1)
        for statement in FINISHED.split(";"):
            db.execute(statement)
        _launch(store, jobs, encode=frames)
        (found,) = db.execute("SELECT id FROM job ORDER BY pk DESC LIMIT 1").fetchone()
    store.close()
    return str(found)


def _launch(store: Store, number: int, **layers: int) -> None:
    texts = [LAYER.format(name=name, number=number, frames=count) for name, count in layers.items()]
    spec = parse_spec(SPEC.format(number=number, layers="".join(texts)), root_allowed=True)
    launch(store, spec, Path("/logs"), known_shows_only=False)


def command_seconds(home: Path, *arguments: str) -> float:
    """Wall time of `cueffmpeg ...` as a process of its own; raises when it fails."""
    env = {**os.environ, "CUEFFMPEG_HOME": str(home)}
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-m", "cueffmpeg_gui", *arguments], env=env, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


def poll_seconds(address: str, clients: int, turns: int) -> list[float]:
    """Seconds of each answer to clients that ask for the list of jobs every two seconds."""
    found: list[float] = []

    def follow(delay: float) -> None:
        request = job_pb2.JobGetJobsRequest(r=job_pb2.JobSearchCriteria(include_finished=True)).SerializeToString()
        options = [("grpc.max_receive_message_length", 1 << 27), ("grpc.use_local_subchannel_pool", 1)]
        with grpc.insecure_channel(address, options=options) as channel:
            ask = channel.unary_unary("/job.JobInterface/GetJobs")  # undecoded: that is the client's own work
            time.sleep(delay)
            for _ in range(turns):
                begin = time.perf_counter()
                ask(request, timeout=60)
                found.append(time.perf_counter() - begin)
                time.sleep(max(0.0, POLL_SECONDS - found[-1]))

    threads = [threading.Thread(target=follow, args=(POLL_SECONDS * n / clients,)) for n in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=10000)
    parser.add_argument("--frames", type=int, default=100000)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--turns", type=int, default=5, help="polls of each client")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        root = find_home({"CUEFFMPEG_HOME": folder}).local_farm
        root.parent.mkdir(parents=True)
        big = make_jobs(root, given.jobs, given.frames)
        address = control.start(root)
        try:
            print(f"jobs      {command_seconds(home, 'jobs'):6.2f} s")
            print(f"status    {command_seconds(home, 'status', big):6.2f} s")
            print(f"  --json  {command_seconds(home, 'status', big, '--json'):6.2f} s")
            polls = poll_seconds(str(address), given.clients, given.turns)
            print(f"polls     median {statistics.median(polls) * 1000:.0f} ms, longest {max(polls) * 1000:.0f} ms")
            with grpc.insecure_channel(str(address)) as channel:
                stub = job_pb2_grpc.JobInterfaceStub(channel)
                begin = time.perf_counter()
                stub.GetJob(job_pb2.JobGetJobRequest(id=big))
                print(f"one job   {(time.perf_counter() - begin) * 1000:6.1f} ms")
        finally:
            control.stop(root)


if __name__ == "__main__":
    main()
