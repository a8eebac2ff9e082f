# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Chunked jobs to try things on: what they are made of, and what is looked at afterwards."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from clips import Clips, click, lively
from worker_jobs import Job

from cueffmpeg_gui.media.documents import to_plain
from cueffmpeg_gui.probe import seen_anew

SIZE = "160x96"
FRAMES = 32
FAST = {"gop": "8", "speed": "ultrafast", "crf": "28", "threads": "2"}


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


def long(*values: Any) -> Any:
    """A case that only --long runs."""
    return pytest.param(*values, marks=pytest.mark.long)


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


def replace_picture(picture: Path, by: Path) -> None:
    """As rsync does it: another file of equal size, under the old time."""
    old = picture.stat()
    fresh = picture.with_suffix(".tmp")
    fresh.write_bytes(by.read_bytes())
    os.utime(fresh, ns=(old.st_atime_ns, old.st_mtime_ns + 1))
    fresh.rename(picture)


def see_anew(job: Job) -> None:
    """Sends the job again, in its place."""
    path = Path(job.folder, "job.json")
    document = json.loads(path.read_text())
    document["spec"]["source"] = to_plain(seen_anew(job.spec.source))
    path.write_text(json.dumps(document))


def change_facts(job: Job, first: int, **changes: object) -> None:
    path = Path(job.folder, "chunks", f"encode.{first}.json")
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


def with_chunks(job: Job, shots: Shots) -> Job:
    """The job with its chunks; they are made once and copied, as they hold nothing of the job's folder."""
    made = shots.folder / "chunks"
    if made.exists():
        shutil.copytree(made, f"{job.folder}/chunks", dirs_exist_ok=True)
    else:
        job.run_all("encode")
        shutil.copytree(f"{job.folder}/chunks", made)
    return job


def chunk_path(job: Job, first: int) -> Path:
    return Path(job.folder, "chunks", f"encode.{first}.mp4")


def scratch(data: bytes) -> bytes:
    at = data.index(b"mdat") + 60
    return data[:at] + bytes(255 - byte for byte in data[at : at + 20]) + data[at + 20 :]
