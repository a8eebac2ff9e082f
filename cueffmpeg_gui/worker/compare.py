# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The compare layer: both clips through libvmaf, rows to side file and log."""

import os

from cueffmpeg_gui.errors import FrameFailed
from cueffmpeg_gui.jobs.folder import scores_path
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.jobs.tasks import compare_task
from cueffmpeg_gui.media.compare import Compare, build_compare
from cueffmpeg_gui.media.inspect import count_pictures
from cueffmpeg_gui.media.libvmaf import read_compare_log
from cueffmpeg_gui.media.metrics import model_label
from cueffmpeg_gui.media.records import score_lines
from cueffmpeg_gui.media.scores import Scores, pool, worst_frames, write_scores
from cueffmpeg_gui.worker.failure import explain_ffmpeg
from cueffmpeg_gui.worker.ffmpeg import run_reported
from cueffmpeg_gui.worker.host import find_ffmpeg, require
from cueffmpeg_gui.worker.inputs import check_unchanged
from cueffmpeg_gui.worker.parts import Part
from cueffmpeg_gui.worker.report import say

SHOWN_WORST = 5


def run_compare(folder: str, spec: JobSpec, frame: int) -> None:
    """Scores the pair, writes scores/, prints the records. Raises CueffmpegError children."""
    ffmpeg = find_ffmpeg()
    require(ffmpeg, "filters", "libvmaf")
    scores = _score(folder, spec, ffmpeg)
    write_scores(os.path.join(folder, "scores", f"compare.{frame}.json"), scores)
    write_scores(scores_path(folder), scores)
    for line in score_lines(scores):
        say(line)
    _say_summary(scores)


def _score(folder: str, spec: JobSpec, ffmpeg: str) -> Scores:
    compare = compare_task(spec)
    check_unchanged("encode", compare.encode)
    check_unchanged("reference", compare.reference)
    _check_length(compare, ffmpeg)
    log = Part(os.path.join(folder, "work", "vmaf.json"))
    log.prepare()
    try:
        rows = _run(compare, spec, log.path, ffmpeg)
    finally:
        log.discard()
    model = str(spec.preset.values["model"])
    return Scores("compare", spec.frames.first, spec.frames.last, compare.metrics, model, rows)


def _check_length(compare: Compare, ffmpeg: str) -> None:
    """An encode of this job is known only as it was planned: libvmaf would not say that it is longer by now."""
    found = None if compare.encode.bytes else count_pictures(compare.encode.path, ffmpeg)
    if found not in (None, compare.encode.video.frames):
        raise FrameFailed(
            f"{compare.encode.path} holds {found} of {compare.encode.video.frames} frames: it is not the encode that "
            "this job made; retry the encode."
        )


def _run(compare: Compare, spec: JobSpec, log: str, ffmpeg: str) -> dict[int, tuple[float, ...]]:
    work, name = os.path.split(log)
    count = len(spec.frames)
    argv = build_compare(compare, name, ffmpeg, int(spec.preset.values["threads"]))
    outcome = run_reported(argv, spec, "compare", count, cwd=work)
    explain_ffmpeg(outcome, f"{compare.encode.path} beside {compare.reference.path}", count)
    return read_compare_log(log, compare.metrics, spec.frames.first, count)


def _say_summary(scores: Scores) -> None:
    for metric in scores.metrics:
        label = model_label(scores.vmaf_model) if metric == "vmaf" else metric
        pooled = pool(scores.values(metric))
        say(f"{label}: " + "  ".join(f"{name} {value:.3f}" for name, value in pooled.items()))
    worst = worst_frames(scores, "vmaf", SHOWN_WORST)
    say("worst frames: " + ", ".join(f"{frame} ({scores.rows[frame][0]:.2f})" for frame in worst))
