# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""References of every container with encodes of them, and comparisons of both in chunks and in one run."""

import json
import subprocess
from collections.abc import Sequence as Several
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from clips import Clips, lively

from cueffmpeg_gui.api.submit.request import SubmitRequest, make_spec
from cueffmpeg_gui.jobs.layer_tasks import compare_task
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.media.compare import build_compare
from cueffmpeg_gui.media.frames import FrameRange
from cueffmpeg_gui.media.libvmaf import read_compare_log
from cueffmpeg_gui.media.metrics import METRICS
from cueffmpeg_gui.media.scores import Scores, merge_scores
from cueffmpeg_gui.settings import Settings

FRAMES = 48
X264 = ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-crf", "12"]
NORMAL = [*X264, "-preset", "fast", "-g", "12"]
X265 = ["-c:v", "libx265", "-pix_fmt", "yuv420p", "-preset", "ultrafast", "-x265-params", "log-level=error"]
MPEG2 = ["-c:v", "mpeg2video", "-q:v", "2", "-bf", "2", "-g", "12"]
# What a reference is made of: its ending, the arguments of its encoder, and those of a copy cut out of it.
KINDS: dict[str, tuple[str, list[str], list[str]]] = {
    "mp4": (".mp4", NORMAL, []),
    "mov": (".mov", ["-c:v", "prores_ks", "-pix_fmt", "yuv422p10le"], []),
    "mkv": (".mkv", NORMAL, []),
    "long GOP": (".mp4", [*X264, "-preset", "fast", "-g", "60", "-sc_threshold", "0"], []),
    "open GOP": (".mp4", [*NORMAL, "-x264-params", "open-gop=1:b-pyramid=strict:scenecut=0:bframes=4"], []),
    "open GOP mkv": (".mkv", [*NORMAL, "-x264-params", "open-gop=1:scenecut=0:bframes=4"], []),
    "edit list": (".mp4", NORMAL, ["-ss", "0.3"]),
    "edit list mov": (".mov", [*X264, "-bf", "3", "-g", "60"], ["-ss", "0.3"]),
    "HEVC": (".mp4", X265, []),
    "ts": (".ts", NORMAL, []),
    "m2ts": (".m2ts", NORMAL, []),
    "avi": (".avi", ["-c:v", "mpeg4", "-q:v", "2", "-bf", "2", "-g", "12"], []),
    "mxf": (".mxf", MPEG2, []),
}  # fmt: skip
SLOW = ("ts", "m2ts", "avi", "mxf")
QUICK_MODELS = ("vmaf_v0.6.1", "vmaf_v0.6.1neg", "vmaf_v1.0.16_3d0h")
QUICK_LENGTHS = (8, 19, 40)
Pair = tuple[str, str]
SMALL, LARGE = "160x96", "320x180"


@dataclass
class Pairs:
    """References of every kind with encodes of them, made once; and comparisons of them."""

    folder: Path
    clips: Clips
    settings: Settings
    made: dict[tuple[str, str, str], tuple[str, str]] = field(default_factory=dict)
    asked: dict[Any, dict[int, tuple[str, ...]]] = field(default_factory=dict)

    def __call__(self, kind: str, rate: str = "24", size: str = SMALL) -> tuple[str, str]:
        """The names of a reference and its encode."""
        if (kind, rate, size) not in self.made:
            ending, encoder, cut = KINDS[kind]
            place = self.folder / str(len(self.made))
            place.mkdir()
            reference = whole = str(place / f"reference{ending}")
            if cut:
                whole = str(place / f"whole{ending}")
            self.clips.run([*lively(FRAMES, rate, size), *encoder, whole])
            if cut:
                self.clips.run([*cut, "-i", whole, "-c", "copy", reference])
            encode = str(place / "encode.mp4")
            even = f"settb=1/({rate}),setpts=N"
            poor = ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-crf", "38", "-g", "10"]
            self.clips.run(["-i", reference, "-vf", even, "-r", rate, *poor, encode])
            self.made[kind, rate, size] = reference, encode
        return self.made[kind, rate, size]

    def spec(
        self,
        pair: Pair,
        length: int | None,
        models: Several[str],
        metrics: Several[str] = (),
        **asked: Any,
    ) -> JobSpec:
        values = {"models": ",".join(models), "metrics": ",".join(metrics)}
        chunk = str(length) if length else None
        reference, encode = pair
        request = SubmitRequest("vmaf-compare", encode, reference=reference, chunk=chunk, values=values, **asked)
        return make_spec(request, self.settings)

    def scores(self, spec: JobSpec) -> Scores:
        """The scores of all chunks, merged as a summary does it."""
        return merge_scores([self._chunk(spec, chunk) for chunk in spec.chunks])

    def _chunk(self, spec: JobSpec, chunk: FrameRange) -> Scores:
        task = compare_task(spec, chunk)
        self._ask(build_compare(task, "chunk.json", self.clips.ffmpeg, 2))
        read = task.reference_frames
        rows = read_compare_log(str(self.folder / "chunk.json"), task.metrics, read.first, len(read)).rows
        own = {frame: row for frame, row in rows.items() if frame in chunk}
        return Scores("compare", chunk.first, chunk.last, task.metrics, spec.preset.values["models"][0], own)

    def direct(
        self, pair: Pair, model: str, metrics: Several[str] = (), *, deep: bool = False, rate: str = "24"
    ) -> Any:
        """One libvmaf run over the whole by a command of this test's own."""
        reference, encode = pair
        key = (pair, model, tuple(metrics))
        if key not in self.asked:
            side = f"settb=1/({rate}),setpts=N,format=yuv420p{'10le' if deep else ''}"
            features = "|".join(f"name={METRICS[metric].feature}" for metric in metrics if METRICS[metric].feature)
            feature = f":feature={features}" if features else ""
            options = f"model=version={model}{feature}:log_fmt=json:log_path=direct.json"
            graph = f"[0:v]{side}[d];[1:v]{side}[r];[d][r]libvmaf={options}"
            inputs = ["-nostdin", "-i", encode, "-i", reference]
            self._ask([self.clips.ffmpeg, *inputs, "-lavfi", graph, "-f", "null", "-"])
            self.asked[key] = json.loads((self.folder / "direct.json").read_text())
        return self.asked[key]

    def _ask(self, argv: list[str]) -> None:
        subprocess.run(argv, check=True, capture_output=True, cwd=self.folder, stdin=subprocess.DEVNULL)
