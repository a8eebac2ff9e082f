# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""From a spec to layers and depends. Pure: nothing is read, written or sent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cueffmpeg_gui.jobs.layer_tasks import chunk_task, compare_task, encode_task, sound_task
from cueffmpeg_gui.jobs.notes import notes_of
from cueffmpeg_gui.jobs.paths import JobPaths
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.media.compare import build_compare
from cueffmpeg_gui.media.encode import build_chunk, build_encode
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.join import build_join, build_sound
from cueffmpeg_gui.media.kinds import COMPARE, ENCODE

SERVICE = "cueffmpeg"
BASE_MEMORY_MB = 512
# Pictures an encoder or libvmaf holds at a time (lookahead, references, threads), generously.
PICTURES_HELD = 96
LOG_NAME = "vmaf.json"
# The layers of a step, with which jobs have each; and what each waits for.
STEP_LAYERS: dict[str, dict[str, Callable[[JobSpec], bool]]] = {
    ENCODE: {
        "encode": lambda spec: True,
        "audio": lambda spec: spec.is_chunked and sound_task(spec) is not None,
        "join": lambda spec: spec.is_chunked,
    },
    COMPARE: {"compare": lambda spec: True, "summary": lambda spec: spec.has_summary},
}
CHUNKS = ("encode", "compare")
LIGHT_LAYERS = ("audio", "join", "summary")
NEEDS = {"join": ("encode", "audio"), "compare": ("join",), "summary": ("compare",)}


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


# The same patience as the worker's own (worker/storage.py); a folder that is gone from among others was removed.
WAIT_AND_WORK = (
    r"n=\${CUEFFMPEG_STORAGE_SECONDS:-300}; n=\${n%.*}; "
    r"until test -e \$0/worker.pyz || ls -A \${0%/*} 2>/dev/null | grep -q . || test \$n -le 0; do "
    r"echo note: the storage of \$0 is away\; waiting 5 s for it; sleep 5; n=\$((n-5)); done; "
    r"exec python3 \$0/worker.pyz \$0 \$1 \$2"
)


def plan_job(spec: JobSpec) -> Plan:
    """The layers of the job's steps, each waiting for those that make what it needs."""
    layers = tuple(_layer(spec, name) for name in _layer_names(spec))
    names = [layer.name for layer in layers]
    depends = tuple(Depend(name, on) for name in names for on in needs_of(name, names))
    return Plan(layers, depends, tuple(note.text for note in notes_of(spec)))


def needs_of(name: str, names: Sequence[str]) -> tuple[str, ...]:
    """The layers among `names` that the layer waits for; a comparison waits for the join, or the only encode."""
    found = tuple(on for on in NEEDS.get(name, ()) if on in names)
    return found or (("encode",) if name == "compare" and "encode" in names else ())


def _layer_names(spec: JobSpec) -> list[str]:
    return [name for step in spec.preset.steps for name, is_needed in STEP_LAYERS[step].items() if is_needed(spec)]


def frame_command(folder: str, layer: str) -> str:
    """The command of a layer: one external program, as every rqd needs it, that waits for the folder and then works.

    While its storage is away no worker can begin that would wait; a farm's tries would be spent in seconds.
    """
    return f'/bin/sh -c "{WAIT_AND_WORK}" {folder} {layer} #IFRAME#'


def preview_commands(spec: JobSpec, layer: str, ffmpeg: str = "ffmpeg") -> list[list[str]]:
    """The ffmpeg command lines of a layer in the order of its frames, with final names for outputs."""
    return PREVIEWS[layer](spec, ffmpeg)


def _preview_encode(spec: JobSpec, ffmpeg: str) -> list[list[str]]:
    if not spec.is_chunked:
        return build_encode(encode_task(spec), spec.output or "", ffmpeg, threads_of(spec))
    names = JobPaths(spec)
    return [build_chunk(chunk_task(spec, c), names.chunk(c), ffmpeg, threads_of(spec)) for c in spec.chunks]


def _preview_audio(spec: JobSpec, ffmpeg: str) -> list[list[str]]:
    sound = sound_task(spec)
    return [build_sound(encode_task(spec), sound, JobPaths(spec).sound, ffmpeg)] if sound else []


def _preview_join(spec: JobSpec, ffmpeg: str) -> list[list[str]]:
    places = JobPaths(spec)
    sound = places.sound if sound_task(spec) else ""
    return [build_join(encode_task(spec), places.chunk_list, sound, spec.output or "", ffmpeg)]


def _preview_compare(spec: JobSpec, ffmpeg: str) -> list[list[str]]:
    tasks = [compare_task(spec, chunk) for chunk in spec.chunks]
    return [build_compare(task, LOG_NAME, ffmpeg, threads_of(spec)) for task in tasks]


PREVIEWS: dict[str, Callable[[JobSpec, str], list[list[str]]]] = {
    "encode": _preview_encode,
    "audio": _preview_audio,
    "join": _preview_join,
    "compare": _preview_compare,
    "summary": lambda spec, ffmpeg: [],
}


def threads_of(spec: JobSpec) -> int:
    """Threads for ffmpeg. A fixed number, not what a host grants: equal threads give equal bytes."""
    return int(spec.preset.values["threads"])


def _layer(spec: JobSpec, name: str) -> LayerPlan:
    values = spec.preset.values
    if name in LIGHT_LAYERS:
        return LayerPlan(name, spec.frames, len(spec.frames), 1, BASE_MEMORY_MB)
    memory = int(values.get("memory_mb") or _memory_mb(spec))
    chunk = spec.chunking.length if spec.chunking and name in CHUNKS else len(spec.frames)
    return LayerPlan(name, spec.frames, chunk, int(values["cores"]), memory)


def _memory_mb(spec: JobSpec) -> int:
    video = spec.source.video
    picture = video.width * video.height * 3 * (1 if video.depth == 8 else 2) // 2
    needed = BASE_MEMORY_MB + picture * PICTURES_HELD // 2**20
    return -(-needed // 256) * 256
