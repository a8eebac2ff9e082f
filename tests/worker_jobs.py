# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""Real workers on real job folders: each frame runs as a host would run it."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from clips import Clips

from cueffmpeg_gui.api.submit.request import SubmitRequest, job_root, make_spec
from cueffmpeg_gui.api.submit.views import table_folder
from cueffmpeg_gui.jobs.folder import create_job_folder
from cueffmpeg_gui.jobs.plan import plan_job
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.settings import Settings


@dataclass(frozen=True)
class Run:
    """How a worker ended, and what it printed."""

    returncode: int
    printed: bytes

    @property
    def lines(self) -> list[str]:
        return self.printed.decode("ascii").splitlines()

    @property
    def commands(self) -> list[str]:
        """The ffmpeg commands it printed, as a shell would take them."""
        return [line[2:] for line in self.lines if line.startswith("+ ")]


@dataclass(frozen=True)
class Job:
    """A job folder; `run` and `start` run one of its frames as a host would, but with nothing beside Python itself."""

    folder: str
    spec: JobSpec
    ffmpeg: str

    @property
    def output(self) -> Path:
        assert self.spec.output
        return Path(self.spec.output)

    def put_older(self) -> None:
        """Puts a file at the output's name that the job was sent to replace."""
        self.output.write_bytes(b"older")
        found = self.output.stat()
        document = Path(self.folder, "job.json")
        data = json.loads(document.read_text())
        data["spec"]["replaces"] = {"bytes": found.st_size, "modified": found.st_mtime_ns}
        document.write_text(json.dumps(data))

    @property
    def scores(self) -> Path:
        return Path(self.folder, "scores", "scores.json")

    def start(self, layer: str = "encode", **environment: str | None) -> "subprocess.Popen[bytes]":
        return self.start_frame(layer, self.spec.frames.first, **environment)

    def start_frame(
        self, layer: str, frame: int, *, own_group: bool = False, **environment: str | None
    ) -> "subprocess.Popen[bytes]":
        """Starts one frame, in a process group of its own as rqd does, or in the caller's."""
        arguments = [f"{self.folder}/worker.pyz", self.folder, layer, str(frame)]
        base = {"PATH": os.environ["PATH"], "CUEFFMPEG_FFMPEG": self.ffmpeg, "CUEFFMPEG_LOCAL_FARM": "1"}
        return subprocess.Popen(
            [sys.executable, "-I", "-S", *arguments],
            env={name: value for name, value in {**base, **environment}.items() if value is not None},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=own_group,
        )

    @property
    def frames(self) -> list[tuple[str, int]]:
        """All frames of all layers, in an order in which they can run."""
        return [(layer.name, frame) for layer in plan_job(self.spec).layers for frame in layer.cue_frames]

    def run_frame(self, layer: str, frame: int, **environment: str | None) -> Run:
        """Runs one frame to its end."""
        with self.start_frame(layer, frame, **environment) as process:
            printed, _ = process.communicate(timeout=120)
        return Run(process.returncode, printed)

    def run_all(self, *layers: str, **environment: str | None) -> dict[tuple[str, int], Run]:
        """Runs every frame (of these layers); none may fail."""
        runs = {}
        for layer, frame in self.frames:
            if not layers or layer in layers:
                runs[layer, frame] = self.run_frame(layer, frame, **environment)
                assert runs[layer, frame].returncode == 0, (layer, frame, runs[layer, frame].lines)
        return runs

    def run(self, layer: str = "encode", **environment: str | None) -> Run:
        with self.start(layer, **environment) as process:
            printed, _ = process.communicate(timeout=120)
        return Run(process.returncode, printed)

    def must_run(self, layer: str = "encode", **environment: str | None) -> Run:
        run = self.run(layer, **environment)
        assert run.returncode == 0, run.lines
        return run


@dataclass
class Jobs:
    """Makes job folders from requests, as a submit does that may replace what is there."""

    settings: Settings
    ffmpeg: str

    def __call__(self, source: Path | str, preset: str = "h264-review", **request: Any) -> Job:
        spec = make_spec(SubmitRequest(preset, os.fspath(source), **{"existing": "replace", **request}), self.settings)
        tables = table_folder(self.settings)
        folder = create_job_folder(job_root(self.settings), spec, plan_job(spec), "2026-01-01T00:00:00Z", tables=tables)
        return Job(folder, spec, self.ffmpeg)


@dataclass
class Encodes:
    """Encodes of clips by real workers, each made once."""

    folder: Path
    clips: Clips
    jobs: Jobs
    made: dict[Any, Job] = field(default_factory=dict)

    def __call__(
        self, clip: str, preset: str = "h264-review", values: Mapping[str, str] | None = None, frames: str | None = None
    ) -> Job:
        key = (clip, preset, tuple(sorted((values or {}).items())), frames)
        if key not in self.made:
            ending = ".mov" if preset.startswith("prores") else ".mp4"
            output = self.folder / f"{len(self.made)}{ending}"
            job = self.jobs(self.clips(clip), preset, output=str(output), values=values or {}, frames=frames)
            job.must_run()
            self.made[key] = job
        return self.made[key]
