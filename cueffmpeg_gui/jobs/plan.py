# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""From a spec to layers and depends. Pure: nothing is read, written or sent."""

from dataclasses import dataclass

from cueffmpeg_gui.jobs.notes import notes_of
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.jobs.tasks import compare_task, encode_task
from cueffmpeg_gui.media.compare import build_compare
from cueffmpeg_gui.media.encode import build_encode
from cueffmpeg_gui.media.frames import FrameRange

SERVICE = "cueffmpeg"
BASE_MEMORY_MB = 512
# Pictures an encoder or libvmaf holds at a time (lookahead, references, threads), generously.
PICTURES_HELD = 96
LOG_NAME = "vmaf.json"


@dataclass(frozen=True)
class LayerPlan:
    """One layer: cue frames over `frames` in chunks of `chunk`, with what each asks of a host."""

    name: str
    frames: FrameRange
    chunk: int
    cores: int
    memory_mb: int

    @property
    def cue_frames(self) -> tuple[int, ...]:
        """The numbers of OpenCue's frames: the first frame of each chunk."""
        return tuple(range(self.frames.first, self.frames.last + 1, self.chunk))


@dataclass(frozen=True)
class Depend:
    """`layer` starts when all of `on` is done."""

    layer: str
    on: str


@dataclass(frozen=True)
class Plan:
    """The layers of a job in the order they run, what waits for what, and what is said about it."""

    layers: tuple[LayerPlan, ...]
    depends: tuple[Depend, ...]
    notes: tuple[str, ...]


def plan_job(spec: JobSpec) -> Plan:
    """The plan of a job of one chunk: a layer for each step, each waiting for the one before."""
    layers = tuple(_layer(spec, step) for step in spec.preset.steps)
    depends = tuple(Depend(later.name, earlier.name) for earlier, later in zip(layers, layers[1:]))
    return Plan(layers, depends, notes_of(spec))


def frame_command(folder: str, layer: str) -> str:
    """The command of a layer: quote-free, and beginning with an external program, as every rqd needs it."""
    return f"python3 {folder}/worker.pyz {folder} {layer} #IFRAME#"


def preview_commands(spec: JobSpec, layer: str, ffmpeg: str = "ffmpeg") -> list[list[str]]:
    """The ffmpeg command lines a layer will run, with the output's final name."""
    threads = int(spec.preset.values["threads"])
    if layer == "encode":
        return build_encode(encode_task(spec), spec.output or "", ffmpeg, threads)
    return [build_compare(compare_task(spec), LOG_NAME, ffmpeg, threads)]


def _layer(spec: JobSpec, name: str) -> LayerPlan:
    values = spec.preset.values
    memory = int(values.get("memory_mb") or _memory_mb(spec))
    return LayerPlan(name, spec.frames, len(spec.frames), int(values["cores"]), memory)


def _memory_mb(spec: JobSpec) -> int:
    video = spec.source.video
    picture = video.width * video.height * 3 * (1 if video.depth == 8 else 2) // 2
    needed = BASE_MEMORY_MB + picture * PICTURES_HELD // 2**20
    return -(-needed // 256) * 256
