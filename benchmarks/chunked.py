# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Chunked work on the local farm against one ffmpeg, side by side in one run on equal cores; prints ratios.

    ./dev python benchmarks/chunked.py [--frames 1200] [--size 1280x720] [--rounds 3]

Goals: wall <= 1.10 and CPU <= 1.05 for chunks of 300 frames or more; join <= 2x cp and its proof.
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import imageio_ffmpeg

from cueffmpeg_gui.api.farm import connect_farm, local_farm_status, stop_local_farm
from cueffmpeg_gui.api.submit.request import SubmitRequest
from cueffmpeg_gui.api.submit.submit import prepare, submit_job
from cueffmpeg_gui.farm.actions import resume
from cueffmpeg_gui.farm.find import find_job
from cueffmpeg_gui.farm.monitor import job_status, outcome
from cueffmpeg_gui.settings import load_settings

FFMPEG = str(imageio_ffmpeg.get_ffmpeg_exe())
RATE, CHUNK = "24", 300
CORES = len(os.sched_getaffinity(0))
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock and of all processors."""

    wall: float
    cpu: float


def ffmpeg(*arguments: str) -> None:
    subprocess.run([FFMPEG, "-nostdin", "-v", "error", "-y", *arguments], check=True)


def cost_of(work: Callable[[], None]) -> Cost:
    """What a piece of work costs that this process waits for."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(time.perf_counter() - start, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def job_cost(request: SubmitRequest) -> Cost:
    """What a job costs from its start to its end: the clock, and what the farm's ended frames used.

    Probing before the submit is not part of it: one ffmpeg does not probe either.
    """
    settings = load_settings()
    sent = submit_job(prepare(request, settings), settings)
    connection = connect_farm(settings)
    job = find_job(connection, sent.id)
    pid = local_farm_status(settings).pid
    before, start = _children_cpu(pid), time.perf_counter()
    resume(connection, job)
    while outcome(job) == "running":
        time.sleep(0.02)
        job = job_status(connection, job)
    assert outcome(job) == "succeeded", job
    return Cost(time.perf_counter() - start, _children_cpu(pid) - before)


def _children_cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[13]) + int(fields[14])) / TICKS


def compare(name: str, rounds: int, ours: Callable[[], Cost], theirs: Callable[[], Cost], goal: str) -> None:
    pairs = [(ours(), theirs()) for _ in range(rounds)]
    wall = statistics.median(a.wall / b.wall for a, b in pairs)
    cpu = statistics.median(a.cpu / b.cpu for a, b in pairs)
    print(f"{name:44} wall {wall:5.2f}  cpu {cpu:5.2f}   goal {goal}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frames", type=int, default=1200)
    parser.add_argument("--size", default="1280x720")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cueffmpeg-") as place:
        os.environ["CUEFFMPEG_HOME"] = f"{place}/home"
        try:
            _measure(Path(place), given.frames, given.size, given.rounds)
        finally:
            stop_local_farm(load_settings())


def _measure(place: Path, frames: int, size: str, rounds: int) -> None:
    noise = f"testsrc2=size={size}:rate={RATE},noise=alls=8:allf=t,format=yuv420p"
    reference, encode = str(place / "reference.mp4"), str(place / "encode.mp4")
    x264 = ("-c:v", "libx264", "-preset", "veryfast", "-g", "48")
    ffmpeg("-f", "lavfi", "-i", noise, "-frames:v", str(frames), *x264, "-crf", "8", reference)
    ffmpeg("-i", reference, *x264, "-crf", "28", encode)
    (place / "dpx").mkdir()
    few = min(frames, 2 * CHUNK)
    ffmpeg("-i", reference, "-frames:v", str(few), "-pix_fmt", "gbrp10le", str(place / "dpx" / "a.%04d.dpx"))
    print(f"{CORES} cores, {size}, chunks of {CHUNK}, median of {rounds}; ratios of ours to one ffmpeg")
    _compare_vmaf(place, reference, encode, rounds)
    _compare_encode(place, rounds)
    _compare_join(place, rounds)


def _compare_vmaf(place: Path, reference: str, encode: str, rounds: int) -> None:
    libvmaf = f"libvmaf=log_fmt=json:log_path={place}/direct.json:n_threads={CORES}"

    def direct() -> None:
        graph = f"[0:v]settb=1/{RATE},setpts=N[a];[1:v]settb=1/{RATE},setpts=N[b];[a][b]{libvmaf}"
        ffmpeg("-i", encode, "-i", reference, "-lavfi", graph, "-f", "null", "-")

    request = SubmitRequest(
        "vmaf-compare", encode, reference, chunk=str(CHUNK), paused=True, values={"metrics": "", "threads": "1"}
    )
    compare("VMAF in chunks : one ffmpeg", rounds, lambda: job_cost(request), lambda: cost_of(direct), "1.10, 1.05")


def _compare_encode(place: Path, rounds: int) -> None:
    settings = ("-c:v", "libx264", "-preset", "medium", "-crf", "18", "-g", "24", "-threads", str(CORES))
    colour = "scale=out_color_matrix=bt709:out_range=tv:flags=lanczos+accurate_rnd+full_chroma_int,format=yuv420p"

    def direct() -> None:
        source = ("-framerate", RATE, "-start_number", "1", "-i", str(place / "dpx" / "a.%04d.dpx"))
        ffmpeg(*source, "-vf", colour, *settings, str(place / "direct.mp4"))

    request = SubmitRequest(
        "dpx-h264", str(place / "dpx"), output=str(place / "chunked.mp4"), frame_rate=RATE, chunk=str(CHUNK),
        paused=True, values={"threads": "1"},
    )  # fmt: skip
    compare(
        "DPX in chunks, joined : one ffmpeg", rounds, lambda: job_cost(request), lambda: cost_of(direct),
        "1.10, 1.05",
    )  # fmt: skip


def _compare_join(place: Path, rounds: int) -> None:
    """The join frame of the last job again, against cp of the same bytes."""
    folder = next((place / "home").rglob("job.json")).parent
    job = max((path.parent for path in folder.parent.glob("*/job.json")), key=lambda path: path.stat().st_mtime)
    environment = {**os.environ, "CUEFFMPEG_FFMPEG": FFMPEG, "CUEFFMPEG_LOCAL_FARM": "1"}
    command = [sys.executable, str(job / "worker.pyz"), str(job), "join", "1"]

    def join() -> None:
        subprocess.run(command, env=environment, check=True, capture_output=True)

    def copy() -> None:
        subprocess.run(["cp", str(place / "chunked.mp4"), str(place / "copy.mp4")], check=True)

    def bare() -> None:
        chunk_list = str(job / "work" / "chunks.ffconcat")
        ffmpeg(
            "-f",
            "concat",
            "-safe",
            "0",
            "-i",
            chunk_list,
            "-c",
            "copy",
            "-movflags",
            "+faststart",
            str(place / "b.mp4"),
        )

    compare("join and its proof : cp", rounds, lambda: cost_of(join), lambda: cost_of(copy), "see the next line")
    compare("join and its proof : bare ffmpeg concat", rounds, lambda: cost_of(join), lambda: cost_of(bare), "-")
    shutil.rmtree(place / "dpx")


if __name__ == "__main__":
    main()
