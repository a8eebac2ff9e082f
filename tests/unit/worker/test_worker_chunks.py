# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Chunked jobs as hosts run them: scores, films, refusals, retries and kills."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from clips import Clips, Job, Jobs, click, lively

from cueffmpeg_gui.jobs.tasks import compare_task
from cueffmpeg_gui.media.chunks import Chunking
from cueffmpeg_gui.media.compare import build_compare
from cueffmpeg_gui.media.libvmaf import read_compare_log

SIZE = "160x96"
FRAMES = 32
FAST = {"gop": "8", "speed": "ultrafast", "crf": "28", "threads": "2"}
QUICK_MODELS = ("vmaf_v0.6.1", "vmaf_v0.6.1neg", "vmaf_v1.0.16_3d0h")
SMALL_MODELS = ("vmaf_v0.6.1",)


class Shots:
    """Image sequences and sounds, made once."""

    def __init__(self, folder: Path, clips: Clips) -> None:
        self.folder = folder
        self.clips = clips

    def dpx(self, frames: int = FRAMES, size: str = SIZE, seed: int = 7) -> str:
        place = self.folder / f"dpx_{frames}_{size}_{seed}"
        if not place.exists():
            self.clips.sequence(place, lively(frames, size=size, seed=seed))
        return f"{place}/shot.####.dpx"

    def own_dpx(self, folder: Path, **how: Any) -> str:
        """A sequence of the test's own, to be damaged."""
        shutil.copytree(Path(self.dpx(**how)).parent, folder)
        return f"{folder}/shot.####.dpx"

    def wav(self, seconds: float = 2, layout: str = "stereo", at: float = 0.4, sample_rate: int = 48000) -> str:
        path = self.folder / f"{seconds}_{layout}_{at}_{sample_rate}.wav"
        if not path.exists():
            self.clips.run([*click(seconds, layout, at), "-ar", str(sample_rate), "-c:a", "pcm_s24le", str(path)])
        return str(path)


@pytest.fixture(scope="module")
def shots(tmp_path_factory: pytest.TempPathFactory, clips: Clips) -> Shots:
    return Shots(tmp_path_factory.mktemp("shots"), clips)


@pytest.fixture
def film(jobs: Jobs, shots: Shots, tmp_path: Path) -> Any:
    """Makes a chunked job of an image sequence."""

    def make(source: str | None = None, preset: str = "dpx-h264", **request: Any) -> Job:
        values = {**FAST, **request.pop("values", {})}
        request.setdefault("frame_rate", "24")
        request.setdefault("chunk", "8")
        request.setdefault("output", str(tmp_path / "film.mp4"))
        return jobs(source or shots.dpx(), preset, values=values, **request)

    return make


def digests(path: Path, ffmpeg: str) -> list[str]:
    """A digest of each decoded picture."""
    argv = [ffmpeg, "-nostdin", "-v", "error", "-i", str(path), "-map", "0:v:0", "-fps_mode", "passthrough"]
    done = subprocess.run([*argv, "-f", "framemd5", "-"], check=True, capture_output=True, text=True)
    return [line.rpartition(",")[2].strip() for line in done.stdout.splitlines() if not line.startswith("#")]


def refused(job: Job, layer: str, frame: int, code: int, *words: str, **environment: str) -> str:
    """A frame that must fail with one sentence, leave no film, and leave nothing half."""
    run = job.run_frame(layer, frame, **environment)
    last = run.lines[-1]
    assert run.returncode == code, run.lines
    assert last.startswith("error: ")
    for word in words:
        assert word in last, last
    assert nothing_half(job) == []
    return last


def nothing_half(job: Job) -> list[str]:
    places = [Path(job.folder)] + ([job.output.parent] if job.spec.output else [])
    return sorted(str(path) for place in places for path in place.rglob("*") if ".part" in path.name)


# Scores of chunks


def scored(job: Job, folder: Path, ffmpeg: str, length: int | None) -> dict[int, tuple[str, ...]]:
    """The rows of a compare in chunks of `length` (None: one run over the whole), as text."""
    from dataclasses import replace

    spec = replace(job.spec, chunking=Chunking(length, "tested") if length else None)
    rows: dict[int, tuple[float, ...]] = {}
    for chunk in spec.chunks:
        task = compare_task(spec, chunk)
        subprocess.run(build_compare(task, "v.json", ffmpeg, 2), check=True, capture_output=True, cwd=folder)
        read = task.reference_frames
        found = read_compare_log(f"{folder}/v.json", task.metrics, read.first, len(read))
        rows.update({frame: row for frame, row in found.items() if frame in chunk})
    return {frame: tuple(f"{value:.6f}" for value in row) for frame, row in rows.items()}
