# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""What looking at the pair costs a comparison: processor time with and without, side by side in one run.

    ./dev python benchmarks/pair_look.py [--height 720] [--frames 150] [--rounds 7]

Goal: at most 3 % more, ffmpeg's part and Python's together.
"""

import argparse
import resource
import subprocess
import tempfile
import time
from pathlib import Path

from cueffmpeg_gui.api.ffmpeg import local_ffmpeg
from cueffmpeg_gui.media.compare import CompareTask, build_compare
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.geometry import Geometry
from cueffmpeg_gui.media.pair_facts import judge_pair
from cueffmpeg_gui.media.pair_look import LOOK_FILES
from cueffmpeg_gui.probe import probe_clip
from cueffmpeg_gui.resources import resource as packaged
from cueffmpeg_gui.settings import load_settings
from cueffmpeg_gui.worker.compare_files import CompareFiles
from cueffmpeg_gui.worker.pair_look import read_look

VALUES = {"models": ("vmaf_v0.6.1",), "metrics": ("psnr",)}
SEEN = ";[encode_luma]"


def without_look(argv: list[str]) -> list[str]:
    """The command line of a comparison that does not look."""
    place = argv.index("-lavfi") + 1
    graph = argv[place].split(SEEN)[0]
    for side in ("encode", "reference"):
        graph = graph.replace(f",split=3[{side}][{side}_luma][{side}_colour]", f"[{side}]")
    return [*argv[:place], graph, "-f", "null", "-"]


def spent(argv: list[str], folder: str) -> float:
    """Seconds of the processor that a command takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(argv, check=True, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--height", type=int, default=720)
    parser.add_argument("--frames", type=int, default=130)
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args()
    ffmpeg = local_ffmpeg(load_settings())
    with tempfile.TemporaryDirectory() as folder:
        reference, encode = Path(folder, "reference.mp4"), Path(folder, "encode.mp4")
        make = [ffmpeg, "-nostdin", "-v", "error", "-y"]
        demo = ["-i", str(packaged("demo/bigbuckbunny.mp4")), "-an", "-frames:v", str(given.frames)]
        coded = ["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p"]
        subprocess.run(
            [*make, *demo, "-vf", f"scale=-2:{given.height}", *coded, "-crf", "8", str(reference)], check=True
        )
        subprocess.run([*make, "-i", str(reference), *coded, "-crf", "28", str(encode)], check=True)
        clips = probe_clip(str(reference)), probe_clip(str(encode))
        frames, size = clips[0].frames, (clips[0].video.width, clips[0].video.height)
        task = CompareTask(
            *clips, FrameRange(frames.first, frames.last), clips[1].frames, Geometry(size, size, size), VALUES
        )
        looking = build_compare(task, "vmaf.json", ffmpeg, 2)
        plain = without_look(looking)
        files = CompareFiles(folder, "vmaf.json", "", LOOK_FILES)
        Path(folder, LOOK_FILES.alpha).touch()
        costs: dict[str, list[float]] = {"plain": [], "looking": [], "python": []}
        for _ in range(given.rounds):
            costs["plain"].append(spent(plain, folder))
            costs["looking"].append(spent(looking, folder))
            began = time.process_time()
            judge_pair(read_look(files, frames, frames))
            costs["python"].append(time.process_time() - began)
        least = {name: min(seconds) for name, seconds in costs.items()}
        more = least["looking"] + least["python"] - least["plain"]
        for name, seconds in least.items():
            print(f"{name:8} {1000 * seconds / len(frames):7.3f} ms a frame, least of {given.rounds}")
        print(f"looking costs {100 * more / least['plain']:.1f} % more processor at {size[0]}x{size[1]}")


if __name__ == "__main__":
    main()
