# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What the local farm adds to a frame: N frames of `python3 -c pass` beside N plain starts of the same python.

Both sides run in one go, in turns, with as many at once; goal: at most twice the wall time per frame.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import grpc
from opencue_proto import job_pb2, job_pb2_grpc

from cueffmpeg_gui.localfarm import control

SPEC = """<?xml version="1.0"?>
<!DOCTYPE spec PUBLIC "SPI Cue  Specification Language" "http://localhost:8080/spcue/dtd/cjsl-1.15.dtd">
<spec><facility>local</facility><show>testing</show><shot>bench</shot><user>artist</user><job name="bench_{turn}">
<paused>True</paused><layers><layer name="start" type="Render"><cmd>python3 -c pass</cmd><range>1-{count}</range>
<chunk>1</chunk><cores>1.0</cores><memory>256m</memory></layer></layers></job></spec>"""


def plain_seconds(count: int, slots: int) -> float:
    """Seconds per start of this python, slots at once."""

    def start(_: int) -> None:
        subprocess.run([sys.executable, "-c", "pass"], check=True, stdin=subprocess.DEVNULL, capture_output=True)

    with ThreadPoolExecutor(slots) as pool:
        begin = time.perf_counter()
        list(pool.map(start, range(count)))
        return (time.perf_counter() - begin) / count


def farm_seconds(jobs: job_pb2_grpc.JobInterfaceStub, count: int, turn: int) -> float:
    """Seconds per frame, from resuming a paused job until it is FINISHED."""
    spec = SPEC.format(turn=f"{turn:03d}", count=count)
    job = jobs.LaunchSpecAndWait(job_pb2.JobLaunchSpecAndWaitRequest(spec=spec)).jobs.jobs[0]
    begin = time.perf_counter()
    jobs.Resume(job_pb2.JobResumeRequest(job=job))
    while jobs.GetJob(job_pb2.JobGetJobRequest(id=job.id)).job.state != job_pb2.FINISHED:
        time.sleep(0.02)
    return (time.perf_counter() - begin) / count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100, help="frames per turn")
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--slots", type=int, default=1, help="how many at once, on both sides")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "farm"
        address = control.start(root, settings=control.FarmSettings(cores=given.slots))
        try:
            with grpc.insecure_channel(str(address)) as channel:
                jobs = job_pb2_grpc.JobInterfaceStub(channel)
                pairs = [
                    (plain_seconds(given.count, given.slots), farm_seconds(jobs, given.count, turn))
                    for turn in range(given.turns)
                ]
        finally:
            control.stop(root)
    for plain, farm in pairs:
        print(
            f"python alone {plain * 1000:6.2f} ms   through the farm {farm * 1000:6.2f} ms   ratio {farm / plain:.2f}"
        )
    best = min(farm for _, farm in pairs) / min(plain for plain, _ in pairs)
    print(f"{given.slots} at once: ratio {best:.2f} (best of {given.turns} turns; goal: at most 2)")


if __name__ == "__main__":
    main()
