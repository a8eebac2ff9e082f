# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""The compare layer: both clips through libvmaf, rows to side file and log."""

import os
import socket

from cueffmpeg_gui.jobs.folder import scores_path
from cueffmpeg_gui.jobs.spec import JobSpec
from cueffmpeg_gui.jobs.tasks import compare_task
from cueffmpeg_gui.media.compare import build_compare
from cueffmpeg_gui.media.libvmaf import read_compare_log
from cueffmpeg_gui.media.metrics import model_label
from cueffmpeg_gui.media.records import score_lines
from cueffmpeg_gui.media.scores import Scores, pool, worst_frames, write_scores
from cueffmpeg_gui.worker.failure import explain_ffmpeg
from cueffmpeg_gui.worker.ffmpeg import run_reported
from cueffmpeg_gui.worker.host import find_ffmpeg, granted_threads, require
from cueffmpeg_gui.worker.inputs import check_unchanged
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
    work = os.path.join(folder, "work")
    log = f"vmaf.{socket.gethostname()}.{os.getpid()}.part.json"
    argv = build_compare(compare, log, ffmpeg, granted_threads(int(spec.preset.values["cores"])))
    count = len(spec.frames)
    try:
        outcome = run_reported(argv, spec, "compare", count, cwd=work)
        explain_ffmpeg(outcome, f"{compare.encode.path} beside {compare.reference.path}", count)
        rows = read_compare_log(os.path.join(work, log), compare.metrics, spec.frames.first, count)
    finally:
        if os.path.exists(os.path.join(work, log)):
            os.unlink(os.path.join(work, log))
    model = str(spec.preset.values["model"])
    return Scores("compare", spec.frames.first, spec.frames.last, compare.metrics, model, rows)


def _say_summary(scores: Scores) -> None:
    for metric in scores.metrics:
        label = model_label(scores.vmaf_model) if metric == "vmaf" else metric
        pooled = pool(scores.values(metric))
        say(f"{label}: " + "  ".join(f"{name} {value:.3f}" for name, value in pooled.items()))
    worst = worst_frames(scores, "vmaf", SHOWN_WORST)
    say("worst frames: " + ", ".join(f"{frame} ({scores.rows[frame][0]:.2f})" for frame in worst))
